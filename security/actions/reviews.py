"""Calls ratings to mind whose day of review has come: a reminder is stored with its alert."""

from __future__ import annotations

from forkopimda.audit.actions import record
from forkopimda.lib.authority import System
from forkopimda.lib.guard import action

from .. import alerts
from ..models import ReviewReminder, ReviewStep, RiskRating


@action
def remind_review(*, by: System, rating: RiskRating, step: ReviewStep) -> ReviewReminder | None:
    """Gives one step's reminder; None where it has been given, or the rating is no longer in force.

    The rating is held meanwhile: who rates the region or reminds of it at the same moment comes
    before or after. One that is held by somebody else waits for the next round.
    """
    rows = RiskRating.objects.select_for_update(no_key=True, skip_locked=True, of=("self",))
    current = rows.select_related("region").filter(pk=rating.pk, valid_until=None).first()
    if current is None:
        return None
    if ReviewReminder.objects.filter(rating=current, step=step).exists():
        return None
    reminder = ReviewReminder(rating=current, step=step)
    reminder.full_clean()
    reminder.save()
    record(
        by=by,
        act="security.remind_review",
        target=reminder,
        region=current.region_id,
        name=current.region.title,
        step=step,
    )
    alerts.review_due(by=by, rating=current, step=step)
    return reminder
