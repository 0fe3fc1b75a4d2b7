"""Terms are called to mind, unproven cases erased, units reminded. Safe to run twice at once."""

from __future__ import annotations

from celery import shared_task

from forkopimda.lib import outbox

from .erasing import erase_due
from .models import PledgeReminder
from .reminder_mail import compose
from .reminding import give_due_notices


@shared_task(name="asn_neutrality.remind_terms")
def remind_terms() -> int:
    """Gives the notices that are due now. Gives how many."""
    return give_due_notices()


@shared_task(name="asn_neutrality.erase_unproven")
def erase_unproven() -> int:
    """Erases the content of unproven cases that were kept long enough. Gives how many."""
    return erase_due().cases


@shared_task(name="asn_neutrality.send_pledge_reminders")
def send_pledge_reminders() -> int:
    """Sends all due reminders to units over one connection. Gives how many were sent."""
    return outbox.send_due(PledgeReminder.objects.select_related("unit__region"), compose)
