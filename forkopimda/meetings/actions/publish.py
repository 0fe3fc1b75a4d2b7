"""Documents are issued, minutes approved and reopened for a correction, letterheads kept."""

from __future__ import annotations

import hashlib
import json
import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db.models import Max, Model
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import store_file, storing_files
from forkopimda.lib.guard import action
from forkopimda.lib.templatetags.words import zone_name
from forkopimda.people.models import Institution
from forkopimda.regions.models import Region

from .. import documents
from ..models import (
    Document,
    DocumentKind,
    Letterhead,
    LetterKind,
    Meeting,
    MinutesState,
    MinutesVersion,
    Stage,
    new_key,
)
from .common import held, name_of, noted, store
from .letters import write_letters


@storing_files
@action
def issue_document(*, by: Actor, meeting: Meeting, kind: str) -> Document:
    """Issues the invitation letter or the attendance list as it stands now, under a new number."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    if meeting.stage == Stage.CANCELLED:
        raise ValidationError(_("Rapat ini dibatalkan. Dokumen baru tidak dapat diterbitkan."))
    if kind not in {DocumentKind.INVITATION, DocumentKind.ATTENDANCE}:
        raise ValidationError(_("Notulen terbit ketika disetujui oleh pimpinan rapat."))
    if not meeting.attendances.filter(removed_at=None).exists():
        raise ValidationError(_("Belum ada yang diundang. Tambahkan undangan lebih dahulu."))
    with override(documents.LANGUAGE):
        if kind == DocumentKind.INVITATION:
            content = documents.invitation_content(meeting)
        else:
            content = documents.attendance_content(meeting)
    last = meeting.documents.filter(kind=kind).aggregate(last=Max("version"))["last"] or 0
    return _issue(by, meeting, kind, last + 1, content)


def _issue(
    by: Actor, meeting: Meeting, kind: str, version: int, content: dict[str, Any]
) -> Document:
    """Makes the PDF, stores it with the row that speaks for it."""
    head, at = documents.head_of(meeting), timezone.now()
    year = timezone.localtime(at, meeting.zone).year
    serial = _next_serial(meeting, head.series, year)
    mark = documents.Mark(head.number(serial, year), version, new_key(), at)
    pdf = documents.make(kind, meeting, content, mark)
    document = Document(
        meeting=meeting,
        kind=kind,
        version=version,
        number=mark.number,
        issuer=head.issuer,
        series=head.series,
        year=year,
        serial=serial,
        key=mark.key,
        sha256=hashlib.sha256(pdf).hexdigest(),
        issued_at=at,
        issued_by=name_of(by),
    )
    store_file(document.file, f"{uuid.uuid4().hex}.pdf", ContentFile(pdf))
    store(document, {})
    noted(
        by,
        "meetings.issue_document",
        document,
        meeting,
        kind=kind,
        number=document.number,
        version=version,
    )
    return document


def _next_serial(meeting: Meeting, series: str, year: int) -> int:
    """The next number of a series; whoever issues in it at the same time waits."""
    issuer: type[Model] = Region if meeting.chair_id is None else Institution
    key = meeting.region_id if meeting.chair_id is None else meeting.chair_id
    issuer._default_manager.select_for_update(no_key=True).get(pk=key)
    issued = Document.objects.filter(series=series, year=year)
    return (issued.aggregate(last=Max("serial"))["last"] or 0) + 1


@storing_files
@action
def approve_minutes(*, by: Actor, meeting: Meeting, seen: str | None = None) -> MinutesVersion:
    """The chair approves the minutes: they are locked, kept as a version, issued as a PDF that is
    mailed to the invitees.

    `seen` is the fingerprint of what the approver read; what has changed since is not approved.
    """
    require(by, "meetings.approve", meeting)
    meeting = held(meeting)
    if problem := not_approvable(meeting):
        raise ValidationError(problem)
    content = documents.minutes_content(meeting)
    if seen is not None and seen != fingerprint(content):
        raise ValidationError(
            _("Notulen berubah sejak halaman ini dibuka. Periksa kembali isinya, lalu setujui.")
        )
    last = meeting.minutes_versions.aggregate(last=Max("version"))["last"] or 0
    version = MinutesVersion(
        meeting=meeting,
        version=last + 1,
        content=content,
        correction_reason=meeting.correction_reason if last else "",
        approved_by=name_of(by),
    )
    store(version, {})
    store(meeting, {"minutes_state": MinutesState.APPROVED, "correction_reason": ""})
    noted(by, "meetings.approve_minutes", version, meeting, version=version.version)
    _issue(by, meeting, DocumentKind.MINUTES, version.version, _approved(meeting, version))
    write_letters(meeting=meeting, kind=LetterKind.MINUTES, sequence=version.version)
    return version


def _approved(meeting: Meeting, version: MinutesVersion) -> dict[str, Any]:
    at = timezone.localtime(version.approved_at, meeting.zone)
    with override(documents.LANGUAGE):
        moment = f"{formats.date_format(at, 'DATETIME_FORMAT')} {zone_name(at)}"
    return version.content | {
        "approved_by": version.approved_by,
        "approved_at": moment,
        "correction": version.correction_reason,
    }


def not_approvable(meeting: Meeting) -> str:
    """Why the minutes can't be approved now; empty if they can."""
    if meeting.minutes_state == MinutesState.APPROVED:
        return _("Notulen rapat ini sudah disetujui.")
    if meeting.chair_id is None:
        return _("Pimpinan rapat belum ditetapkan. Tetapkan lebih dahulu di halaman Ubah rapat.")
    if meeting.stage != Stage.SENT:
        return _("Notulen hanya disetujui untuk rapat yang undangannya terkirim.")
    if not meeting.has_started:
        return _("Rapat ini belum dimulai, sehingga notulennya belum dapat disetujui.")
    if not meeting.agenda.filter(minutes__regex=r"\S").exists():
        return _("Notulen masih kosong. Isi notulen paling sedikit satu acara.")
    return ""


