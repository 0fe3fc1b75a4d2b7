"""Reviews of ratings: which regions are due, and the reminders.

A rating is called to mind twice: on its day of review, and once more three days after. A step that
was missed because nothing ran is not made up for: given is the latest step reached, once.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import Exists, F, FilteredRelation, OuterRef, Q
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM, System, may
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, TimeZone, under

from .actions.reviews import remind_review
from .models import ReviewReminder, ReviewStep, RiskRating, Scheme

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

logger = logging.getLogger(__name__)

OVERDUE_DAYS = 3
#: No phone rings for a reminder before the offices open.
FIRST_HOUR = time(7)
BATCH = 200
#: Regions whose level is declared.
RATED = (RegionLevel.REGENCY, RegionLevel.KECAMATAN)


def due_regions(by: Actor, *, scopes: tuple[str, ...] | None = None, search: str = "") -> Any:
    """Regions that the reader may see whose rating is due for review or overdue by the reader's
    today, the longest overdue first, then those that were never rated.

    A rating of the time before review days were kept has none, and counts as due. `scopes` narrows
    to regions below these codes.
    """
    today = timezone.localdate()
    rows = Region.objects.visible_to(by).filter(level__in=RATED)
    if scopes is not None:
        rows = rows.filter(under("code", scopes))
    if search:
        rows = rows.filter(name__icontains=search)
    in_force = FilteredRelation(
        "ratings", condition=Q(ratings__scheme=Scheme.FORUM, ratings__valid_until=None)
    )
    return (
        rows.annotate(current=in_force)
        .filter(Q(current=None) | Q(current__review_on=None) | Q(current__review_on__lte=today))
        .order_by(
            F("current__review_on").asc(nulls_last=True),
            F("current__valid_from").asc(nulls_last=True),
            "code",
        )
    )


@dataclass(frozen=True)
class Review:
    """A region that asks for a rating. `rating` is None where it never had one."""

    region: Region
    rating: RiskRating | None
    own: bool  # whether the reader may assess and rate it, or propose a level

    @property
    def days_late(self) -> int:
        """Days since the day of review; 0 on the day itself or where no day was set."""
        if self.rating is None or self.rating.review_on is None:
            return 0
        return max(0, (timezone.localdate() - self.rating.review_on).days)


def reviews_of(by: Actor, regions: Iterable[Region]) -> list[Review]:
    """The regions with their ratings in force, and whether the reader's own. One query."""
    rows = list(regions)
    ratings = {
        rating.region_id: rating for rating in RiskRating.objects.as_of().filter(region__in=rows)
    }
    return [
        Review(region, ratings.get(region.pk), may(by, "security.assess", region))
        for region in rows
    ]


def give_due_reminders(*, by: System = SYSTEM, now: datetime | None = None) -> int:
    """Gives every reminder that is due at `now`. Gives how many.

    Each is stored with its alert in a transaction of its own, so that this may be killed and
    started again, or run twice at once: a step is given once all the same. One that can't be given
    is logged and does not hold up the others.
    """
    now = now or timezone.now()
    given = 0
    for zone in TimeZone.values:
        local = now.astimezone(ZoneInfo(zone))
        if local.time() < FIRST_HOUR:
            continue
        for step, first, last in _steps_on(local.date()):
            for rating in _waiting(zone, step, first, last):
                given += _give(by, rating, step)
    return given


def _steps_on(today: date) -> tuple[tuple[ReviewStep, date | None, date], ...]:
    """For each step, the first and the last day of review for which it is the latest reached."""
    overdue = today - timedelta(days=OVERDUE_DAYS)
    return (
        (ReviewStep.DUE, overdue + timedelta(days=1), today),
        (ReviewStep.OVERDUE, None, overdue),
    )


def _give(by: System, rating: RiskRating, step: ReviewStep) -> bool:
    try:
        return remind_review(by=by, rating=rating, step=step) is not None
    except (ValidationError, DatabaseError):
        logger.exception("review reminder %s of rating %s could not be given", step, rating.pk)
        return False


def _waiting(zone: str, step: ReviewStep, first: date | None, last: date) -> Iterator[RiskRating]:
    """Ratings in force that have reached the step and have not had it, in batches by key."""
    had = ReviewReminder.objects.filter(rating=OuterRef("pk"), step=step)
    rows = RiskRating.objects.due_for_review(last).filter(~Exists(had), region__time_zone=zone)
    if first is not None:
        rows = rows.filter(review_on__gte=first)
    rows = rows.order_by("pk")
    done = 0
    while batch := list(rows.filter(pk__gt=done)[:BATCH]):
        yield from batch
        done = batch[-1].pk
