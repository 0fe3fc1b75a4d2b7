"""A month of meetings: its weeks, and what lies on each of its days."""

from __future__ import annotations

import re
from calendar import Calendar
from collections import defaultdict
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.utils import timezone

from forkopimda.people.models import User

from .filters import FIRST_DAY, LAST_DAY
from .models import Meeting

#: A month of one regency has some dozens; who reads the whole country is told of the rest.
MOST_SHOWN = 400
#: A meeting that goes on for longer is shown on its first days only.
LONGEST = timedelta(days=14)
DAY = timedelta(days=1)
_FORM = re.compile(r"([0-9]{4})-([0-9]{2})")


@dataclass(frozen=True)
class Month:
    """One month of the calendar, by its first day."""

    first: date

    @classmethod
    def present(cls) -> Month:
        """The month that it is now in the reader's zone."""
        return cls(timezone.localdate().replace(day=1))

    @classmethod
    def parse(cls, text: str) -> Month | None:
        """The month of "2024-11"; None when there is no such month."""
        form = _FORM.fullmatch(text)
        if form is None or not 1 <= int(form[2]) <= 12:
            return None
        year, number = int(form[1]), int(form[2])
        if not FIRST_DAY.year <= year <= LAST_DAY.year:
            return None
        return cls(date(year, number, 1))

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def before(self) -> Month | None:
        """The month before, None at the start of the calendar."""
        last = self.first - DAY
        return Month(last.replace(day=1)) if last >= FIRST_DAY else None

    @property
    def after(self) -> Month | None:
        """The next month, None at the end of the calendar."""
        first = (self.first + timedelta(days=31)).replace(day=1)
        return Month(first) if first <= LAST_DAY else None

    def weeks(self) -> list[list[date]]:
        """Whole weeks from Monday, with the days of the neighbouring months that fill them."""
        return Calendar().monthdatescalendar(self.first.year, self.first.month)

    def holds(self, day: date) -> bool:
        """Whether the day is one of this month."""
        return day.replace(day=1) == self.first


def meetings_by_day(by: User, month: Month) -> tuple[dict[date, list[Meeting]], bool]:
    """The meetings on each day of the month's weeks, a day as it is where the meeting takes place,
    and whether there are more than can be shown. One query."""
    weeks = month.weeks()
    first, last = weeks[0][0], weeks[-1][-1]
    meetings = list(
        Meeting.objects.visible_to(by)
        .filter(
            # A day wider on both sides: which day it is depends on the meeting's zone.
            starts_at__lt=_midnight(last + 2 * DAY),
            starts_at__gte=_midnight(first - DAY - LONGEST),
            ends_at__gte=_midnight(first - DAY),
        )
        .select_related("region")
        .order_by("starts_at", "pk")[: MOST_SHOWN + 1]
    )
    days = defaultdict(list)
    for meeting in meetings[:MOST_SHOWN]:
        for day in days_of(meeting):
            if first <= day <= last:
                days[day].append(meeting)
    return dict(days), len(meetings) > MOST_SHOWN


def days_of(meeting: Meeting) -> list[date]:
    """The days on which a meeting goes on, where it takes place."""
    end = timezone.localtime(meeting.ends_at, meeting.zone)
    last = end.date() if end.time() > time.min else end.date() - DAY
    length = min(last - meeting.day, LONGEST)
    return [meeting.day + n * DAY for n in range(max(length.days, 0) + 1)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=UTC)
