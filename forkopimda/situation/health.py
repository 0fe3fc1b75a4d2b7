"""Whether the parts that the product needs are alive."""

from __future__ import annotations

import time
from typing import Any

import psycopg
from django.db import connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from psycopg_pool import PoolTimeout
from redis.exceptions import RedisError

from forkopimda.lib import live
from forkopimda.lib.tasks import HEARTBEAT_KEY

#: Seconds without a heartbeat after which the worker counts as dead.
HEARTBEAT_PATIENCE = 45
#: Seconds to wait for a database connection.
DATABASE_PATIENCE = 2


@require_safe
@never_cache
def healthz(request: HttpRequest) -> JsonResponse:
    """JSON with the state of database, Redis and worker; 200 when all are well, else 503."""
    redis, worker = _redis_and_worker()
    checks = {"database": _database(), "redis": redis, "worker": worker}
    well = all(check == "ok" for check in checks.values())
    return JsonResponse(
        {"status": "ok" if well else "error", **checks}, status=200 if well else 503
    )


def _database() -> str:
    pool: Any = connection.pool  # type: ignore[attr-defined]  # the PostgreSQL backend's
    try:
        pool.open()
        with pool.connection(timeout=DATABASE_PATIENCE) as conn:
            conn.execute("SELECT 1")
    except (psycopg.Error, PoolTimeout):
        return "unreachable"
    return "ok"


def _redis_and_worker() -> tuple[str, str]:
    try:
        beat = live.client().get(HEARTBEAT_KEY)
    except RedisError:
        return "unreachable", "unknown"
    if beat is None:
        return "ok", "no heartbeat"
    age = int(time.time()) - int(beat)
    return "ok", "ok" if age <= HEARTBEAT_PATIENCE else f"last heartbeat {age} s ago"
