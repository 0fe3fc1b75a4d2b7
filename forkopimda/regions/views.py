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

from .drawing import drawn
from .models import LEVEL_BY_LENGTH, Boundary, Level

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

#: How near a map is on which all regions of a level fit, hence how many corners it shows.
ZOOMS = {Level.PROVINCE: 5.0, Level.REGENCY: 8.0, Level.KECAMATAN: 10.5, Level.VILLAGE: 13.0}


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
        shapes = drawn(stamps, ZOOMS[LEVEL_BY_LENGTH[len(stamps[0][0])]]) if stamps else {}
        rows = chosen.order_by("region").values_list("region_id", "region__name", "schematic")
        features = [
            f'{{"type":"Feature","properties":{_properties(*row)},"geometry":{shapes[row[0]]}}}'
            for row in rows
            if row[0] in shapes
        ]
        response = HttpResponse(
            f'{{"type":"FeatureCollection","features":[{",".join(features)}]}}',
            content_type="application/geo+json",
        )
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _properties(code: str, name: str, schematic: bool) -> str:
    told = {"code": code, "name": name, "schematic": schematic}
    return json.dumps(told, separators=(",", ":"), ensure_ascii=False)
