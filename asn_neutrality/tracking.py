"""From a tracking code to its report, with the same work whether there is one or not."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from threading import BoundedSemaphore
from typing import TYPE_CHECKING

from .entries import OpenReport, about_reporter, open_report
from .models import Report
from .sealing.codes import open_code
from .sealing.primitives import CanNotOpen, new_key, new_pair, seal, seal_to

if TYPE_CHECKING:
    from forkopimda.lib.guard import GuardedQuerySet

    from .sealing.codes import Opened

#: Codes that one web process stretches at the same time; each takes 64 MiB.
AT_ONCE = 4
#: Seconds that a code waits for its turn.
PATIENCE = 15.0

_turns = BoundedSemaphore(AT_ONCE)


class Busy(Exception):
    """Too many codes are being tried at this moment; this one was not tried."""


@dataclass(frozen=True)
class Tracked:
    """What a right code opens, and the key that it gives."""

    opened: OpenReport
    key: bytes


def track(code: str) -> Tracked | None:
    """The report of a code; None if there is none, or no longer. Busy when it was not tried.

    A wrong code costs one Argon2, one query and one opening, as a right one: of a pair of keys
    that was made for this alone.
    """
    if not _turns.acquire(timeout=PATIENCE):
        raise Busy
    try:
        given = open_code(code)
    finally:
        _turns.release()
    return _with(given)


def again(report: int, key: bytes) -> OpenReport | None:
    """The report that a code opened a while ago; None if its content was erased since."""
    found = _kept().filter(pk=report).first()
    if found is None:
        return None
    try:
        return open_report(found, key)
    except CanNotOpen:
        return None


def _with(given: Opened) -> Tracked | None:
    found = _kept().filter(lookup=given.lookup).first()
    report, key = (found, given.key) if found is not None else _decoy()
    try:
        opened = open_report(report, key)
    except CanNotOpen:
        return None
    return Tracked(opened, key) if found is not None else None


def _kept() -> GuardedQuerySet:
    return Report.objects.filter(case__erased_at=None).select_related("case__region")


@cache
def _decoy() -> tuple[Report, bytes]:
    """A report that nobody sent, and what opens it."""
    private, public = new_pair()
    key = new_key()
    report = Report(number="")
    report.reporter_private = seal(key, private, about_reporter(report))
    report.key_for_reporter = seal_to(public, new_key())
    return report, key
