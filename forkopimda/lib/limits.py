"""How often something may happen in all, whoever does it: counters in Redis.

A name says what is counted ("lapor:code"), never who does it unless they are signed in: no
address is kept, not even hashed, and of single attempts no time is kept either. While Redis is
away everything is allowed, as with limits on sign-in attempts (cache.py).
"""

from __future__ import annotations

import logging
import time
from functools import cache
from math import ceil

from limits import RateLimitItem, parse
from limits.storage import RedisStorage
from limits.strategies import SlidingWindowCounterRateLimiter
from redis.exceptions import RedisError

from . import live

logger = logging.getLogger(__name__)


def spend(name: str, amount: str) -> bool:
    """Takes one of `amount` ("30/hour", "5 per 10 minutes"); False when there is none left.

    Asking and taking are one step in Redis: two at the same moment can't take the same one.
    """
    try:
        return _limiter().hit(_parsed(amount), name)
    except RedisError as error:
        logger.warning("limits are off, Redis is away: %s", error)
        return True


def spent(name: str, amount: str) -> int:
    """How many of `amount` were taken lately; 0 while Redis is away."""
    item = _parsed(amount)
    try:
        return item.amount - _limiter().get_window_stats(item, name).remaining
    except RedisError as error:
        logger.warning("limits are off, Redis is away: %s", error)
        return 0


def minutes_to_wait(name: str, amount: str) -> int:
    """After how many minutes, one at least, trying again makes sense."""
    try:
        free_at = _limiter().get_window_stats(_parsed(amount), name).reset_time
    except RedisError as error:
        logger.warning("limits are off, Redis is away: %s", error)
        return 1
    return max(1, ceil((free_at - time.time()) / 60))


@cache
def _parsed(amount: str) -> RateLimitItem:
    return parse(amount)


@cache
def _limiter() -> SlidingWindowCounterRateLimiter:
    storage = RedisStorage(
        "redis://",
        connection_pool=live.client().connection_pool,
        key_prefix="forkopimda:limits",
    )
    return SlidingWindowCounterRateLimiter(storage)
