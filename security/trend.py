"""Incidents per week, for a figure and the table behind it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.db.models import Count, Q
from django.db.models.functions import TruncWeek
from django.utils import timezone

from .models import CONFIRMED, IncidentState

if TYPE_CHECKING:
    from .models.incident import IncidentQuerySet

WEEKS = 12
#: Measures of the figure, in its own units.
TALLEST, WEEK_WIDTH = 100, 30


@dataclass(frozen=True)
class Week:
    """Incidents of one week from its Monday: verified ones, and reports that wait to be."""

    monday: date
    confirmed: int
    reported: int
    left: int
    confirmed_height: int
    reported_height: int

    @property
    def total(self) -> int:
        """All incidents of the week."""
        return self.confirmed + self.reported


def weekly(incidents: IncidentQuerySet, zone: ZoneInfo) -> list[Week]:
    """The last twelve weeks in the time zone `zone`, this one included, by the time of the
    incident. What was rejected or is a duplicate does not count. One query."""
    today = timezone.localtime(timezone=zone).date()
    this_monday = today - timedelta(days=today.weekday())
    first = this_monday - timedelta(weeks=WEEKS - 1)
    counted = (
        incidents.order_by()
        .filter(
            state__in=[*CONFIRMED, IncidentState.REPORTED],
            occurred_at__gte=datetime.combine(first, time.min, tzinfo=zone),
        )
        .annotate(week=TruncWeek("occurred_at", tzinfo=zone))
        .values("week")
        .annotate(
            confirmed=Count("pk", filter=Q(state__in=CONFIRMED)),
            reported=Count("pk", filter=Q(state=IncidentState.REPORTED)),
        )
    )
    found = {
        row["week"].astimezone(zone).date(): (row["confirmed"], row["reported"]) for row in counted
    }
    most = max([1, *(sum(pair) for pair in found.values())])
    weeks = []
    for number in range(WEEKS):
        monday = first + timedelta(weeks=number)
        confirmed, reported = found.get(monday, (0, 0))
        weeks.append(
            Week(
                monday=monday,
                confirmed=confirmed,
                reported=reported,
                left=number * WEEK_WIDTH,
                confirmed_height=TALLEST * confirmed // most,
                reported_height=TALLEST * reported // most,
            )
        )
    return weeks
