"""Early warnings are computed, reviews of ratings called to mind. Safe to run twice at once."""

from __future__ import annotations

from celery import shared_task

from .reviews import give_due_reminders
from .warning.refreshing import refresh_all, refresh_due


@shared_task(name="security.refresh_warnings")
def refresh_warnings() -> int:
    """Computes the early warnings of all regencies in use. Gives how many changed."""
    return refresh_all()


@shared_task(name="security.refresh_due_warnings")
def refresh_due_warnings() -> int:
    """Computes those of the regencies where something happened. Gives how many changed."""
    return refresh_due()


@shared_task(name="security.remind_reviews")
def remind_reviews() -> int:
    """Gives the reminders of reviews that are due now. Gives how many."""
    return give_due_reminders()
