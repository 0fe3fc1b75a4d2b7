"""Follows the Redis stream of live events once per process and shares it among open pages."""

from __future__ import annotations

import asyncio
import logging
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from redis.asyncio import Redis
from redis.exceptions import RedisError

from forkopimda.lib.live import STREAM

logger = logging.getLogger(__name__)

KEEP_ALIVE = 15  # seconds between signs of life to a quiet page
BLOCK = 5_000  # milliseconds that one read waits for an event
BACKLOG = 500  # events a page may lag behind before it is cut off to catch up afresh
ID_FORM = re.compile(r"^\d{1,16}-\d{1,8}$")


@dataclass(frozen=True)
class Event:
    """One live event. `users` empty: for all who may read `region`."""

    id: str
    topic: str
    region: str = ""
    users: frozenset[int] = frozenset()
    permission: str = ""

    @classmethod
    def read(cls, key: str, fields: dict[str, str]) -> Event:
        """An event from its stream entry."""
        users = fields.get("users", "")
        return cls(
            id=key,
            topic=fields["topic"],
            region=fields.get("region", ""),
            users=frozenset(map(int, users.split(","))) if users else frozenset(),
            permission=fields.get("permission", ""),
        )

    @property
    def order(self) -> tuple[int, int]:
        """Its place in the stream."""
        return _order(self.id)


def _order(key: str) -> tuple[int, int]:
    moment, _, serial = key.partition("-")
    return int(moment), int(serial)


class Hub:
    """The process's one reader of the stream, and the queues of its open pages."""

    def __init__(self) -> None:
        self.redis: Redis = Redis.from_url(
            settings.REDIS_URL,
            decode_responses=True,
            socket_connect_timeout=1,
            socket_timeout=BLOCK / 1000 + 5,
        )
        self.queues: set[asyncio.Queue[Event | None]] = set()
        self.reader: asyncio.Task[None] | None = None

    async def subscribe(self, since: str) -> AsyncIterator[Event | None]:
        """Events after `since` (an event's id; empty: from now on); None is a sign of life.

        Raises RedisError when Redis is away. Ends when Redis is lost or the page lags too far.
        """
        queue: asyncio.Queue[Event | None] = asyncio.Queue(BACKLOG)
        self.queues.add(queue)
        try:
            # First the reader, then what was missed: what comes in between is met twice, not never.
            self._ensure_reader(await self._newest())
            missed = await self._missed(since)
        except BaseException:
            self.queues.discard(queue)
            raise
        return self._follow(queue, missed)

    async def _follow(
        self, queue: asyncio.Queue[Event | None], missed: list[Event]
    ) -> AsyncIterator[Event | None]:
        last = (0, 0)
        try:
            for event in missed:
                yield event
                last = event.order
            while True:
                try:
                    event_or_end = await asyncio.wait_for(queue.get(), KEEP_ALIVE)
                except TimeoutError:
                    yield None
                    continue
                if event_or_end is None:
                    return
                if event_or_end.order > last:
                    last = event_or_end.order
                    yield event_or_end
        finally:
            self.queues.discard(queue)

    async def _missed(self, since: str) -> list[Event]:
        if not ID_FORM.match(since):
            return []
        oldest: Any = await self.redis.xrange(STREAM, count=1)
        if oldest and _order(since) < _order(oldest[0][0]) and _order(since) != (0, 0):
            return [Event(id=await self._newest(), topic="reset")]
        entries: Any = await self.redis.xrange(STREAM, min=f"({since}", count=BACKLOG + 1)
        if len(entries) > BACKLOG:
            return [Event(id=await self._newest(), topic="reset")]
        return [Event.read(key, fields) for key, fields in entries]

    async def _newest(self) -> str:
        newest: Any = await self.redis.xrevrange(STREAM, count=1)
        return str(newest[0][0]) if newest else "0-0"

    def _ensure_reader(self, start: str) -> None:
        if self.reader is None or self.reader.done():
            self.reader = asyncio.create_task(self._read(start))

    async def _read(self, last: str) -> None:
        """Reads until no page is open or Redis is lost; then every page is cut off, comes back,
        and catches up from the last event it saw."""
        try:
            while self.queues:
                answer: Any = await self.redis.xread({STREAM: last}, block=BLOCK, count=500)
                for _stream, entries in _pairs(answer):
                    for key, fields in entries:
                        last = key
                        self._share(Event.read(key, fields))
        except RedisError as error:
            logger.warning("live stream lost Redis: %s", error)
        finally:
            for queue in self.queues:
                _cut(queue)
            self.queues.clear()

    def _share(self, event: Event) -> None:
        for queue in list(self.queues):
            if queue.full():
                _cut(queue)
                self.queues.discard(queue)
            else:
                queue.put_nowait(event)


def _pairs(answer: Any) -> Any:
    """XREAD's answer as pairs, whichever protocol version the client speaks."""
    return answer.items() if isinstance(answer, dict) else answer or []


def _cut(queue: asyncio.Queue[Event | None]) -> None:
    while not queue.empty():
        queue.get_nowait()
    queue.put_nowait(None)


_hubs: dict[int, Hub] = {}


def hub() -> Hub:
    """The hub of the running event loop."""
    key = id(asyncio.get_running_loop())
    if key not in _hubs:
        _hubs[key] = Hub()
    return _hubs[key]
