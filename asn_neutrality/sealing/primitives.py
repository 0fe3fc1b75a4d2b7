"""The few operations of libsodium that cases are sealed with. docs/threat-model.md says why.

A key is 32 random bytes. `about` names what is sealed (kind and row): a sealed text that is moved
to another row or kind does not open.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import IO, TYPE_CHECKING

from nacl import bindings, pwhash, utils
from nacl.exceptions import CryptoError
from nacl.public import PrivateKey, PublicKey, SealedBox
from nacl.secret import Aead

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the database gives back may be a view of bytes.
Bytes = bytes | memoryview

KEY_BYTES = 32
SALT_BYTES = pwhash.argon2id.SALTBYTES
CHUNK = 64 * 1024
_HEADER = bindings.crypto_secretstream_xchacha20poly1305_HEADERBYTES
_OVERHEAD = bindings.crypto_secretstream_xchacha20poly1305_ABYTES
_MESSAGE = bindings.crypto_secretstream_xchacha20poly1305_TAG_MESSAGE
_FINAL = bindings.crypto_secretstream_xchacha20poly1305_TAG_FINAL


class CanNotOpen(Exception):
    """A key, a passphrase or a code does not open this, or it was changed since it was sealed."""


@dataclass(frozen=True)
class Cost:
    """What one try at a passphrase or a code costs: passes, and memory in bytes."""

    passes: int
    memory: int


#: About a tenth of a second and 64 MiB per try on the machines of 2024. Kept per examiner's key,
#: so that it can grow; for the codes of reporters it is part of what finds them.
COST = Cost(3, 64 * 1024 * 1024)


def new_key() -> bytes:
    """A fresh key."""
    return utils.random(KEY_BYTES)


def new_salt() -> bytes:
    """A fresh salt for `stretch`."""
    return utils.random(SALT_BYTES)


def seal(key: bytes, content: bytes, about: str) -> bytes:
    """`content` under `key`, tied to `about`: nonce and XChaCha20-Poly1305."""
    return bytes(Aead(key).encrypt(content, about.encode()))


def unseal(key: bytes, sealed: Bytes, about: str) -> bytes:
    """What `seal` was given; CanNotOpen if key, content or `about` is another."""
    try:
        return Aead(key).decrypt(bytes(sealed), about.encode())
    except (CryptoError, ValueError, TypeError) as error:
        raise CanNotOpen from error


def new_pair() -> tuple[bytes, bytes]:
    """A fresh private key and the public key that belongs to it (X25519)."""
    private = PrivateKey.generate()
    return bytes(private), bytes(private.public_key)


def public_of(private: bytes) -> bytes:
    """The public key that belongs to a private one."""
    return bytes(PrivateKey(private).public_key)


def seal_to(public: Bytes, secret: bytes) -> bytes:
    """`secret`, for the holder of the private key alone; nobody can tell who sealed it."""
    return SealedBox(PublicKey(bytes(public))).encrypt(secret)


def unseal_with(private: bytes, sealed: Bytes) -> bytes:
    """What `seal_to` was given; CanNotOpen with another private key."""
    try:
        return SealedBox(PrivateKey(private)).decrypt(bytes(sealed))
    except (CryptoError, ValueError, TypeError) as error:
        raise CanNotOpen from error


def stretch(secret: str, salt: Bytes, cost: Cost, size: int = KEY_BYTES) -> bytes:
    """`size` bytes from a passphrase or a code, by Argon2id."""
    return pwhash.argon2id.kdf(
        size, secret.encode(), bytes(salt), opslimit=cost.passes, memlimit=cost.memory
    )


def seal_stream(key: bytes, source: IO[bytes]) -> Iterator[bytes]:
    """A file under `key`, chunk by chunk; a missing, added or moved chunk does not open."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    yield bindings.crypto_secretstream_xchacha20poly1305_init_push(state, key)
    chunk = source.read(CHUNK)
    while True:
        following = source.read(CHUNK)
        tag = _MESSAGE if following else _FINAL
        yield bindings.crypto_secretstream_xchacha20poly1305_push(state, chunk, None, tag)
        if not following:
            return
        chunk = following


def unseal_stream(key: bytes, source: IO[bytes]) -> Iterator[bytes]:
    """The file that `seal_stream` was given; CanNotOpen if it was cut or changed."""
    state = bindings.crypto_secretstream_xchacha20poly1305_state()
    try:
        bindings.crypto_secretstream_xchacha20poly1305_init_pull(state, source.read(_HEADER), key)
        tag = _MESSAGE
        while tag != _FINAL:
            sealed = source.read(CHUNK + _OVERHEAD)
            chunk, tag = bindings.crypto_secretstream_xchacha20poly1305_pull(state, sealed, None)
            yield chunk
    except (CryptoError, ValueError, TypeError, RuntimeError) as error:
        raise CanNotOpen from error
    if source.read(1):
        raise CanNotOpen
