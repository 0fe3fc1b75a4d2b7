"""What maps ask for: which layers there are, and what one of them shows in a view."""

from __future__ import annotations

import hashlib
import json
import zlib
from typing import TYPE_CHECKING, Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import quote_etag
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.layers import FEATURES_MOST

from .asked_view import BadView, asked_view
from .layers import BY_KEY, offered
from .views import asked_code, readable_region

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forkopimda.lib.layers import Feature, Layer, Shown
    from forkopimda.people.models import User

KEPT_SECONDS = 10 * 60


@require_safe
def layers(request: HttpRequest) -> HttpResponse:
    """The layers that the reader may see, in their order, with where to ask for each."""
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({}, status=401)
    found = offered(user)
    if not found:
        raise Http404
    response = JsonResponse({"layers": [_described(layer) for layer in found]})
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _described(layer: Layer) -> dict[str, Any]:
    return {
        "key": layer.key,
        "title": str(layer.title),
        "url": reverse("situation:layer", args=[layer.key]),
        "kind": layer.kind,
        "dated": layer.dated,
        "topics": layer.topics,
        "legend": [
            {"style": key.style, "sign": key.sign, "word": str(key.word)} for key in layer.legend
        ],
    }


@require_safe
def layer(request: HttpRequest, key: str) -> HttpResponse:
    """One layer's GeoJSON for a view. What is wrong with the view is said in words.

    Answered by ETag: it comes from the rows that the answer rests on, before outlines are fetched
    and texts are made, and from whose answer it is.
    """
    user = request.user
    if not user.is_authenticated:
        return JsonResponse({}, status=401)
    asked = BY_KEY.get(key)
    if asked is None or not may(user, asked.permission):
        raise Http404
    code = asked_code(request, user)
    region = readable_region(user, code)
    try:
        view = asked_view(user, request.GET, code, region)
    except BadView as fault:
        return JsonResponse({"error": str(fault)}, status=400)
    shown = asked.build(user, view)
    etag = _etag(user, asked, shown, view.code)
    response = get_conditional_response(request, etag=etag)
    if response is None:
        response = HttpResponse(_body(etag, shown), content_type="application/geo+json")
    response["ETag"] = etag
    patch_cache_control(response, private=True, no_cache=True)
    return response


def _etag(user: User, layer: Layer, shown: Shown, code: str) -> str:
    """Equal for readers who get equal answers alone: of the same scope, language and zone."""
    zone = timezone.get_current_timezone_name()
    whose = (user.access.reads(), get_language(), zone, layer.key, code)
    what = (shown.everywhere, shown.note, shown.version)
    return quote_etag(hashlib.sha256(repr((whose, what)).encode()).hexdigest()[:40])


def _body(etag: str, shown: Shown) -> bytes:
    """The answer's text. It is kept for a while by its tag, which says all that it depends on:
    a room full of readers looks at the same map."""
    key = f"map:{etag}"
    kept = cache.get(key)
    if kept is not None:
        return zlib.decompress(kept)
    text = _collection(shown.features()[:FEATURES_MOST], shown).encode()
    cache.set(key, zlib.compress(text, level=1), KEPT_SECONDS)
    return text


def _collection(features: Sequence[Feature], shown: Shown) -> str:
    parts = ",".join(map(_geojson, features))
    told = f'"note":{json.dumps(shown.note)},"everywhere":{json.dumps(shown.everywhere)}'
    return f'{{"type":"FeatureCollection",{told},"features":[{parts}]}}'


def _geojson(feature: Feature) -> str:
    """One feature as GeoJSON text; an outline is text already."""
    told: dict[str, Any] = {
        "kind": feature.kind,
        "name": feature.name,
        "style": feature.style,
        "sign": feature.sign,
        "word": feature.word,
        "code": feature.code,
        "label": feature.label,
        "link": feature.link,
        "facts": feature.facts,
        "schematic": feature.schematic,
    }
    properties = {name: value for name, value in told.items() if value}
    text = json.dumps(properties, separators=(",", ":"), ensure_ascii=False)
    return f'{{"type":"Feature","properties":{text},"geometry":{_geometry(feature)}}}'


def _geometry(feature: Feature) -> str:
    if feature.place is not None:
        latitude, longitude = feature.place
        return f'{{"type":"Point","coordinates":[{longitude:.6f},{latitude:.6f}]}}'
    return feature.shape or "null"
