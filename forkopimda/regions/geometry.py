"""Outlines as GeoJSON: checked, measured and simplified.

Everything is WGS 84 degrees, longitude first, as GeoJSON has it. No coordinate leaves this
module unchecked: what `parse` returns is a valid, not empty Polygon or MultiPolygon.
"""

from __future__ import annotations

import re
from math import cos, isfinite, radians
from sys import float_info
from typing import Any, TypeGuard

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from pyproj import Geod
from shapely.geometry import MultiPolygon, Polygon, mapping
from shapely.geometry.base import BaseGeometry
from shapely.geometry.polygon import orient
from shapely.validation import explain_validity

Shape = Polygon | MultiPolygon

KM_PER_DEGREE = 111.195  # on the sphere of the Earth's mean radius
DECIMALS = 7  # of degrees, about 1 cm
SMALLEST_RING = 4  # a triangle and its first point again
_GEOD = Geod(ellps="WGS84")

#: GEOS's reasons, in words that a reader without GIS can look for on the map.
_REASONS = {
    "Self-intersection": gettext_lazy("garis batas memotong dirinya sendiri"),
    "Ring Self-intersection": gettext_lazy("garis batas menyentuh dirinya sendiri"),
    "Hole lies outside shell": gettext_lazy("lubang terletak di luar garis batas"),
    "Holes are nested": gettext_lazy("lubang terletak di dalam lubang lain"),
    "Interior is disconnected": gettext_lazy("bagian dalam terputus oleh lubang"),
    "Nested shells": gettext_lazy("bagian terletak di dalam bagian lain"),
    "Duplicate Rings": gettext_lazy("cincin yang sama tertulis dua kali"),
    "Too few points in geometry component": gettext_lazy("titik terlalu sedikit"),
}


def parse(geometry: object) -> Shape:
    """The shape of a GeoJSON geometry; ValidationError says what is wrong and where."""
    if not isinstance(geometry, dict):
        raise ValidationError(_("geometri tidak ada"))
    kind, coordinates = geometry.get("type"), geometry.get("coordinates")
    shape: Shape
    if kind == "Polygon":
        shape = _polygon(coordinates)
    elif kind == "MultiPolygon":
        shape = MultiPolygon([_polygon(part) for part in _list(coordinates)])
    else:
        raise ValidationError(
            _("jenis geometri {kind} tidak diterima; harus Polygon atau MultiPolygon").format(
                kind=kind
            )
        )
    if shape.is_empty:
        raise ValidationError(_("geometri kosong"))
    if not shape.is_valid:
        raise ValidationError(_reason(shape))
    return shape


def _list(value: object) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise ValidationError(_("susunan coordinates tidak sesuai dengan jenis geometri"))
    return list(value)


def _polygon(rings: object) -> Polygon:
    checked = [_ring(ring) for ring in _list(rings)]
    if not checked:
        raise ValidationError(_("geometri kosong"))
    # Outer rings anticlockwise, holes clockwise (RFC 7946), whichever way the file has them.
    return orient(Polygon(checked[0], checked[1:]))


def _ring(positions: object) -> list[tuple[float, float]]:
    ring = [_position(position) for position in _list(positions)]
    if len(ring) < SMALLEST_RING:
        raise ValidationError(
            _("cincin hanya punya {count} titik; paling sedikit 4").format(count=len(ring))
        )
    if ring[0] != ring[-1]:
        raise ValidationError(
            _("cincin tidak tertutup: titik pertama {first}, titik terakhir {last}").format(
                first=_text(ring[0]), last=_text(ring[-1])
            )
        )
    return ring


def _position(position: object) -> tuple[float, float]:
    values = _list(position)[:2]  # a height, if any, is left out
    if len(values) < 2 or not all(_is_number(value) for value in values):
        raise ValidationError(_("titik {position} bukan pasangan angka").format(position=position))
    longitude, latitude = float(values[0]), float(values[1])
    check_on_earth(latitude, longitude)
    return longitude, latitude


def _is_number(value: object) -> bool:
    # JSON knows integers that no float can hold, and Python's reader lets NaN through.
    return (
        isinstance(value, int | float)
        and not isinstance(value, bool)
        and abs(value) <= float_info.max
    )


