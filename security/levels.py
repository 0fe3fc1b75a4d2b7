"""The levels of the regions below one region, now or on a past day, ready to be listed."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Count
from django.db.models.functions import Left
from django.utils import timezone

from forkopimda.regions.models import Region

from .change import Change
from .models import LEVEL_ORDER, EarlyWarning, Incident, IncidentState, Level, RiskRating, Scheme

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from datetime import date, datetime

    from forkopimda.lib.authority import Actor

RECENT = timedelta(days=7)
FARTHEST = "9999-12-31"


@dataclass(frozen=True)
class Row:
    """One region of the list. `rating` is None where it has not been rated.

    The rest is known on the page of levels alone: the level at the day compared with, the early
    warning in force, the incidents of the last seven days.
    """

    region: Region
    rating: RiskRating | None
    then: str = ""
    warning: EarlyWarning | None = None
    incidents: int = 0

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

    @property
    def change(self) -> Change:
        """How the level moved since the day compared with."""
        return Change(self.then, self.rating.level if self.rating else "")

    @property
    def review_on(self) -> date | None:
        """The day by which the rating is to be looked at again."""
        return self.rating.review_on if self.rating else None

    @property
    def review_due(self) -> bool:
        """Whether that day has come, and the rating is still in force."""
        due = self.rating is not None and self.rating.valid_until is None and self.review_on
        return bool(due) and self.review_on <= timezone.localdate()  # type: ignore[operator]


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


#: What a list can be sorted by, each in the order that readers want first.
SORTS: dict[str, Callable[[Row], Any]] = {
    "tingkat": lambda row: -row.rank,
    "nama": lambda row: row.region.name,
    "sejak": lambda row: -(row.rating.valid_from.timestamp() if row.rating else 0),
    "perubahan": lambda row: row.change.order,
    "tinjau": lambda row: str(row.review_on or FARTHEST),
    "saran": lambda row: -(row.warning.index if row.warning else -1),
    "insiden": lambda row: -row.incidents,
}


def in_order(rows: Iterable[Row], sort: str) -> list[Row]:
    """The rows by a key of `SORTS`, backwards with a minus before it; an unknown key: by level.

    Equals stand by name."""
    backwards = sort.startswith("-")
    key = SORTS.get(sort.removeprefix("-"), SORTS["tingkat"])
    return sorted(sorted(rows, key=lambda row: row.region.name), key=key, reverse=backwards)


def picture(
    by: Actor,
    code: str,
    *,
    moment: datetime | None = None,
    since: datetime | None = None,
    sort: str = "tingkat",
    search: str = "",
    whole: bool = False,
) -> Picture:
    """The levels below region `code` (empty: the country) that the reader may see; of a kecamatan,
    whose parts are not rated, its own.

    Two queries, whatever the length of the history; with `whole` three more, for what the page of
    levels shows beside. `moment` shows a past time, `since` the change from then.
    """
    visible = Region.objects.visible_to(by)
    listed = visible.filter(pk=code) if code.count(".") > 1 else visible.children_of(code)
    regions = list(listed.filter(name__icontains=search) if search else listed)
    own_region = visible.filter(code=code).first() if code else None
    keys = [region.pk for region in regions]
    ratings = {
        rating.region_id: rating
        for rating in RiskRating.objects.visible_to(by)
        .filter(region__in=[*keys, *([code] if code else [])])
        .as_of(moment)
        .with_previous_level()
    }
    then = _levels_then(by, keys, since) if whole and since else {}
    # Past warnings are not kept: beside a past day there are none to show.
    warnings = _warnings(by, keys) if whole and moment is None else {}
    incidents = _recent_incidents(by, code, regions, moment) if whole else {}
    rows = [
        Row(
            region,
            ratings.get(region.pk),
            then.get(region.pk, ""),
            warnings.get(region.pk),
            incidents.get(region.pk, 0),
        )
        for region in regions
    ]
    return Picture(own_region, ratings.get(code), in_order(rows, sort))


def _levels_then(by: Actor, keys: list[str], since: datetime) -> dict[str, str]:
    rows = RiskRating.objects.visible_to(by).filter(region__in=keys).as_of(since).order_by()
    return dict(rows.values_list("region_id", "level"))


def _warnings(by: Actor, keys: list[str]) -> dict[str, EarlyWarning]:
    found = EarlyWarning.objects.visible_to(by).filter(region__in=keys).order_by()
    return {warning.region_id: warning for warning in found}


def _recent_incidents(
    by: Actor, code: str, regions: list[Region], moment: datetime | None
) -> dict[str, int]:
    if not regions:
        return {}
    end = moment or timezone.now()
    counted = (
        Incident.objects.visible_to(by)
        .within(code)
        .filter(occurred_at__gt=end - RECENT, occurred_at__lte=end)
        .exclude(state__in=[IncidentState.REJECTED, IncidentState.DUPLICATE])
        .order_by()
        .values(part=Left("region_id", len(regions[0].pk)))
        .annotate(incidents=Count("pk"))
    )
    return dict(counted.values_list("part", "incidents"))


def first_rated(by: Actor, code: str) -> datetime | None:
    """When the oldest rating below region `code` began."""
    rows = RiskRating.objects.visible_to(by).filter(
        scheme=Scheme.FORUM, region__code__startswith=code
    )
    found: datetime | None = (
        rows.order_by("valid_from").values_list("valid_from", flat=True).first()
    )
    return found
