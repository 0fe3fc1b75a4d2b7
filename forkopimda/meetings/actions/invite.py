"""Invitations: added, sent, withdrawn, answered."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action
from forkopimda.lib.outbox import State
from forkopimda.lib.queue import nudge
from forkopimda.people.models import Tenure

from ..invitees import standing_not_invited
from ..models import Answer, Attendance, DocumentKind, Letter, LetterKind, Meeting, Stage, Status
from .common import check_open, held, noted, store
from .letters import write_letters
from .publish import issue_document

if TYPE_CHECKING:
    from forkopimda.people.models import Institution, Official


@action
def invite(
    *,
    by: Actor,
    meeting: Meeting,
    institution: Institution | None = None,
    official: Official | None = None,
    title: str = "",
    name: str = "",
    email: str = "",
) -> Attendance:
    """Invites an institution, or a person by name, title and address.

    Of an institution, without `official` it is whoever heads it on the day of the meeting, if
    known; without `title` it is their title, kept as it was held then. Once invitations are out,
    who is added gets a letter at once.
    """
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    check_open(meeting)
    if institution is None:
        attendance = _invited_person(meeting, name, title, email)
    else:
        require(by, "people.view_forum", institution)
        attendance = _invited_institution(meeting, institution, official, title, email)
    if meeting.stage == Stage.SENT and meeting.is_upcoming:
        write_letters(meeting=meeting, kind=LetterKind.INVITATION, attendances=[attendance])
    whom = institution.name if institution else attendance.title
    noted(by, "meetings.invite", attendance, meeting, institution=whom)
    return attendance


@action
def invite_standing_members(*, by: Actor, meeting: Meeting) -> list[Attendance]:
    """Invites those of the region's forum who always are and are not invited yet."""
    require(by, "meetings.change", meeting)
    return [
        invite(by=by, meeting=meeting, institution=institution)
        for institution in standing_not_invited(meeting)
    ]


@action
def remove_invitee(*, by: Actor, attendance: Attendance) -> Attendance:
    """Withdraws an invitation. Who had a letter gets one that says so."""
    require(by, "meetings.change_part", attendance)
    meeting = held(attendance.meeting)
    check_open(meeting)
    attendance = _current(attendance)
    if attendance.removed_at is not None:
        return attendance
    if attendance.status != Status.NO_REPLY:
        raise ValidationError(
            _("Kehadirannya sudah dicatat, sehingga undangan tidak dapat ditarik.")
        )
    store(attendance, {"removed_at": timezone.now()})
    if meeting.stage == Stage.SENT and meeting.is_upcoming:
        meeting.sequence += 1
        meeting.save()
        write_letters(meeting=meeting, kind=LetterKind.CANCELLATION, attendances=[attendance])
    noted(by, "meetings.remove_invitee", attendance, meeting, institution=attendance.title)
    return attendance


