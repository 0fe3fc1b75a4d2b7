"""Regions by their name, for the search beside the map."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Case, IntegerField, Value, When
from django.db.models.functions import Length

from forkopimda.regions.models import LEVEL_BY_LENGTH, Level, Region, ancestors

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

SHOWN = 10
LEAST_LETTERS = 2
ZOOMS = {Level.KECAMATAN: 11, Level.VILLAGE: 13}
_REGENCY_LENGTH = next(size for size, level in LEVEL_BY_LENGTH.items() if level == Level.REGENCY)


@dataclass(frozen=True)
class Found:
    """A region that was found, what it lies in, and how the page shows it."""

    region: Region
    around: str

    @property
    def code(self) -> str:
        """The region whose page of levels shows it: a kecamatan is shown in its regency."""
        return str(self.region.pk)[:_REGENCY_LENGTH]

    @property
    def centre(self) -> str:
        """Where the map goes: "latitude,longitude" of a kecamatan or village, else empty."""
        if self.region.level not in ZOOMS or self.region.latitude is None:
            return ""
        return f"{self.region.latitude:.5f},{self.region.longitude:.5f}"

    @property
    def zoom(self) -> int:
        """How near the map goes there."""
        return ZOOMS.get(Level(self.region.level), 0)


def find_regions(by: Actor, words: str) -> list[Found]:
    """The first regions that the reader may see whose name holds the words: what begins with them
    first, then the larger. Three queries at most."""
    words = " ".join(words.split())[:60]
    if len(words) < LEAST_LETTERS:
        return []
    starts = Case(
        When(name__istartswith=words, then=Value(0)),
        default=Value(1),
        output_field=IntegerField(),
    )
    matching = Region.objects.visible_to(by).filter(name__icontains=words)
    ordered = matching.order_by(starts, Length("code"), "name", "code")
    found = list(ordered.exclude(level=Level.VILLAGE)[:SHOWN])
    if len(found) < SHOWN:
        found += ordered.filter(level=Level.VILLAGE)[: SHOWN - len(found)]
    above = {code for region in found for code in ancestors(region.pk)[:-1]}
    names = dict(Region.objects.filter(pk__in=above).values_list("code", "name"))
    return [
        Found(
            region,
            ", ".join(names[code] for code in reversed(ancestors(region.pk)[:-1]) if code in names),
        )
        for region in found
    ]
