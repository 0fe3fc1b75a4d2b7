"""Puts letters into the outbox, for the actions that invite, change and cancel."""

from __future__ import annotations

from collections.abc import Iterable

from forkopimda.lib.outbox import State
from forkopimda.lib.queue import nudge

from ..models import Attendance, Letter, LetterKind, Meeting
from ..recipients import addresses_of

Reached = set[tuple[int, str]]


def write_letters(
    *,
    meeting: Meeting,
    kind: str,
    attendances: Iterable[Attendance] | None = None,
    sequence: int | None = None,
) -> int:
    """Writes one letter per address of each invitee, by default of all; gives how many.

    `sequence` tells letters of one kind apart: by default the invitation's, for minutes their
    version.

    News replaces what is still waiting to go out. An address that no letter has reached yet is
    invited, not told of a change, and hears nothing of a cancellation.
    """
    invited = list(
        meeting.attendances.filter(removed_at=None) if attendances is None else attendances
    )
    reached = _reached(invited) if kind in (LetterKind.UPDATE, LetterKind.CANCELLATION) else None
    addresses = addresses_of(meeting, invited)
    letters = [
        Letter(
            attendance=attendance,
            kind=said,
            sequence=meeting.sequence if sequence is None else sequence,
            address=address,
            language=language,
        )
        for attendance in invited
        for address, language in addresses[attendance.pk]
        if (said := _said(kind, reached, (attendance.pk, address)))
    ]
    Letter.objects.bulk_create(letters)
    if letters:
        nudge("meetings.send_letters")
    return len(letters)


def _reached(invited: list[Attendance]) -> Reached:
    earlier = Letter.objects.filter(attendance__in=invited).exclude(kind=LetterKind.MINUTES)
    tried = earlier.exclude(state=State.QUEUED, attempts=0)
    reached = set(tried.values_list("attendance_id", "address"))
    earlier.filter(state=State.QUEUED).delete()
    return reached


def _said(kind: str, reached: Reached | None, recipient: tuple[int, str]) -> str:
    if reached is None or recipient in reached:
        return kind
    return LetterKind.INVITATION if kind == LetterKind.UPDATE else ""
