"""How large a request may be, before anything of it is kept.

Under ASGI Django writes the whole body to the disk before any view, form or limit is asked. What
is larger than any form here takes is read away and forgotten instead, and answered in plain words:
a connection cut in the middle would only tell a browser that the network failed.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

Event = Mapping[str, Any]
Receive = Callable[[], Awaitable[Event]]
Send = Callable[[Event], Awaitable[None]]
Application = Callable[[dict[str, Any], Receive, Send], Awaitable[None]]

#: A report has at most 100 MB of files (asn_neutrality/forms/files.py), and words beside them.
MOST_BYTES = 120 * 1024 * 1024
#: What is read away at most; whoever sends more is cut off.
MOST_READ_AWAY = 4 * 1024 * 1024 * 1024

PAGE = """<!doctype html><html lang="id"><head><meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Kiriman terlalu besar · Forkopimda</title></head><body><main>
<h1>Kiriman terlalu besar</h1>
<p>Tidak ada yang tersimpan. Tekan tombol kembali: yang Anda tulis biasanya masih ada. Pilih berkas
yang lebih kecil (satu berkas paling besar 50 MB, semuanya 100 MB), lalu kirim lagi.</p>
<p lang="en">What you sent is too large and nothing was stored. Go back, choose smaller files (50 MB
each, 100 MB together) and send again.</p></main></body></html>
""".encode()
HEADERS = [
    (b"content-type", b"text/html; charset=utf-8"),
    (b"content-length", str(len(PAGE)).encode()),
    (b"cache-control", b"private, no-store"),
    (b"referrer-policy", b"no-referrer"),
    (b"x-content-type-options", b"nosniff"),
    (b"content-security-policy", b"default-src 'none'; frame-ancestors 'none'"),
]


class _TooLarge(Exception):
    """More came than is taken, of a body that declared no length. `ended`: all of it has come."""

    def __init__(self, *, ended: bool) -> None:
        super().__init__()
        self.ended = ended


class BoundedBodies:
    """An ASGI application that hands on bodies of up to `most` bytes and answers 413 to others."""

    def __init__(self, application: Application, most: int = MOST_BYTES) -> None:
        self.application = application
        self.most = most

    async def __call__(self, scope: dict[str, Any], receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http":
            await self.application(scope, receive, send)
        elif _declared(scope) > self.most:
            await _refuse(receive, send)
        else:
            try:
                await self.application(scope, self._counted(receive), send)
            except _TooLarge as came:
                await _refuse(receive, send, ended=came.ended)

    def _counted(self, receive: Receive) -> Receive:
        """Counts too: a body sent in chunks declares no length."""
        came = 0

        async def counted() -> Event:
            nonlocal came
            event = await receive()
            if event["type"] == "http.request":
                came += len(event.get("body", b""))
                if came > self.most:
                    raise _TooLarge(ended=not event.get("more_body", False))
            return event

        return counted


def _declared(scope: dict[str, Any]) -> int:
    lengths = [value for name, value in scope["headers"] if name == b"content-length"]
    return int(lengths[0]) if lengths and lengths[0].isdigit() else 0


async def _refuse(receive: Receive, send: Send, *, ended: bool = False) -> None:
    read = 0
    while not ended:
        event = await receive()
        read += len(event.get("body", b""))
        if event["type"] == "http.disconnect" or read > MOST_READ_AWAY:
            return
        ended = not event.get("more_body", False)
    await send({"type": "http.response.start", "status": 413, "headers": HEADERS})
    await send({"type": "http.response.body", "body": PAGE})
