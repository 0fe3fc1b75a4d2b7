"""Calls follow-ups to mind: a reminder is stored with its alert, once per step and due date."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.urls import reverse

from forkopimda.alerts.actions import raise_alert
from forkopimda.alerts.models import Severity
from forkopimda.lib.authority import System
from forkopimda.lib.guard import action

from ..models import UNFINISHED, FollowUp, Reminder, ReminderStep, Stage
from ..recipients import accounts_of, secretaries
from ..reminder_words import description, headline
from .common import noted

if TYPE_CHECKING:
    from forkopimda.people.models import User

SEVERITIES = {
    ReminderStep.BEFORE: Severity.MINOR,
    ReminderStep.DUE: Severity.MODERATE,
    ReminderStep.OVERDUE: Severity.MODERATE,
    ReminderStep.CHAIR: Severity.SEVERE,
}


@action
def give_reminder(
    *, by: System, follow_up: FollowUp, step: ReminderStep, today: date
) -> Reminder | None:
    """Gives one step's reminder; None where it has been given, or is not to be given any more.

    The follow-up is held meanwhile: whoever finishes it, gives it another day or reminds of it at
    the same moment comes before or after. One that is held by somebody else waits for the next
    round.
    """
    rows = FollowUp.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    current = (
        rows.select_related("meeting__region", "meeting__chair", "institution")
        .filter(pk=follow_up.pk, due_on=follow_up.due_on, state__in=UNFINISHED)
        .exclude(meeting__stage=Stage.CANCELLED)
        .first()
    )
    if current is None:
        return None
    key = {"follow_up": current, "step": step, "due_on": current.due_on}
    if Reminder.objects.filter(**key).exists():
        return None
    reminder = Reminder(**key)
    reminder.full_clean()
    reminder.save()
    _tell(by, current, step, today)
    noted(
        by,
        "meetings.give_reminder",
        reminder,
        current.meeting,
        step=step,
        institution=current.institution.name,
    )
    return reminder


def _tell(by: System, follow_up: FollowUp, step: ReminderStep, today: date) -> None:
    """Raises the alert: to the responsible institution, from the first overdue day on also to the
    secretariat, at last also to the chair. Where nobody responsible can be reached, the
    secretariat is told so in any case."""
    meeting = follow_up.meeting
    responsible = accounts_of(follow_up.institution_id, meeting)
    told = set(responsible)
    if step in {ReminderStep.OVERDUE, ReminderStep.CHAIR} or not responsible:
        told |= set(secretaries(meeting))
    if step == ReminderStep.CHAIR:
        told |= set(accounts_of(meeting.chair_id, meeting))
    raise_alert(
        by=by,
        kind=f"follow_up_{step}",
        region=meeting.region,
        severity=SEVERITIES[step],
        headline=headline(follow_up, step),
        description=description(follow_up, step, today, reached=bool(responsible)),
        people=_in_order(told),
        link=reverse("meetings:follow-up", args=[follow_up.pk]),
    )


def _in_order(people: set[User]) -> list[User]:
    return sorted(people, key=lambda person: person.pk)
