"""The way out: deliveries are leased, sent, and noted as sent or to be tried again.

A lease keeps two workers from sending the same delivery; when its holder dies, the lease runs
out and the delivery is due again. What was handed to the mail server just before such a death
may go out twice: at least once is promised, never "not at all".
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

from django.db.models import F
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM, System
from forkopimda.lib.guard import action

from ..models import LEASE, Delivery, State

FIRST_WAIT = timedelta(seconds=15)
LONGEST_WAIT = timedelta(minutes=4)
#: After this long an alert is no news any more; a mail server that is away for hours loses none.
GIVE_UP_AFTER = timedelta(days=1)


@action
def claim_due(*, by: System = SYSTEM, limit: int) -> list[Delivery]:
    """Leases up to `limit` due deliveries to the caller, oldest first."""
    due = Delivery.objects.due().order_by("next_attempt_at").select_for_update(skip_locked=True)
    keys = list(due.values_list("pk", flat=True)[:limit])
    Delivery.objects.filter(pk__in=keys).update(
        state=State.SENDING, leased_until=timezone.now() + LEASE
    )
    claimed = Delivery.objects.filter(pk__in=keys).select_related("alert__region", "recipient")
    return list(claimed.order_by("pk"))


@action
def note_sent(*, by: System = SYSTEM, deliveries: Iterable[Delivery]) -> None:
    """Notes that the mail server has taken these deliveries."""
    keys = [delivery.pk for delivery in deliveries]
    Delivery.objects.filter(pk__in=keys).update(
        state=State.SENT,
        sent_at=timezone.now(),
        leased_until=None,
        last_error="",
        attempts=F("attempts") + 1,
    )


@action
def note_failed(*, by: System = SYSTEM, delivery: Delivery, error: str, final: bool) -> None:
    """Notes a failed attempt: tried again after a growing wait, given up when `final` or when the
    alert is older than GIVE_UP_AFTER."""
    now = timezone.now()
    given_up = final or delivery.alert.created_at < now - GIVE_UP_AFTER
    Delivery.objects.filter(pk=delivery.pk).update(
        state=State.FAILED if given_up else State.QUEUED,
        attempts=F("attempts") + 1,
        leased_until=None,
        last_error=error[:300],
        next_attempt_at=now + min(FIRST_WAIT * 2 ** min(delivery.attempts, 10), LONGEST_WAIT),
    )
