"""The sign of life that /healthz reads: written by a worker because beat asked it to."""

from __future__ import annotations

import time

from celery import shared_task

from . import live

HEARTBEAT_KEY = "forkopimda:worker-heartbeat"
HEARTBEAT_LIFETIME = 60  # seconds; six beats may be missed before /healthz turns red


@shared_task(name="lib.heartbeat")
def heartbeat() -> None:
    """Notes the present time (Unix seconds) in Redis for a minute."""
    live.client().set(HEARTBEAT_KEY, int(time.time()), ex=HEARTBEAT_LIFETIME)
