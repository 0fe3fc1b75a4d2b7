"""Which kecamatan a point lies in, by the real outlines; schematic cells are never asked.

The outlines are held per process, and rebuilt when a look at the database's newest outline
shows that they changed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Lock

import shapely
from django.db.models import Max
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from .models import Boundary, Level

Version = datetime | None


@dataclass(frozen=True)
class _Outlines:
    version: Version
    tree: shapely.STRtree
    shapes: list[BaseGeometry]
    codes: list[str]


_lock = Lock()
_held: _Outlines | None = None


def region_at(latitude: float, longitude: float) -> str | None:
    """Code of the kecamatan around the point; None where no outline holds it.

    Where rough outlines overlap, the kecamatan with the nearest centroid has it.
    """
    outlines = _outlines()
    point = Point(longitude, latitude)
    found: list[int] = outlines.tree.query(point, predicate="intersects").tolist()
    if not found:
        return None
    shapes = outlines.shapes
    nearest = min(found, key=lambda index: (shapes[index].centroid.distance(point), index))
    return outlines.codes[nearest]


def _outlines() -> _Outlines:
    global _held  # noqa: PLW0603  # the one cache of this process
    version: Version = Boundary.objects.real().aggregate(latest=Max("loaded_at"))["latest"]
    held = _held
    if held is not None and held.version == version:
        return held
    with _lock:
        if _held is None or _held.version != version:
            _held = _read(version)
        return _held


def _read(version: Version) -> _Outlines:
    rows = (
        Boundary.objects.real()
        .filter(region__level=Level.KECAMATAN)
        .order_by("region_id")
        .values_list("region_id", "geometry")
        .iterator()
    )
    codes: list[str] = []
    shapes: list[BaseGeometry] = []
    for code, geometry in rows:
        codes.append(code)
        shapes.append(shape(geometry))
    return _Outlines(version, shapely.STRtree(shapes), shapes, codes)
