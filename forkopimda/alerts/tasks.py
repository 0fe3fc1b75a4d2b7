"""Sends what is due. Safe to run twice and at the same time: deliveries are leased."""

from __future__ import annotations

from celery import shared_task

from forkopimda.lib import outbox

from .mail import compose
from .models import Delivery


@shared_task(name="alerts.send_due")
def send_due() -> int:
    """Sends all due deliveries over one connection. Gives how many were sent."""
    return outbox.send_due(Delivery.objects.select_related("alert__region", "recipient"), compose)
