"""A Redis cache whose loss slows nobody down: what it can't answer counts as not cached.

What must not be lost is never kept here. Limits on sign-in attempts are counted in the cache and
are therefore off while Redis is away: on election day, getting in matters more.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Mapping
from typing import Any

from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

logger = logging.getLogger(__name__)


class ForgivingRedisCache(RedisCache):
    """Django's Redis cache; a dead server is a miss and a line in the log."""

    def get(self, key: str, default: Any = None, version: int | None = None) -> Any:
        """The value, or `default` when there is none or Redis is away."""
        try:
            return super().get(key, default, version)
        except RedisError as error:
            logger.warning("cache is away: %s", error)
            return default

    def set(self, key: str, value: Any, timeout: Any = ..., version: int | None = None) -> None:
        """Keeps the value, if it can. `timeout` in seconds; left out: the backend's default."""
        options = {} if timeout is ... else {"timeout": timeout}
        try:
            super().set(key, value, version=version, **options)
        except RedisError as error:
            logger.warning("cache is away: %s", error)

    def get_many(self, keys: Iterable[str], version: int | None = None) -> dict[str, Any]:
        """Those that are there; none while Redis is away."""
        try:
            return dict(super().get_many(keys, version))
        except RedisError as error:
            logger.warning("cache is away: %s", error)
            return {}

    def set_many(
        self, data: Mapping[str, Any], timeout: Any = ..., version: int | None = None
    ) -> list[str]:
        """Keeps the values, if it can; gives the keys that it could not keep."""
        options = {} if timeout is ... else {"timeout": timeout}
        try:
            return list(super().set_many(dict(data), version=version, **options))
        except RedisError as error:
            logger.warning("cache is away: %s", error)
            return list(data)

    def add(self, key: str, value: Any, timeout: Any = ..., version: int | None = None) -> bool:
        """Keeps the value if there is none; says so too when Redis is away."""
        options = {} if timeout is ... else {"timeout": timeout}
        try:
            return super().add(key, value, version=version, **options)
        except RedisError as error:
            logger.warning("cache is away: %s", error)
            return True

    def delete(self, key: str, version: int | None = None) -> bool:
        """Forgets the value, if it can."""
        try:
            return super().delete(key, version)
        except RedisError as error:
            logger.warning("cache is away: %s", error)
            return False
