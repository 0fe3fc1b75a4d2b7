"""One outline from the outlines of its parts."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, radians

import shapely
from shapely.geometry import MultiPolygon, Polygon

from .geometry import DECIMALS, KM_PER_DEGREE, Shape

#: Rough outlines of neighbours leave gaps of some hundred metres, which are no lakes.
GAP_KM = 0.3
#: Corners that lie this near to the line are left out: a union is drawn, never surveyed.
TOLERANCE_KM = 0.1
SMALLEST_HOLE_KM2 = 20.0


def union(shapes: Sequence[Shape]) -> Shape:
    """The outline around all `shapes`, with narrow gaps between them closed; valid, not empty.

    It is widened and narrowed again by half a gap, so that a coast stays where it was, within
    `TOLERANCE_KM`.
    """
    _west, south, _east, north = shapely.total_bounds(list(shapes)).tolist()
    scale = (KM_PER_DEGREE * cos(radians((south + north) / 2)), KM_PER_DEGREE)
    flat = shapely.transform(list(shapes), lambda xy: xy * scale)
    widened = shapely.buffer(flat, GAP_KM / 2, join_style="mitre", quad_segs=2)
    narrowed = shapely.union_all(widened).buffer(-GAP_KM / 2, join_style="mitre")
    whole = narrowed.simplify(TOLERANCE_KM)
    back = shapely.transform(
        MultiPolygon([_filled(part) for part in _polygons(whole)]),
        lambda xy: (xy / scale).round(DECIMALS),
    )
    parts = _polygons(shapely.make_valid(back))
    # Narrower than a gap, all parts vanish; such a region keeps its parts as they are.
    parts = parts or _polygons(shapely.union_all(list(shapes)))
    return parts[0] if len(parts) == 1 else MultiPolygon(parts)


def _polygons(shape: shapely.Geometry) -> list[Polygon]:
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon) and part.area]


def _filled(part: Polygon) -> Polygon:
    holes = [hole for hole in part.interiors if Polygon(hole).area >= SMALLEST_HOLE_KM2]
    return Polygon(part.exterior, holes)
