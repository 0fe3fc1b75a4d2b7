"""From a point to the region it lies in, in words for whoever stands there."""

from __future__ import annotations

from dataclasses import dataclass
from math import cos, hypot, isfinite, radians
from typing import Any

from django.core.exceptions import ValidationError
from django.db.models import F
from django.utils.translation import gettext as _
from shapely.geometry import Point, shape
from shapely.geometry.base import BaseGeometry

from forkopimda.regions.lookup import region_at
from forkopimda.regions.models import Boundary, Level, Region

#: How far outlines and satellites may be off; within that, an officer's own choice counts.
ROUGHNESS_KM = 1.0
#: The same from a kecamatan's middle, where no outline was loaded.
CENTRE_ROUGHNESS_KM = 20.0
KM_PER_DEGREE = 111.32
#: Degrees around a point in which the nearest middle is looked for.
NEAR = 0.5
#: Indonesia with its seas: south, north, west, east in degrees.
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5


@dataclass(frozen=True)
class Spot:
    """A point on the map, WGS 84 degrees."""

    latitude: float
    longitude: float


@dataclass(frozen=True)
class Whereabouts:
    """The smallest known region around a point. Not `certain`: the one whose middle is nearest."""

    region: Region
    certain: bool

    @property
    def kecamatan(self) -> str:
        """Code of the kecamatan."""
        return str(self.region.pk)[: len("12.19.08")]


def locate(spot: Spot) -> Whereabouts:
    """Where the point lies: by real outlines, down to the village where these are known, else by
    the nearest middle of a kecamatan. ValidationError says what is wrong with the point."""
    check_in_country(spot)
    code = region_at(spot.latitude, spot.longitude)
    if code is not None:
        code = _village_at(code, spot) or code
        return Whereabouts(Region.objects.select_related("parent__parent").get(pk=code), True)
    near = _nearest(spot)
    if near is None:
        raise ValidationError(
            _("Titik ini tidak di dekat kecamatan mana pun yang dikenal. Pilih kecamatannya."),
            code="nowhere",
        )
    return Whereabouts(near, False)


def check_in_country(spot: Spot) -> None:
    """Raises unless the point is in Indonesia or its seas; says so when it looks swapped."""
    latitude, longitude = spot.latitude, spot.longitude
    if isfinite(latitude) and isfinite(longitude):
        if _in_country(latitude, longitude):
            return
        if _in_country(longitude, latitude):
            raise ValidationError(
                _(
                    "Koordinat tampak tertukar: lintang %(latitude)s dan bujur %(longitude)s. "
                    "Tukar keduanya."
                )
                % {"latitude": f"{latitude:g}", "longitude": f"{longitude:g}"},
                code="swapped",
            )
    raise ValidationError(
        _("Titik ini di luar Indonesia. Periksa koordinatnya, atau pilih kecamatannya."),
        code="outside",
    )


def strays(spot: Spot, region: Region) -> bool:
    """Whether the point lies too far from the region for both to be right."""
    kecamatan = str(region.pk)[: len("12.19.08")]
    outline = Boundary.objects.real().filter(region=kecamatan).first()
    if outline is not None:
        return _distance_km(outline, spot) > ROUGHNESS_KM
    middle = region if region.latitude is not None else region.parent
    if middle is None or middle.latitude is None or middle.longitude is None:
        return False
    return distance_km(spot, Spot(middle.latitude, middle.longitude)) > CENTRE_ROUGHNESS_KM


def distance_km(one: Spot, other: Spot) -> float:
    """Distance on the ground, good to a percent over some tens of kilometres."""
    north = (one.latitude - other.latitude) * KM_PER_DEGREE
    east = (one.longitude - other.longitude) * KM_PER_DEGREE * cos(radians(one.latitude))
    return hypot(north, east)


def _in_country(latitude: float, longitude: float) -> bool:
    return SOUTH <= latitude <= NORTH and WEST <= longitude <= EAST


def _village_at(kecamatan: str, spot: Spot) -> str | None:
    """The village of the kecamatan around the point; of two that overlap, the first by code."""
    point = Point(spot.longitude, spot.latitude)
    outlines = Boundary.objects.real().filter(region__parent=kecamatan, region__level=Level.VILLAGE)
    for code, geometry in outlines.order_by("region_id").values_list("region_id", "geometry"):
        if _shape(geometry).intersects(point):
            return str(code)
    return None


def _nearest(spot: Spot) -> Region | None:
    """The kecamatan whose middle is nearest. A degree is about as long either way so near the
    equator; to tell neighbours apart that is enough."""
    north, east = F("latitude") - spot.latitude, F("longitude") - spot.longitude
    found: Region | None = (
        Region.objects.filter(
            level=Level.KECAMATAN,
            latitude__range=(spot.latitude - NEAR, spot.latitude + NEAR),
            longitude__range=(spot.longitude - NEAR, spot.longitude + NEAR),
        )
        .select_related("parent__parent")
        .order_by(north * north + east * east, "pk")
        .first()
    )
    return found


def _distance_km(outline: Boundary, spot: Spot) -> float:
    point = Point(spot.longitude, spot.latitude)
    return float(_shape(outline.geometry).distance(point)) * KM_PER_DEGREE


def _shape(geometry: dict[str, Any]) -> BaseGeometry:
    return shape(geometry)
