"""Letters that wait are sent, and follow-ups are called to mind. Safe to run twice at once."""

from __future__ import annotations

from celery import shared_task

from forkopimda.lib import outbox

from .letters import compose
from .models import Letter
from .reminders import give_due_reminders


@shared_task(name="meetings.send_letters")
def send_letters() -> int:
    """Sends all due letters over one connection. Gives how many were sent."""
    letters = Letter.objects.select_related(
        "attendance__meeting__region", "attendance__institution", "attendance__official"
    )
    return outbox.send_due(letters, compose)


@shared_task(name="meetings.remind")
def remind() -> int:
    """Gives the reminders that are due now. Gives how many."""
    return give_due_reminders()
