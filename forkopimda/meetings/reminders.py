"""Reminders of follow-ups: which step is due, for whom, and what it says.

The steps, and why then: three days before the due date there is still time to act; on the day
itself nobody can say that they did not know; the day after the secretariat hears of it, so that it
can ask; three days after, what still is not done is the chair's to see.

A step that was missed because nothing ran is not made up for: what is given is the latest step
that has been reached, once. Earlier ones would only say again, and wrongly, what it says. A new due
date starts the steps anew.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import DatabaseError
from django.db.models import Exists, OuterRef
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM, System
from forkopimda.regions.models import TimeZone

from .actions.remind import give_reminder
from .models import FollowUp, Reminder, ReminderStep, Stage

logger = logging.getLogger(__name__)

BEFORE_DAYS = 3
CHAIR_DAYS = 3
#: No phone rings for a reminder before the offices open.
FIRST_HOUR = time(7)
BATCH = 200
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Due:
    """A step, and the due dates for which it is the latest one reached: `first` to `last`."""

    step: ReminderStep
    first: date | None
    last: date


def steps_on(today: date) -> tuple[Due, ...]:
    """For each step, which due dates have reached it today and not the next one."""
    chair = today - CHAIR_DAYS * DAY
    return (
        Due(ReminderStep.BEFORE, today + DAY, today + BEFORE_DAYS * DAY),
        Due(ReminderStep.DUE, today, today),
        Due(ReminderStep.OVERDUE, chair + DAY, today - DAY),
        Due(ReminderStep.CHAIR, None, chair),
    )


def give_due_reminders(*, by: System = SYSTEM, now: datetime | None = None) -> int:
    """Gives every reminder that is due at `now`. Gives how many.

    Each reminder is stored with its alert in a transaction of its own, so that this may be killed
    and started again, or run twice at once: a step is given once all the same. One that can't be
    given is logged and does not hold up the others.
    """
    now = now or timezone.now()
    given = 0
    for zone in TimeZone.values:
        local = now.astimezone(ZoneInfo(zone))
        if local.time() < FIRST_HOUR:
            continue
        for due in steps_on(local.date()):
            for follow_up in _waiting(zone, due):
                given += _give(by, follow_up, due.step, local.date())
    return given


def _give(by: System, follow_up: FollowUp, step: ReminderStep, today: date) -> bool:
    try:
        reminder = give_reminder(by=by, follow_up=follow_up, step=step, today=today)
    except (ValidationError, DatabaseError):
        logger.exception("reminder %s of follow-up %s could not be given", step, follow_up.pk)
        return False
    if reminder is not None:
        logger.info("reminder %s of follow-up %s given", step, follow_up.pk)
    return reminder is not None


def _waiting(zone: str, due: Due) -> Iterator[FollowUp]:
    """Unfinished follow-ups that have reached the step and have not had it, in batches by key."""
    had = Reminder.objects.filter(
        follow_up=OuterRef("pk"), step=due.step, due_on=OuterRef("due_on")
    )
    rows = FollowUp.objects.unfinished().filter(
        ~Exists(had), meeting__region__time_zone=zone, due_on__lte=due.last
    )
    if due.first is not None:
        rows = rows.filter(due_on__gte=due.first)
    rows = rows.exclude(meeting__stage=Stage.CANCELLED).order_by("pk")
    last = 0
    while batch := list(rows.filter(pk__gt=last)[:BATCH]):
        yield from batch
        last = batch[-1].pk
