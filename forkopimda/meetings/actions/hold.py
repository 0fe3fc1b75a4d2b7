"""On the day: who came."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import CAME, Attendance, Meeting, Stage
from ..models.meeting import new_key
from ..visitors import Visitor
from .common import check_open, held, noted, store

#: How long before the start and after the end the code on the wall is open.
DOOR = timedelta(hours=2)


class AttendanceChanged(ValidationError):
    """Somebody else noted the attendance since the form was shown."""


@action
def record_attendance(
    *,
    by: Actor,
    attendance: Attendance,
    status: str,
    representative_name: str = "",
    representative_title: str = "",
    reason: str = "",
    seen: str | None = None,
) -> Attendance:
    """Notes whether an invitee came, by whom they were represented, or why they could not come.

    `seen` is the status that the form showed; when another stands there now, nothing is stored.
    """
    require(by, "meetings.change_part", attendance)
    meeting = held(attendance.meeting)
    attendance = _invited(meeting, attendance)
    if seen is not None and seen != attendance.status:
        raise AttendanceChanged(
            _("Orang lain sudah mencatat: %(status)s. Periksa, lalu simpan lagi bila perlu.")
            % {"status": attendance.get_status_display()}
        )
    fields: dict[str, object] = {
        "representative_name": representative_name,
        "representative_title": representative_title,
        "reason": reason,
    }
    _record(by, meeting, attendance, status, fields)
    return attendance


@action
def check_in(
    *,
    by: Visitor,
    meeting: Meeting,
    attendance: Attendance,
    representative_name: str = "",
    representative_title: str = "",
) -> Attendance:
    """An invitee, or by name a representative, says by the code on the wall that they are there.

    Said again it changes nothing: what is noted stands, whoever noted it.
    """
    meeting = held(meeting)
    require(by, "meetings.check_in", meeting)
    if shut := why_door_is_shut(meeting):
        raise ValidationError(shut)
    attendance = _invited(meeting, attendance)
    if attendance.has_come:
        return attendance
    represented = bool(representative_name.strip())
    fields: dict[str, object] = {
        "representative_name": representative_name,
        "representative_title": representative_title,
        "reason": "",
        "checked_in_at": timezone.now(),
    }
    _record(by, meeting, attendance, CAME[represented], fields)
    return attendance


@action
def renew_checkin_key(*, by: Actor, meeting: Meeting) -> Meeting:
    """Gives the meeting a new code for the wall; the old one opens nothing any more."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    check_open(meeting)
    meeting.checkin_key = new_key()
    meeting.save()
    noted(by, "meetings.renew_checkin_key", meeting, meeting)
    return meeting


def why_door_is_shut(meeting: Meeting) -> str:
    """Why nobody can check in now, in words; empty while the door is open."""
    now = timezone.now()
    if meeting.stage == Stage.CANCELLED:
        return _("Rapat ini dibatalkan.")
    if now < meeting.starts_at - DOOR:
        return _("Daftar hadir belum dibuka. Kode ini berlaku mulai dua jam sebelum rapat dimulai.")
    if now > meeting.ends_at + DOOR or not meeting.minutes_open:
        return _("Daftar hadir sudah ditutup. Hubungi sekretariat bila Anda hadir.")
    return ""


def _invited(meeting: Meeting, attendance: Attendance) -> Attendance:
    """The invitee as it stands now; the meeting is held, so nobody else changes it."""
    rows = meeting.attendances.filter(removed_at=None).select_related("institution", "official")
    row = rows.filter(pk=attendance.pk).first()
    if row is None:
        raise ValidationError(_("Undangan ini sudah ditarik."))
    row.meeting = meeting
    return cast(Attendance, row)


def _record(
    by: Actor, meeting: Meeting, attendance: Attendance, status: str, fields: dict[str, object]
) -> None:
    check_open(meeting)
    if meeting.stage == Stage.DRAFT:
        raise ValidationError(_("Undangan rapat ini belum dikirim."))
    before = attendance.status
    attendance.status = status
    if not attendance.has_come:
        fields["checked_in_at"] = None
    if not attendance.is_represented:
        fields["representative_title"] = ""
    store(attendance, fields)
    noted(
        by,
        "meetings.record_attendance",
        attendance,
        meeting,
        institution=attendance.who,
        status=attendance.status,
        before=before,
    )
