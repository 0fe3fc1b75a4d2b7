"""The reporter's tracking code: 16 digits, shown once, never stored.

The code is stretched by Argon2id under the installation's TRACKING_KEY. Half of what comes out,
hashed with the same key, finds the report; the other half opens the reporter's private key. From
the stored half neither the code nor the other half can be computed, and each guess costs what one
try at a passphrase costs.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass

from django.conf import settings

from . import primitives
from .primitives import KEY_BYTES, SALT_BYTES

DIGITS = 16


@dataclass(frozen=True)
class Opened:
    """What a code gives: where its report stands, and the key to its channel."""

    lookup: bytes
    key: bytes


def new_code() -> str:
    """Sixteen random digits (53 bits)."""
    return "".join(secrets.choice("0123456789") for _ in range(DIGITS))


def shown(code: str) -> str:
    """The code in groups of four, as people write numbers down."""
    return " ".join(code[at : at + 4] for at in range(0, len(code), 4))


def typed(text: str) -> str | None:
    """The code that was typed, spaces and dashes aside; None if it can't be one."""
    code = "".join(text.split()).replace("-", "")
    return code if len(code) == DIGITS and code.isascii() and code.isdigit() else None


def open_code(code: str) -> Opened:
    """The code stretched. It takes the same time whether such a report exists or not."""
    stretched = primitives.stretch(
        code, _keyed("tracking-salt")[:SALT_BYTES], primitives.COST, size=2 * KEY_BYTES
    )
    return Opened(
        lookup=_keyed("tracking-lookup", stretched[:KEY_BYTES]), key=stretched[KEY_BYTES:]
    )


def fingerprint(text: str) -> bytes:
    """A keyed hash, for values that must be recognised and never read, such as a form's token."""
    return _keyed("fingerprint", text.encode())


def _keyed(purpose: str, content: bytes = b"") -> bytes:
    message = purpose.encode() + b"\0" + content
    return hmac.new(settings.TRACKING_KEY.encode(), message, hashlib.sha256).digest()
