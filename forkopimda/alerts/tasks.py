"""Sends what is due. Safe to run twice and at the same time: deliveries are leased."""

from __future__ import annotations

from celery import shared_task

from . import actions
from .mail import Mailer

#: Deliveries leased and noted together: what a worker's death in between may send twice.
CHUNK = 20


@shared_task(name="alerts.send_due")
def send_due() -> int:
    """Sends all due deliveries over one connection. Gives how many were sent."""
    total = 0
    with Mailer() as mailer:
        while not mailer.broken and (claimed := actions.claim_due(limit=CHUNK)):
            outcomes = [mailer.send(delivery) for delivery in claimed]
            sent = [outcome.delivery for outcome in outcomes if not outcome.error]
            actions.note_sent(deliveries=sent)
            for outcome in outcomes:
                if outcome.error:
                    actions.note_failed(
                        delivery=outcome.delivery, error=outcome.error, final=outcome.final
                    )
            total += len(sent)
    return total
