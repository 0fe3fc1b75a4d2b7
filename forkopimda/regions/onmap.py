"""Which regions a view of the map shows, coarse or fine as its zoom allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import Max, Min, Q

from .models import LEVEL_BY_LENGTH, Boundary, Level, Region
from .places import Extent

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import View

INDONESIA = Extent(95.0, -11.0, 141.1, 6.1)
#: From which zoom on a map may show regencies, and kecamatan.
FINER = ((Level.REGENCY, 6.0), (Level.KECAMATAN, 8.5))
MARKS_LATER = 1.25
#: A screen full of areas: with more, the next coarser level is shown.
AREAS_MOST = 1_000
PREFIXES_MOST = 8
SMALLEST_DEGREES = 0.02  # half the side of the box around a lone point

_LENGTHS = {level: length for length, level in LEVEL_BY_LENGTH.items()}
_ORDER = [Level.PROVINCE, Level.REGENCY, Level.KECAMATAN]


@dataclass(frozen=True)
class Area:
    """One region of a view. Without an outline it has only a place, or not even that."""

    code: str
    name: str
    latitude: float | None
    longitude: float | None
    drawn_at: datetime | None
    schematic: bool

    @property
    def place(self) -> tuple[float, float] | None:
        """Latitude and longitude of its middle."""
        if self.latitude is None or self.longitude is None:
            return None
        return self.latitude, self.longitude


@dataclass(frozen=True)
class Listing:
    """The regions of a view, all of one level. `length` is that of their codes; `whole`: they are
    the page's region's parts, wherever the box lies."""

    areas: Sequence[Area]
    length: int
    whole: bool = False

    @property
    def codes(self) -> list[str]:
        """Their codes."""
        return [area.code for area in self.areas]

    @property
    def around(self) -> list[str]:
        """A few codes, of regions one level up or of provinces, that hold all of them."""
        if self.length == _LENGTHS[Level.PROVINCE]:
            return [""] if self.areas else []
        prefixes = {area.code.rpartition(".")[0] for area in self.areas}
        if len(prefixes) > PREFIXES_MOST:
            prefixes = {code[: _LENGTHS[Level.PROVINCE]] for code in prefixes}
        return sorted(prefixes)


def listed(by: Actor, view: View, *, marks: bool = False) -> Listing:
    """The regions of the view that the reader may see, `AREAS_MOST` at most. Where each gets a
    mark (`marks`), which needs more room than an outline, finer regions show later.

    They are the page's region's parts, wherever the map has been moved; nearer by, whatever finer
    regions the box holds. Of a kecamatan, which has no parts that are rated, its regency's.
    """
    own = _below(view.code)
    zoom = view.zoom - (MARKS_LATER if marks else 0)
    finest = max([own, *(level for level, least in FINER if zoom >= least)], key=_ORDER.index)
    while _ORDER.index(finest) > _ORDER.index(own):
        found = _within(by, finest, Extent(*view.box))
        if len(found) <= AREAS_MOST:
            return Listing(found, _LENGTHS[finest])
        finest = _ORDER[_ORDER.index(finest) - 1]
    return Listing(_parts(by, view.code), _LENGTHS[own], whole=True)


def _below(code: str) -> Level:
    """The level of the parts of region `code` that maps show."""
    return _ORDER[min(code.count(".") + 1 if code else 0, len(_ORDER) - 1)]


_FIELDS = ("code", "name", "latitude", "longitude", "boundary__loaded_at", "boundary__schematic")


def _parts(by: Actor, code: str) -> list[Area]:
    parent = code[: _LENGTHS[Level.REGENCY]]
    rows = Region.objects.visible_to(by).children_of(parent).order_by("code")
    return [Area(*row) for row in rows.values_list(*_FIELDS)[:AREAS_MOST]]


def _within(by: Actor, level: Level, box: Extent) -> list[Area]:
    """One more than `AREAS_MOST` at most, to tell that there are more."""
    rows = (
        Boundary.objects.visible_to(by)
        .filter(region__level=level)
        .filter(west__lte=box.east, east__gte=box.west, south__lte=box.north, north__gte=box.south)
        .order_by("region_id")
    )
    fields = [
        *("region_id", "region__name", "region__latitude", "region__longitude"),
        *("loaded_at", "schematic"),
    ]
    return [Area(*row) for row in rows.values_list(*fields)[: AREAS_MOST + 1]]


def extent_of(by: Actor, code: str) -> Extent:
    """The box around the region `code` that the reader may see: its parts' outlines, or its own,
    else their middles, else the country's."""
    outlines = Boundary.objects.visible_to(by)
    inside = {"region__parent": code or None}
    around = {"region": code.rpartition(".")[0]}
    for chosen in ({"region": code}, inside, around):
        sides = outlines.filter(**chosen).aggregate(
            Min("west"), Min("south"), Max("east"), Max("north")
        )
        if None not in sides.values():
            return Extent(*sides.values())
    middles = Region.objects.visible_to(by).filter(latitude__isnull=False)
    sides = middles.filter(Q(pk=code) | Q(parent=code or None)).aggregate(
        Min("longitude"), Min("latitude"), Max("longitude"), Max("latitude")
    )
    if None in sides.values():
        return INDONESIA
    west, south, east, north = sides.values()
    less = SMALLEST_DEGREES
    return Extent(west - less, south - less, east + less, north + less)
