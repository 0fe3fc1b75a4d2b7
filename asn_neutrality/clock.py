"""When a step must be done: calendar days, or working days over Indonesia's holidays."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

import holidays

from .models import ERASURE, DayKind, ExtraHoliday, Term

#: National holidays, and the days that government offices close besides (cuti bersama).
CATEGORIES = ("public", "government")
SATURDAY = 5


class NoTerm(LookupError):
    """No term is in force for a state that needs one."""


def due_on(state: str, start: date) -> date:
    """The last day of the step that begins on `start`, by the term in force that day.

    The day it begins is not counted. A term in working days leaves out Saturdays, Sundays,
    national holidays, shared leave and the extra holidays of the admin. Of a term that was changed
    later, what was in force on the day counts; before the first version, the first.
    """
    terms = Term.objects.filter(code=state)
    term = terms.in_force(start).first() or terms.order_by("valid_from", "id").first()
    if term is None:
        raise NoTerm(state)
    if term.day_kind == DayKind.CALENDAR:
        return start + timedelta(days=term.days)
    return add_working_days(start, term.days)


def retention_days() -> int:
    """How many calendar days after a case ended unproven its content is kept."""
    term = Term.objects.in_force().filter(code=ERASURE).first()
    if term is None:
        raise NoTerm(ERASURE)
    return int(term.days)


def add_working_days(start: date, days: int) -> date:
    """The working day that is `days` working days after `start`; 0: `start` itself."""
    reach = start + timedelta(days=days * 3 + 60)
    extra = set(
        ExtraHoliday.objects.filter(day__gt=start, day__lte=reach).values_list("day", flat=True)
    )
    day = start
    while days:
        day += timedelta(days=1)
        if is_working_day(day) and day not in extra:
            days -= 1
    return day


def is_working_day(day: date) -> bool:
    """Whether offices are open, by the national calendar."""
    return day.weekday() < SATURDAY and day not in _national(day.year)


@cache
def _national(year: int) -> frozenset[date]:
    calendar = holidays.country_holidays("ID", years=year, categories=CATEGORIES)
    return frozenset(calendar.keys())
