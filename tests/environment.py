"""The settings that tests run with, on servers of their own or on those the environment names."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import psycopg
import redis

from forkopimda.embedded import embedded_servers, end_marked, is_in_use, remove

MARK = "FORKOPIMDA_TEST"
VAR = Path(__file__).resolve().parent.parent / "var"
SETTINGS = {
    "DJANGO_SETTINGS_MODULE": "forkopimda.config.settings",
    "SECRET_KEY": "only-for-tests-and-known-to-everybody-who-reads-the-source",
    "TRACKING_KEY": "only-for-tests-too-and-with-it-codes-of-reporters-are-found",
    "DEBUG": "false",
    "HTTPS": "false",
    "BASE_URL": "http://testserver",
    "ALLOWED_HOSTS": "*",
    # Django's own test runner keeps mail in memory; whoever gets past it finds nobody here.
    "EMAIL_URL": "smtp://127.0.0.1:1",
    "DEFAULT_FROM_EMAIL": "Forkopimda Batu Bara <siaga@batubara.example>",
    "STATIC_ROOT": str(VAR / "test-static"),
    "MEDIA_ROOT": str(VAR / "test-media"),
}
# Redis has 16 databases. 0 is left alone: it may be somebody's.
REDIS_DATABASES = 15


@contextmanager
def prepared_environment() -> Iterator[bool]:
    """Put all settings into the environment; yields whether the servers are embedded ones."""
    os.environ.update(SETTINGS)
    if os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"):
        yield False
        return
    # The same folder each time, so that servers left by a killed run are found and ended.
    folder = VAR / "test"
    if is_in_use(folder):
        folder = Path(tempfile.mkdtemp(prefix="forkopimda-test-"))
    try:
        with embedded_servers(folder, durable=False) as servers:
            # One of the two may be set: it is used.
            os.environ.setdefault("DATABASE_URL", servers.database_url)
            os.environ.setdefault("REDIS_URL", servers.redis_url)
            # What tests start carries this mark; of a killed run it may still be running.
            end_marked(MARK, str(folder))
            os.environ[MARK] = str(folder)
            yield True
    finally:
        remove(folder)


def use_redis_database(worker: str) -> None:
    """Give a test process its own, emptied Redis database: gw0 the first, gw1 the second, ..."""
    number = 1 + int(worker.removeprefix("gw"))
    if number > REDIS_DATABASES:
        raise RuntimeError(f"Redis has databases for {REDIS_DATABASES} test processes at most.")
    url = urlsplit(os.environ["REDIS_URL"])._replace(path=f"/{number}").geturl()
    os.environ["REDIS_URL"] = url
    with redis.Redis.from_url(url) as client:
        client.flushdb()


def versions() -> str:
    """What answers at DATABASE_URL and REDIS_URL."""
    with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
        postgres = connection.info.parameter_status("server_version")
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        info = client.info("server")
    valkey = info.get("valkey_version")
    return f"PostgreSQL {postgres}, " + (
        f"Valkey {valkey}" if valkey else f"Redis {info['redis_version']}"
    )
