"""A proof of work: what a browser must compute before a report is taken from it.

The server signs a challenge. The browser looks for a number whose PBKDF2 hash with the challenge
lies below a bound, which takes it about `tries` hashes, and the server checks it with one. Browsers
compute this hash natively, so that a cheap phone loses little against a strong machine. A challenge
is good for a while and for one report; the more reports come in, the higher is the bound.
"""

from __future__ import annotations

import hashlib
import logging
import secrets
from typing import Any

from django.core import signing
from redis.exceptions import RedisError

from forkopimda.lib import limits, live

logger = logging.getLogger(__name__)

#: Rounds of one hash: as slow as a cheap phone can be asked thousands of times.
ROUNDS = 2000
#: Hashes that a browser needs on average while few reports come in.
TRIES = 1500
#: How many times as many at most.
STEEPEST = 8
#: Reports that are taken in all, whoever sends them, and from which the steps are counted.
REPORTS = "60/10 minutes"
REPORTS_NAME = "lapor:report"
CALM = 8
#: Seconds for which a challenge is good: a long report is written within it.
LIFETIME = 4 * 60 * 60
SALT = "asn_neutrality.puzzle"
BOUND = 2**32
MOST_DIGITS = 12


def challenge() -> dict[str, Any]:
    """What a browser needs to begin: `text` to hash, `rounds` of a hash, and the `bound`."""
    tries = tries_now()
    text = signing.dumps([secrets.token_hex(8), tries], salt=SALT)
    return {"text": text, "rounds": ROUNDS, "bound": BOUND // tries}


def tries_now() -> int:
    """How many hashes are asked for at this moment: twice as many for each further eight reports
    that came in lately."""
    lately = limits.spent(REPORTS_NAME, REPORTS)
    return TRIES * min(STEEPEST, 2 ** (lately // CALM))


def solves(text: str, number: str) -> bool:
    """Whether `number` solves the challenge `text`, which was not used before and is used now.

    A challenge from calmer times is not taken once four times as much is asked for.
    """
    if not (number.isascii() and number.isdigit() and len(number) <= MOST_DIGITS):
        return False
    try:
        _nonce, tries = signing.loads(text, salt=SALT, max_age=LIFETIME)
    except signing.BadSignature:
        return False
    if tries * 4 <= tries_now() or hashed(text, number) >= BOUND // tries:
        return False
    return _is_first_use(text)


def hashed(text: str, number: str) -> int:
    """The first 32 bits of the hash of a number with a challenge."""
    found = hashlib.pbkdf2_hmac("sha256", number.encode(), text.encode(), ROUNDS, dklen=4)
    return int.from_bytes(found, "big")


def _is_first_use(text: str) -> bool:
    digest = hashlib.sha256(text.encode()).hexdigest()
    try:
        return bool(live.client().set(f"forkopimda:puzzle:{digest}", "", ex=LIFETIME, nx=True))
    except RedisError as error:
        logger.warning("a puzzle is not noted as used, Redis is away: %s", error)
        return True
