"""Asks for a regency's early warnings to be computed soon. For actions that change what they are
made from."""

from __future__ import annotations

import logging

from django.db import transaction
from redis.exceptions import RedisError

from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.lib.live import client
from forkopimda.lib.queue import nudge

logger = logging.getLogger(__name__)

DUE = "forkopimda:warnings-due"


def soon(code: str) -> None:
    """After commit, notes the regency around the region `code` and nudges the worker.

    Ten changes at once are computed once. Should Redis be away, the next quarter of an hour
    computes all regencies anyway.
    """
    transaction.on_commit(lambda: _note(code[:REGENCY_LENGTH]), robust=True)
    nudge("security.refresh_due_warnings")


def _note(regency: str) -> None:
    try:
        client().sadd(DUE, regency)
    except RedisError as error:
        logger.warning("early warnings of %s wait for the next round: %s", regency, error)
