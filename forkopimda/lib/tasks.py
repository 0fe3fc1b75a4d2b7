"""Housekeeping: the sign of life that /healthz reads, and sessions that have ended."""

from __future__ import annotations

import time

from celery import shared_task
from django.core.management import call_command

from . import live

HEARTBEAT_KEY = "forkopimda:worker-heartbeat"
HEARTBEAT_LIFETIME = 60  # seconds; six beats may be missed before /healthz turns red


@shared_task(name="lib.heartbeat")
def heartbeat() -> None:
    """Notes the present time (Unix seconds) in Redis for a minute."""
    live.client().set(HEARTBEAT_KEY, int(time.time()), ex=HEARTBEAT_LIFETIME)


@shared_task(name="lib.clear_sessions")
def clear_sessions() -> None:
    """Removes sessions that have expired."""
    call_command("clearsessions")
