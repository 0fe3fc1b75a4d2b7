"""Invitations: sent, changed, withdrawn, answered."""

from __future__ import annotations

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.queue import nudge

from ..models import Letter, LetterKind, Meeting, Stage
from ..recipients import addresses
from .common import noted


@action
def send_invitations(*, by: Actor, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Sends the invitations of a draft: from now on invitees see the meeting, and each gets a
    letter in the outbox. `at` is for records of the past and sends no letter."""
    require(by, "meetings.change", meeting)
    meeting = Meeting.objects.select_for_update().select_related("region").get(pk=meeting.pk)
    if meeting.stage != Stage.DRAFT:
        raise ValidationError(_("Undangan rapat ini sudah dikirim atau rapatnya dibatalkan."))
    if not meeting.attendances.filter(removed_at=None).exists():
        raise ValidationError(_("Belum ada yang diundang. Tambahkan undangan lebih dahulu."))
    meeting.stage = Stage.SENT
    meeting.sent_at = at or timezone.now()
    meeting.save()
    count = 0 if at else write_letters(meeting=meeting, kind=LetterKind.INVITATION)
    noted(by, "meetings.send_invitations", meeting, meeting, count=count)
    return meeting


def write_letters(*, meeting: Meeting, kind: str) -> int:
    """Puts one letter per address of each invitee into the outbox. Gives how many."""
    letters = [
        Letter(
            attendance=attendance,
            kind=kind,
            sequence=meeting.sequence,
            address=address,
            language=language,
        )
        for attendance in meeting.attendances.filter(removed_at=None).select_related("institution")
        for address, language in addresses(attendance)
    ]
    Letter.objects.bulk_create(letters)
    nudge("meetings.send_letters")
    return len(letters)