def fingerprint(content: dict[str, Any]) -> str:
    """A short sign that changes with the content."""
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


@action
def reopen_for_correction(*, by: Actor, meeting: Meeting, reason: str) -> Meeting:
    """The secretariat opens approved minutes for a correction; what was approved stays."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    if meeting.minutes_state != MinutesState.APPROVED:
        raise ValidationError(_("Hanya notulen yang sudah disetujui yang dapat dikoreksi."))
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasan koreksi.")})
    store(meeting, {"minutes_state": MinutesState.CORRECTING, "correction_reason": reason})
    noted(by, "meetings.reopen_for_correction", meeting, meeting, reason=_unless(meeting, reason))
    return meeting


@action
def save_letterhead(
    *,
    by: Actor,
    institution: Institution,
    first_line: str,
    second_line: str = "",
    address: str = "",
    number_form: str = documents.NUMBER_FORM,
) -> Letterhead:
    """Sets what stands at the top of an institution's documents, and how they are numbered."""
    require(by, "meetings.keep_letterhead", institution)
    left = number_form.replace("{number}", "", 1).replace("{year}", "")
    if "{number}" not in number_form or "{" in left or "}" in left:
        raise ValidationError(
            {"number_form": _("Tulis {number} satu kali, dan {year} bila perlu.")}
        )
    letterhead = Letterhead.objects.filter(institution=institution).first() or Letterhead()
    fields = {
        "institution": institution,
        "first_line": first_line,
        "second_line": second_line,
        "address": address,
        "number_form": number_form,
    }
    store(letterhead, fields)
    record(
        by=by,
        act="meetings.save_letterhead",
        target=letterhead,
        region=institution.region_id,
        institution=institution.name,
    )
    return letterhead


def _unless(meeting: Meeting, text: str) -> str:
    """A text for the audit trail; a restricted meeting's stays inside."""
    return "–" if meeting.restricted else text
