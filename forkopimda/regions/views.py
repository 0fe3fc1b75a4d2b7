"""The outlines that maps draw."""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.views.decorators.http import require_GET

from forkopimda.lib.http import needs

from .models import Boundary

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


@require_GET
@needs("regions.view")
def outlines(request: HttpRequest, code: str) -> HttpResponse:
    """GeoJSON of the regions one level below `code`, or of itself where none lies below.

    Answered by ETag: a phone that has the outlines is told in a few bytes that they still hold.
    """
    reader = cast("Actor", request.user)
    if code and not reader.access.may_read(code):
        raise Http404
    visible = Boundary.objects.visible_to(reader)
    below = visible.filter(region__parent=code or None)
    chosen = below if below.exists() else visible.filter(region=code)
    stamps = list(chosen.order_by("region").values_list("region_id", "loaded_at"))
    version = hashlib.sha256(repr(stamps).encode()).hexdigest()[:32]
    etag = quote_etag(version)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        features = [
            {
                "type": "Feature",
                "properties": {
                    "code": boundary.region_id,
                    "name": boundary.region.name,
                    "schematic": boundary.schematic,
                },
                "geometry": boundary.geometry,
            }
            for boundary in chosen.select_related("region").order_by("region")
        ]
        response = HttpResponse(
            json.dumps({"type": "FeatureCollection", "features": features}, separators=(",", ":")),
            content_type="application/geo+json",
        )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response
