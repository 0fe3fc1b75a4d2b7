"""Whether a point can be where a station stands: in the country, and near its village."""

from __future__ import annotations

from collections.abc import Iterable
from math import asin, cos, radians, sin, sqrt

import shapely
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry
from shapely.ops import nearest_points

from forkopimda.regions.models import Boundary, Level, Region

Place = tuple[float, float]

FAR_KM = 25.0
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5
EARTH_KM = 6371.0
KECAMATAN_LENGTH = len("12.19.08")


def centres_of(villages: Iterable[str]) -> dict[str, Place | None]:
    """The known ones of these village codes, each with a middle: the village's, else that of its
    kecamatan, else None. One query."""
    rows = Region.objects.filter(pk__in=villages, level=Level.VILLAGE).values_list(
        "code", "latitude", "longitude", "parent__latitude", "parent__longitude"
    )
    found: dict[str, Place | None] = {}
    for code, latitude, longitude, outer_latitude, outer_longitude in rows:
        if latitude is not None:
            found[code] = (latitude, longitude)
        else:
            found[code] = None if outer_latitude is None else (outer_latitude, outer_longitude)
    return found


class PlaceCheck:
    """Checks points one by one; an outline is read when a point is far from a middle, and once."""

    def __init__(self) -> None:
        self._outlines: dict[str, BaseGeometry | None] = {}

    def fault(self, village: str, centre: Place | None, latitude: float, longitude: float) -> str:
        """Why the point can't be right, in words that say what to do; empty if it can."""
        if not _in_country(latitude, longitude):
            if _in_country(longitude, latitude):
                return _(
                    "tampak tertukar dengan bujur: lintang {latitude}, bujur {longitude}"
                ).format(latitude=f"{latitude:g}", longitude=f"{longitude:g}")
            return _(
                "titik ({latitude}, {longitude}) di luar Indonesia; tulis derajat desimal, mis. "
                "3,2145 dan 99,4321"
            ).format(latitude=f"{latitude:g}", longitude=f"{longitude:g}")
        if centre is None:
            return ""
        away = _km(centre, (latitude, longitude))
        if away <= FAR_KM:
            return ""
        border = self._km_from_outline(village[:KECAMATAN_LENGTH], latitude, longitude)
        if border is not None:
            away = border
        if away <= FAR_KM:
            return ""
        return _(
            "titik {km} km dari kecamatannya, paling jauh {most} km; periksa lintang, bujur, dan "
            "kode desanya"
        ).format(km=round(away), most=round(FAR_KM))

    def _km_from_outline(self, kecamatan: str, latitude: float, longitude: float) -> float | None:
        if kecamatan not in self._outlines:
            row = Boundary.objects.filter(pk=kecamatan).values_list("geometry", flat=True).first()
            self._outlines[kecamatan] = shape(row) if row else None
        outline = self._outlines[kecamatan]
        if outline is None:
            return None
        point = shapely.Point(longitude, latitude)
        nearest, _point = nearest_points(outline, point)
        return _km((nearest.y, nearest.x), (latitude, longitude))


def check_place(village: Region, latitude: float | None, longitude: float | None) -> None:
    """Raises, beside the field, when one degree is missing or the point can't be the station's."""
    if latitude is None and longitude is None:
        return
    if latitude is None or longitude is None:
        field = "latitude" if latitude is None else "longitude"
        raise ValidationError({field: _("Isi lintang dan bujur, atau kosongkan keduanya.")})
    centre = centres_of([village.pk]).get(village.pk)
    if reason := PlaceCheck().fault(village.pk, centre, latitude, longitude):
        raise ValidationError({"latitude": f"{reason[0].upper()}{reason[1:]}."})


def _in_country(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _km(first: Place, second: Place) -> float:
    """On the sphere; for a bound in kilometres that is enough."""
    north, east = radians(second[0] - first[0]), radians(second[1] - first[1])
    across = cos(radians(first[0])) * cos(radians(second[0])) * sin(east / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(sin(north / 2) ** 2 + across)))