def check_on_earth(latitude: float, longitude: float) -> None:
    """Raises unless these are WGS 84 degrees; says so when they look swapped.

    All of Indonesia lies east of 95° E, so there a swapped pair always shows.
    """
    point = _text((longitude, latitude))
    if not (isfinite(latitude) and isfinite(longitude)):
        raise ValidationError(_("titik {point} bukan angka terhingga").format(point=point))
    if abs(latitude) <= 90 and abs(longitude) <= 180:
        return
    if abs(longitude) <= 90 and abs(latitude) <= 180:
        raise ValidationError(
            _("titik {point} tampak tertukar: bujur {longitude}, lintang {latitude}").format(
                point=point, longitude=f"{longitude:g}", latitude=f"{latitude:g}"
            )
        )
    raise ValidationError(
        _("titik {point} di luar derajat WGS 84; mungkin koordinat dalam meter").format(point=point)
    )


def _text(position: tuple[float, float]) -> str:
    return f"({position[0]:g}, {position[1]:g})"


def _reason(shape: Shape) -> str:
    found = re.fullmatch(r"([^[]*)(?:\[(\S+) (\S+)\])?", explain_validity(shape))
    reason, x, y = found.groups() if found else ("", None, None)
    words = str(_REASONS.get(reason, reason))
    if x is None or y is None:
        return words
    return _("{reason} di sekitar {point}").format(reason=words, point=_text((float(x), float(y))))


def area_km2(shape: Shape) -> float:
    """The area on the WGS 84 ellipsoid."""
    area, _perimeter = _GEOD.geometry_area_perimeter(shape)
    return abs(float(area)) / 1_000_000


def centre(shape: Shape) -> tuple[float, float]:
    """Latitude and longitude of the centroid, or of a point inside where that lies outside."""
    point = shape.centroid
    if not shape.contains(point):
        point = shape.representative_point()
    return point.y, point.x


def simplify(shape: Shape, metres: float) -> Shape:
    """The shape with fewer corners, still valid; those left out lie within `metres` of its line.

    Every part and hole is kept. Each outline is simplified by itself, so between neighbours gaps
    or overlaps of up to that distance may open: enough for a map, not for a survey. A shape that
    can't be simplified soundly is returned as it is.
    """
    north = KM_PER_DEGREE * 1000
    scale = [north * cos(radians(centre(shape)[0])), north]
    flat = shapely.transform(shape, lambda points: points * scale)
    # GEOS may leave out a ring's first corner as well, whose distance then adds to the others'.
    for tolerance in (metres, metres / 2, metres / 4):
        fewer = flat.simplify(tolerance, preserve_topology=True)
        # The corners are some of the first; rounding takes out what the way there and back left.
        result = shapely.transform(fewer, lambda points: (points / scale).round(DECIMALS))
        if _is_sound(result) and _strays(flat, fewer) <= metres:
            return result
    return shape


def _is_sound(shape: BaseGeometry) -> TypeGuard[Shape]:
    return isinstance(shape, Polygon | MultiPolygon) and shape.is_valid and not shape.is_empty


def _strays(shape: BaseGeometry, fewer: BaseGeometry) -> float:
    """How far the corners of a shape lie from the line of its simplification, at most."""
    line = fewer.boundary
    shapely.prepare(line)
    corners = shapely.points(shapely.get_coordinates(shape))
    return float(shapely.distance(line, corners).max())


def as_geojson(shape: Shape) -> dict[str, Any]:
    """The shape as a GeoJSON geometry of lists, equal to what the database gives back."""
    geometry = mapping(shape)
    return {"type": geometry["type"], "coordinates": _lists(geometry["coordinates"])}


def _lists(value: Any) -> Any:
    return [_lists(item) for item in value] if isinstance(value, tuple | list) else value


def count_points(geometry: dict[str, Any]) -> tuple[int, int]:
    """Parts and points of a stored GeoJSON geometry."""
    coordinates = geometry["coordinates"]
    parts = [coordinates] if geometry["type"] == "Polygon" else coordinates
    return len(parts), sum(len(ring) for part in parts for ring in part)
