"""What a signed-in examiner or a reporter with a code has unlocked, for a short while.

The unlocked key lies in Redis, sealed under a token that only the browser's cookie holds: neither
Redis nor the database nor the settings open it. It ends by itself when it is not used.
"""

from __future__ import annotations

import hashlib
import json
import logging
import secrets
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.conf import settings
from redis.exceptions import RedisError

from forkopimda.lib import live

from .primitives import CanNotOpen, seal, unseal

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django.http.response import HttpResponseBase

logger = logging.getLogger(__name__)

#: Seconds without use after which it locks itself.
IDLE = 15 * 60


@dataclass
class Vault:
    """One unlocked secret: whose, and what was noted beside it.

    `kind` keeps examiners' and reporters' apart ("examiner", "reporter", "receipt"); `owner` is
    the key of the row it belongs to; `notes` are small JSON values, such as the cases opened.
    """

    kind: str
    owner: int
    secret: bytes
    notes: dict[str, Any] = field(default_factory=dict)
    token: str = field(default_factory=lambda: secrets.token_urlsafe(32))

    def keep(self, seconds: int = IDLE, *, changed: bool = False) -> None:
        """Stores it for `seconds` from now; a `changed` one only if it was not locked meanwhile."""
        content = {
            "owner": self.owner,
            "secret": b64encode(self.secret).decode(),
            "notes": self.notes,
        }
        sealed = seal(_key(self.token), json.dumps(content).encode(), self.kind)
        place = _place(self.kind, self.token)
        live.client().set(place, b64encode(sealed).decode(), ex=seconds, xx=changed)

    def renew(self, seconds: int = IDLE) -> None:
        """Gives it `seconds` from now. One that was locked meanwhile stays locked."""
        try:
            live.client().expire(_place(self.kind, self.token), seconds)
        except RedisError as error:
            logger.warning("an unlocked key keeps its old time, Redis is away: %s", error)

    def seconds_left(self) -> int:
        """After how many seconds without use it locks itself; 0 once it has."""
        try:
            left = live.client().ttl(_place(self.kind, self.token))
        except RedisError:
            return 0
        return max(0, int(left))

    def forget(self) -> None:
        """Locks it at once."""
        live.client().delete(_place(self.kind, self.token))


def find(kind: str, token: str) -> Vault | None:
    """The vault of a token, if it is still open. Its time is not renewed by this."""
    try:
        stored = live.client().get(_place(kind, token)) if token else None
    except RedisError:
        return None
    if not stored:
        return None
    try:
        content = json.loads(unseal(_key(token), b64decode(str(stored)), kind))
    except (CanNotOpen, ValueError):
        return None
    return Vault(kind, content["owner"], b64decode(content["secret"]), content["notes"], token)


def of_request(request: HttpRequest, kind: str, owner: int | None = None) -> Vault | None:
    """The vault whose token the browser sent, its time renewed; with `owner`, only theirs."""
    vault = find(kind, request.COOKIES.get(cookie_name(kind), ""))
    if vault is None or (owner is not None and vault.owner != owner):
        return None
    vault.renew()
    return vault


def give(response: HttpResponseBase, vault: Vault, *, path: str = "/") -> None:
    """Hands the token to the browser, until that is closed."""
    response.set_cookie(
        cookie_name(vault.kind),
        vault.token,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Strict",
    )


def take_back(response: HttpResponseBase, kind: str, *, path: str = "/") -> None:
    """Removes the token from the browser."""
    response.delete_cookie(cookie_name(kind), path=path, samesite="Strict")


def cookie_name(kind: str) -> str:
    """The cookie that holds the token."""
    return f"vault-{kind}"


def _key(token: str) -> bytes:
    return hashlib.blake2b(token.encode(), digest_size=32, person=b"vault-key").digest()


def _place(kind: str, token: str) -> str:
    digest = hashlib.blake2b(token.encode(), digest_size=32, person=b"vault-place").hexdigest()
    return f"forkopimda:vault:{kind}:{digest}"
