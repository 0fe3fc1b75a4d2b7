"""A schematic map from points alone: who is whose neighbour, without any surveyed border.

Each point gets the ground that is nearer to it than to any other point (its Voronoi cell),
within a rounded hull around all points. The cells share their edges exactly.
"""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from math import cos, hypot, pi, radians, sin
from statistics import fmean, median

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import MultiPoint, Point, Polygon

from .geometry import KM_PER_DEGREE

ALONE_KM = 4.0  # radius around a point that has no neighbour
MARGIN = 0.7  # width of the hull around the outermost points, in typical distances of neighbours
SAME_PLACE_KM = 0.01
GRID_DEGREES = 1e-6  # about 0.1 m; corners lie on this grid, so neighbours' corners are equal
FAR = 20
FAR_POINTS = 12

Flat = tuple[float, float]


def tile(points: Mapping[str, tuple[float, float]]) -> dict[str, Polygon]:
    """The cell of each point (latitude, longitude) by its key.

    The cells don't overlap, leave no gap, and each contains its point. The same points give the
    same cells in whatever order they come.
    """
    if not points:
        return {}
    keys = sorted(points)
    across = KM_PER_DEGREE * cos(radians(fmean(points[key][0] for key in keys)))
    flat = [(points[key][1] * across, points[key][0] * KM_PER_DEGREE) for key in keys]
    _refuse_same_place(keys, flat)
    hull = MultiPoint(flat).convex_hull.buffer(_spacing(flat) * MARGIN)
    lines = shapely.transform(
        [hull.boundary, _borders(flat, hull)], lambda xy: xy / [across, KM_PER_DEGREE]
    )
    # Noding all lines at once gives neighbours the same corners; a clip cell by cell would not.
    faces = shapely.polygonize([shapely.union_all(lines, grid_size=GRID_DEGREES)])
    cells = [face for face in faces.geoms if isinstance(face, Polygon)]
    places = [Point(points[key][1], points[key][0]) for key in keys]
    found = dict(shapely.STRtree(cells).query(places, predicate="within").T.tolist())
    return {key: cells[found[index]] for index, key in enumerate(keys)}


def _refuse_same_place(keys: list[str], flat: list[Flat]) -> None:
    pairs = [
        _("{first} dan {second} punya titik tengah yang sama").format(first=first, second=second)
        for (first, a), (second, b) in combinations(zip(keys, flat, strict=True), 2)
        if _distance(a, b) < SAME_PLACE_KM
    ]
    if pairs:
        raise ValidationError(pairs)


def _spacing(flat: list[Flat]) -> float:
    """The typical distance of a point to its nearest neighbour."""
    if len(flat) == 1:
        return ALONE_KM / MARGIN
    return median(
        min(_distance(a, b) for j, b in enumerate(flat) if i != j) for i, a in enumerate(flat)
    )


def _distance(a: Flat, b: Flat) -> float:
    return hypot(a[0] - b[0], a[1] - b[1])


def _borders(flat: list[Flat], hull: Polygon) -> shapely.Geometry:
    """The lines between the cells.

    A ring of far points surrounds the real ones, so that one point, two, or many in a line are
    no special cases, and borders run straight to beyond the hull.
    """
    middle = hull.centroid
    radius = FAR * max(hypot(x - middle.x, y - middle.y) for x, y in hull.exterior.coords)
    ring = [
        (middle.x + radius * cos(angle), middle.y + radius * sin(angle))
        for angle in (2 * pi * (i + 0.5) / FAR_POINTS for i in range(FAR_POINTS))
    ]
    return shapely.voronoi_polygons(MultiPoint(flat + ring), only_edges=True)
