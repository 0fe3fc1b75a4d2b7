"""A private key split in shares of words (SLIP-39), of which some together give it back.

Only shares of the form that this module issues are taken: one group, the least stretching. A
share could otherwise ask for hours of computing, or belong to another kind of secret.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum, auto

from shamir_mnemonic import MnemonicError, combine_mnemonics, generate_mnemonics
from shamir_mnemonic.share import Share
from shamir_mnemonic.wordlist import WORD_INDEX_MAP

from .primitives import KEY_BYTES

#: Words of one share of a key of 32 bytes.
WORDS = 33
FEWEST_HOLDERS, MOST_HOLDERS = 3, 9
LEAST_THRESHOLD = 2
_STRETCHING = 1
_NO_PASSPHRASE = b""


class Fault(Enum):
    """What is wrong with one share."""

    LENGTH = auto()
    UNKNOWN_WORD = auto()
    CHECKSUM = auto()
    FOREIGN = auto()
    REPEATED = auto()
    OTHER_SET = auto()


class BadShare(Exception):
    """One of the typed shares can't be right: which one (from 0), why, and at which word."""

    def __init__(self, position: int, fault: Fault, word: int = 0) -> None:
        self.position = position
        self.fault = fault
        self.word = word
        super().__init__(fault.name)


class WrongNumber(Exception):
    """As many shares as `needed` belong together; another number was given."""

    def __init__(self, needed: int) -> None:
        self.needed = needed
        super().__init__(str(needed))


def split(private: bytes, threshold: int, count: int) -> list[str]:
    """`count` shares of a private key, any `threshold` of which give it back."""
    [shares] = generate_mnemonics(
        1,
        [(threshold, count)],
        private,
        passphrase=_NO_PASSPHRASE,
        iteration_exponent=_STRETCHING,
    )
    return shares


def combine(typed: Sequence[str]) -> bytes:
    """The private key of which these are shares. BadShare names the one that is wrong,
    WrongNumber says that there are too few or too many."""
    texts = [tidied(text) for text in typed]
    shares = [_read(position, text) for position, text in enumerate(texts)]
    for position, share in enumerate(shares):
        if share.identifier != shares[0].identifier:
            raise BadShare(position, Fault.OTHER_SET)
        if share.index in {earlier.index for earlier in shares[:position]}:
            raise BadShare(position, Fault.REPEATED)
    needed = shares[0].member_threshold if shares else LEAST_THRESHOLD
    if len(shares) != needed:
        raise WrongNumber(needed)
    try:
        return combine_mnemonics(texts, _NO_PASSPHRASE)
    except (MnemonicError, ValueError):
        # Each is whole in itself, and together they are no key: shares of two sets that were
        # made to look alike.
        raise BadShare(len(shares) - 1, Fault.OTHER_SET) from None


def tidied(text: str) -> str:
    """The words of a share as they are compared: small letters, without the numbers and marks
    that people copy from a numbered list."""
    return " ".join(re.findall(r"[^\W\d_]+", text.lower()))


def _read(position: int, text: str) -> Share:
    words = text.split()
    for number, word in enumerate(words, start=1):
        if word not in WORD_INDEX_MAP:
            raise BadShare(position, Fault.UNKNOWN_WORD, number)
    if len(words) != WORDS:
        raise BadShare(position, Fault.LENGTH, len(words))
    try:
        share = Share.from_mnemonic(text)
    except (MnemonicError, ValueError):
        raise BadShare(position, Fault.CHECKSUM) from None
    form = (share.iteration_exponent, share.group_count, share.group_threshold, len(share.value))
    if form != (_STRETCHING, 1, 1, KEY_BYTES) or share.member_threshold < LEAST_THRESHOLD:
        raise BadShare(position, Fault.FOREIGN)
    return share
