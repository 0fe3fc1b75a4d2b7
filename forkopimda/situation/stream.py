"""The live stream: server-sent events from Redis to each open page, for what it may see.

One reader per process follows the Redis stream and hands events to the pages' queues. An event
names a topic and carries no content. A page that comes back names the last event it saw and gets
what it missed; when that is too long ago to tell, it is told to reload all its parts.
"""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from asgiref.sync import sync_to_async
from django.db import connections
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.http.response import HttpResponseBase
from redis.exceptions import RedisError

from forkopimda.lib.authority import may

from .hub import Event, hub

if TYPE_CHECKING:
    from forkopimda.people.models import User

LIFETIME = 10 * 60  # seconds; then the page connects again, and its rights are read again


async def stream(request: HttpRequest) -> HttpResponseBase:
    """Events for the signed-in reader. 401 when signed out, 503 while Redis is away."""
    user = request.user
    if not user.is_authenticated:
        return HttpResponse(status=401)
    # The reader's roles are in memory now; a page that stays open must not hold a connection.
    await sync_to_async(connections.close_all)()
    since = request.headers.get("Last-Event-ID") or request.GET.get("sejak", "")
    try:
        source = await hub().subscribe(since)
    except RedisError:
        return HttpResponse(status=503)
    response = StreamingHttpResponse(
        _lines(user, source),
        content_type="text/event-stream",
    )
    response["Cache-Control"] = "no-cache"
    response["X-Accel-Buffering"] = "no"
    response["Content-Encoding"] = "identity"  # compression would hold events back
    return response


async def _lines(user: User, source: AsyncIterator[Event | None]) -> AsyncIterator[bytes]:
    yield b"retry: 2000\n\n"
    until = time.monotonic() + LIFETIME
    async for event in source:
        if event is None:
            yield b": still here\n\n"
        elif event.topic == "reset":
            yield f"id: {event.id}\nevent: reset\ndata: {{}}\n\n".encode()
        elif may_hear(user, event):
            data = json.dumps({"topic": event.topic, "region": event.region})
            yield f"id: {event.id}\nevent: change\ndata: {data}\n\n".encode()
        if time.monotonic() > until:
            return


def may_hear(user: User, event: Event) -> bool:
    """Whether an event is for this reader: named, or reading its region and allowed its topic."""
    if event.users:
        return user.pk in event.users
    if event.permission and not may(user, event.permission):
        return False
    return user.access.may_read(event.region)
