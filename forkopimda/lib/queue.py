"""Nudges the worker by task name, after the transaction has committed.

The work itself is a row (an outbox); the nudge only saves it from waiting for the next sweep.
A lost nudge, a dead Redis included, therefore costs time and nothing else.
"""

from __future__ import annotations

import logging

from celery import current_app
from django.db import transaction
from kombu.exceptions import OperationalError
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


def nudge(task: str) -> None:
    """Asks a worker to run `task` as soon as what is being written has committed."""
    transaction.on_commit(lambda: _send(task), robust=True)


def _send(task: str) -> None:
    try:
        current_app.send_task(task, retry=False)
    except (OperationalError, RedisError, OSError) as error:
        logger.warning("could not nudge %s, the next sweep will: %s", task, error)
