"""Tells open pages what has changed: a capped Redis stream, written after commit.

An event carries a topic and a region code, or the recipient it concerns, and no content: each
page asks again for the part that changed and gets what its reader may see.
"""

from __future__ import annotations

import logging
from functools import cache

from django.conf import settings
from django.db import transaction
from redis import Redis
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)

STREAM = "forkopimda:live"
KEPT_EVENTS = 10_000


@cache
def client() -> Redis:
    """The process's Redis connection pool, with short time-outs: no page waits for Redis."""
    return Redis.from_url(
        settings.REDIS_URL, decode_responses=True, socket_connect_timeout=1, socket_timeout=2
    )


def announce(
    topic: str, *, region: str = "", users: tuple[int, ...] = (), permission: str = ""
) -> None:
    """After commit, tells open pages that `topic` changed.

    Told are pages of `users` alone where given, else of those who may read `region` and, where
    `permission` is given, hold it at all.
    """
    fields = {
        "topic": topic,
        "region": region,
        "users": ",".join(map(str, users)),
        "permission": permission,
    }
    transaction.on_commit(lambda: _add(fields), robust=True)


def last_event() -> str:
    """Id of the newest event, empty where there is none or Redis is away.

    A page asks before it reads what it shows, and listens from there: nothing falls in between.
    """
    try:
        newest = client().xrevrange(STREAM, count=1)
    except RedisError:
        return ""
    return str(newest[0][0]) if newest else "0-0"


def _add(fields: dict[str, str]) -> None:
    try:
        client().xadd(STREAM, fields, maxlen=KEPT_EVENTS, approximate=True)  # type: ignore[arg-type]
    except RedisError as error:
        logger.warning("open pages will see %s when they next poll: %s", fields["topic"], error)