@storing_files
@action
def send_invitations(*, by: Actor, meeting: Meeting, at: datetime | None = None) -> Meeting:
    """Sends the invitations of a draft: from now on invitees see the meeting, and each gets a
    letter in the outbox, with the number of the document that is issued now. `at` is for records
    of the past; for a meeting that is over no letter goes out."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    if meeting.stage != Stage.DRAFT:
        raise ValidationError(_("Undangan rapat ini sudah dikirim atau rapatnya dibatalkan."))
    if not meeting.attendances.filter(removed_at=None).exists():
        raise ValidationError(_("Belum ada yang diundang. Tambahkan undangan lebih dahulu."))
    meeting.stage = Stage.SENT
    meeting.sent_at = at or timezone.now()
    meeting.save()
    count = 0
    if at is None and meeting.is_upcoming:
        issue_document(by=by, meeting=meeting, kind=DocumentKind.INVITATION)
        count = write_letters(meeting=meeting, kind=LetterKind.INVITATION)
    noted(by, "meetings.send_invitations", meeting, meeting, count=count)
    return meeting


@action
def resend_letter(*, by: Actor, letter: Letter) -> Letter:
    """Puts a letter that could not be delivered back into the outbox."""
    require(by, "meetings.change_part", letter.attendance)
    letter = Letter.objects.select_for_update(of=("self",)).get(pk=letter.pk)
    if letter.state != State.FAILED:
        raise ValidationError(_("Hanya surat yang gagal dapat dikirim ulang."))
    store(letter, {"state": State.QUEUED, "next_attempt_at": timezone.now(), "last_error": ""})
    meeting = letter.attendance.meeting
    noted(by, "meetings.resend_letter", letter, meeting, institution=letter.attendance.title)
    nudge("meetings.send_letters")
    return letter


@action
def answer_invitation(
    *,
    by: Actor,
    attendance: Attendance,
    answer: str,
    representative_name: str = "",
    representative_title: str = "",
    reason: str = "",
) -> Attendance:
    """Notes what an invitee answers; until the meeting starts they may answer anew."""
    require(by, "meetings.answer", attendance)
    attendance = _current(attendance)
    _check_answerable(attendance)
    represented, declines = answer == Answer.REPRESENTED, answer == Answer.DECLINES
    words = {
        "representative_name": representative_name if represented else "",
        "representative_title": representative_title if represented else "",
        "reason": reason if declines else "",
    }
    _check_complete(answer, words)
    store(attendance, {"answer": answer, "answered_at": timezone.now(), **words})
    noted(
        by,
        "meetings.answer_invitation",
        attendance,
        attendance.meeting,
        institution=attendance.title,
        answer=attendance.answer,
    )
    return attendance


def _current(attendance: Attendance) -> Attendance:
    rows = Attendance.objects.select_for_update(of=("self",))
    found: Attendance = rows.select_related("meeting__region").get(pk=attendance.pk)
    return found


def _invited_institution(
    meeting: Meeting,
    institution: Institution,
    official: Official | None,
    title: str,
    email: str,
) -> Attendance:
    held = Tenure.objects.on(meeting.day).filter(institution=institution)
    if official is not None:
        held = held.filter(official=official)
    tenure = held.select_related("official").first()
    attendance = Attendance()
    fields = {
        "meeting": meeting,
        "institution": institution,
        "official": official or (tenure.official if tenure else None),
        "title": title or (tenure.title if tenure else institution.head_title),
        "email": email,
    }
    store(attendance, fields)
    return attendance


def _invited_person(meeting: Meeting, name: str, title: str, email: str) -> Attendance:
    missing = {
        field: _("Undangan perorangan memerlukan nama, jabatan, dan alamat surel.")
        for field, value in {"name": name, "title": title, "email": email}.items()
        if not value.strip()
    }
    if missing:
        raise ValidationError(missing)
    attendance = Attendance()
    fields = {"meeting": meeting, "name": name, "title": title, "email": email.lower()}
    store(attendance, fields)
    return attendance


def _check_answerable(attendance: Attendance) -> None:
    meeting = attendance.meeting
    if meeting.stage != Stage.SENT or attendance.removed_at is not None:
        raise ValidationError(_("Undangan ini tidak berlaku lagi."))
    if meeting.has_started:
        raise ValidationError(
            _("Rapat sudah dimulai, sehingga jawaban tidak dapat diubah lagi. Hubungi sekretariat.")
        )
    if attendance.status != Status.NO_REPLY:
        raise ValidationError(_("Kehadiran Anda sudah dicatat oleh sekretariat."))


def _check_complete(answer: str, words: dict[str, str]) -> None:
    if answer not in (Answer.COMES, Answer.REPRESENTED, Answer.DECLINES):
        raise ValidationError({"answer": _("Pilih salah satu jawaban.")})
    wanted = {
        "representative_name": _("Tuliskan nama yang mewakili."),
        "representative_title": _("Tuliskan jabatan yang mewakili."),
    }
    if answer != Answer.REPRESENTED:
        wanted = {"reason": _("Tuliskan alasannya.")} if answer == Answer.DECLINES else {}
    missing = {name: text for name, text in wanted.items() if not words[name].strip()}
    if missing:
        raise ValidationError(missing)
