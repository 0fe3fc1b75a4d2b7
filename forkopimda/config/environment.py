"""Reads and checks the environment, so that a wrong variable stops the start by name."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured
from environs import Env, EnvError
from marshmallow import ValidationError
from psycopg import ProgrammingError
from psycopg.conninfo import conninfo_to_dict


@dataclass(frozen=True)
class MailServer:
    """Where mail is handed over: `smtp://`, `smtp+tls://` (STARTTLS) or `smtps://`."""

    host: str
    port: int
    user: str
    password: str
    starttls: bool
    ssl: bool


def parse_database_url(value: str) -> dict[str, Any]:
    """Django's database settings from any libpq address, a socket folder's included."""
    if not value.startswith(("postgresql://", "postgres://")):
        raise ValidationError("must be a postgresql:// address; no other database is supported")
    try:
        parts = conninfo_to_dict(value)
    except ProgrammingError as error:
        raise ValidationError(f"is not a PostgreSQL address: {error}") from error
    name = parts.pop("dbname", None)
    if not name:
        raise ValidationError("names no database")
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": parts.pop("user", "") or "",
        "PASSWORD": parts.pop("password", "") or "",
        "HOST": parts.pop("host", "") or "",
        "PORT": str(parts.pop("port", "") or ""),
        "OPTIONS": {key: value for key, value in parts.items() if value is not None},
    }


def parse_redis_url(value: str) -> str:
    """A redis:// or rediss:// address, unchanged."""
    parts = urlsplit(value)
    if parts.scheme not in {"redis", "rediss"} or not parts.hostname:
        raise ValidationError("must be a redis:// or rediss:// address with a host")
    return value


def parse_email_url(value: str) -> MailServer:
    """A mail server from `smtp://user:password@host:port`."""
    parts = urlsplit(value)
    if parts.scheme not in {"smtp", "smtp+tls", "smtps"} or not parts.hostname:
        raise ValidationError("must be smtp://, smtp+tls:// or smtps:// with a host")
    try:
        port = parts.port
    except ValueError as error:
        raise ValidationError("has a port that is not a number") from error
    return MailServer(
        host=parts.hostname,
        port=port or {"smtp": 25, "smtp+tls": 587, "smtps": 465}[parts.scheme],
        user=parts.username or "",
        password=parts.password or "",
        starttls=parts.scheme == "smtp+tls",
        ssl=parts.scheme == "smtps",
    )


def parse_base_url(value: str) -> str:
    """The address people type, without a trailing slash: links in mail start with it."""
    parts = urlsplit(value)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise ValidationError("must start with http:// or https:// and name a host")
    return value.rstrip("/")


def parse_secret(value: str) -> str:
    """A secret of at least 50 characters, so that signatures can't be guessed."""
    if len(value) < 50:
        raise ValidationError("must have at least 50 characters")
    return value


def environment() -> Env:
    """The process environment with this project's parsers; nothing is read from files."""
    env = Env()
    env.add_parser("secret", parse_secret)
    env.add_parser("database", parse_database_url)
    env.add_parser("redis", parse_redis_url)
    env.add_parser("mail_server", parse_email_url)
    env.add_parser("base_url", parse_base_url)
    return env


def read(parser: Any, name: str, *default: Any) -> Any:
    """One variable; a missing or malformed one stops the start with its name."""
    try:
        return parser(name, *default)
    except EnvError as error:
        raise ImproperlyConfigured(
            f"{str(error).rstrip('.')}. See the settings table in README.md."
        ) from error
