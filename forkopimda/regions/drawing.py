"""Outlines as maps draw them: with the corners that a zoom shows, and kept in the cache."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import datetime
from typing import Any

import shapely
from django.core.cache import cache
from shapely.geometry import shape

from .geometry import KM_PER_DEGREE
from .models import Boundary

#: Up to which zoom corners nearer than so many metres to the line are left out: about a pixel.
COARSE = ((5.5, 3000.0), (7.0, 1200.0), (8.5, 400.0), (10.5, 120.0))
FINEST_METRES = 30.0
DECIMALS = {3000.0: 2, 1200.0: 3, 400.0: 3, 120.0: 4, FINEST_METRES: 5}
KEPT_SECONDS = 7 * 24 * 60 * 60


def tolerance(zoom: float) -> float:
    """Metres by which a drawn line may leave the stored one at this zoom."""
    return next((metres for most, metres in COARSE if zoom < most), FINEST_METRES)


def drawn(stamps: Iterable[tuple[str, datetime]], zoom: float) -> dict[str, str]:
    """GeoJSON geometries, as text, of the outlines named by code and time of loading.

    They are kept by these two, so that a new outline is drawn at once. One query at most.
    """
    metres = tolerance(zoom)
    keys = {f"outline:{code}:{at.timestamp():.6f}:{metres:g}": code for code, at in stamps}
    found = {keys[key]: text for key, text in cache.get_many(keys).items()}
    missing = {code: key for key, code in keys.items() if code not in found}
    if missing:
        rows = Boundary.objects.filter(region__in=list(missing))
        made = {
            code: draw(geometry, metres)
            for code, geometry in rows.values_list("region_id", "geometry")
        }
        cache.set_many({missing[code]: text for code, text in made.items()}, KEPT_SECONDS)
        found |= made
    return found


def draw(geometry: dict[str, Any], metres: float) -> str:
    """A stored geometry with fewer corners, as GeoJSON text. Islands smaller than the tolerance
    are left out, but never the largest part."""
    whole = shape(geometry)
    degrees = metres / 1000 / KM_PER_DEGREE
    parts = sorted(shapely.get_parts(whole), key=lambda part: -part.area)
    kept = [part for part in parts[1:] if part.area > (2 * degrees) ** 2]
    fewer = shapely.simplify([parts[0], *kept], degrees, preserve_topology=True)
    rings = [
        [_ring(ring, DECIMALS[metres]) for ring in (part.exterior, *part.interiors)]
        for part in fewer
    ]
    return json.dumps({"type": "MultiPolygon", "coordinates": rings}, separators=(",", ":"))


def _ring(ring: Any, decimals: int) -> list[list[float]]:
    """The ring's positions, rounded; those that fall together are told once."""
    points = [[round(x, decimals), round(y, decimals)] for x, y in ring.coords]
    kept = [point for point, before in zip(points[1:], points, strict=False) if point != before]
    ring_again = [points[0], *kept]
    return ring_again if len(ring_again) >= 4 else points
