"""The levels of the regions below one region, now or on a past day, ready to be listed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from forkopimda.regions.models import Region

from .models import LEVEL_ORDER, Level, RiskRating

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from forkopimda.lib.authority import Actor


@dataclass(frozen=True)
class Row:
    """One region of the list. `rating` is None where it has not been rated."""

    region: Region
    rating: RiskRating | None

    @property
    def level(self) -> str:
        """The level's code, or "none"."""
        return self.rating.level if self.rating else "none"

    @property
    def level_name(self) -> str:
        """The level's word, for readers and for the map's areas."""
        return self.rating.get_level_display() if self.rating else ""

    @property
    def rank(self) -> int:
        """0 for not rated, else 1 to 3."""
        return Level(self.rating.level).rank if self.rating else 0


@dataclass(frozen=True)
class Picture:
    """A region's own rating, its parts' rows, and how many parts have which level."""

    region: Region | None
    own: RiskRating | None
    rows: Sequence[Row]

    def counts(self) -> list[tuple[str, int]]:
        """Level codes from the highest down, "none" last, each with its number of parts."""
        found = Counter(row.level for row in self.rows)
        return [(level, found[level]) for level in [*reversed(LEVEL_ORDER), "none"] if found[level]]


SORTS = {
    "tingkat": lambda row: (-row.rank, row.region.name),
    "nama": lambda row: row.region.name,
    "sejak": lambda row: (
        -(row.rating.valid_from.timestamp() if row.rating else 0),
        row.region.name,
    ),
}


def picture(
    by: Actor, code: str, *, moment: datetime | None = None, sort: str = "tingkat", search: str = ""
) -> Picture:
    """The levels below region `code` (empty: the country) that the reader may see.

    Two queries, whatever the length of the history. `moment` shows a past time.
    """
    visible = Region.objects.visible_to(by)
    listed = visible.children_of(code)
    regions = list(listed.filter(name__icontains=search) if search else listed)
    own_region = visible.filter(code=code).first() if code else None
    keys = [region.pk for region in regions] + ([code] if code else [])
    ratings = {
        rating.region_id: rating
        for rating in RiskRating.objects.visible_to(by)
        .filter(region__in=keys)
        .as_of(moment)
        .with_previous_level()
    }
    rows = [Row(region, ratings.get(region.pk)) for region in regions]
    rows.sort(key=SORTS.get(sort, SORTS["tingkat"]))
    return Picture(region=own_region, own=ratings.get(code), rows=rows)
