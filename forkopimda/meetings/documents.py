"""Official documents of a meeting as PDFs: what stands in them, and their making.

They are written in Indonesian and in the zone of the meeting's region, whoever asks for them.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import override

from forkopimda.lib.pdf import qr_svg, render
from forkopimda.lib.templatetags.words import zone_name
from forkopimda.people.models import Tenure

from .models import Attendance, Document, DocumentKind, Letterhead, Meeting, Status

TEMPLATES = Path(__file__).resolve().parent / "typst"
NUMBER_FORM = str(Letterhead._meta.get_field("number_form").default)
LANGUAGE = "id"
RESTRICTED, ORDINARY = "Terbatas", "Biasa"
COPY = "Lembar ini salinan bagi satu undangan; sidik berkasnya berbeda dari naskah terdaftar."


@dataclass(frozen=True)
class Head:
    """Who issues a meeting's documents, and what stands at their top."""

    issuer: str
    series: str
    first_line: str
    second_line: str
    address: str
    number_form: str

    def number(self, serial: int, year: int) -> str:
        """The number of the document that is the `serial`th of its year."""
        written = self.number_form.replace("{number}", f"{serial:03d}")
        return written.replace("{year}", str(year))


def head_of(meeting: Meeting) -> Head:
    """The chair's institution with its letterhead, else the region."""
    chair = meeting.chair
    if chair is None:
        name, series, kept = meeting.region.title, f"region:{meeting.region_id}", None
    else:
        name, series = chair.name, f"institution:{chair.pk}"
        kept = Letterhead.objects.filter(institution=chair).first()
    if kept is None:
        forum = "Forum Koordinasi Pimpinan Daerah"
        second = forum if chair is None else f"{forum} · {meeting.region.title}"
        return Head(name, series, name, second, "", NUMBER_FORM)
    return Head(name, series, kept.first_line, kept.second_line, kept.address, kept.number_form)


@dataclass(frozen=True)
class Mark:
    """What makes a document an issued one."""

    number: str
    version: int
    key: str
    issued_at: datetime

    @classmethod
    def of(cls, document: Document) -> Mark:
        """The mark of a document that was issued."""
        return cls(document.number, document.version, document.key, document.issued_at)


def verify_address(key: str) -> str:
    """Where a document is confirmed; its QR code holds this address."""
    return f"{settings.BASE_URL}{reverse('verify_document', args=[key])}"


def long_day(value: date) -> str:
    """A day as "Kamis, 21 November 2024"."""
    return f"{formats.date_format(value, 'l')}, {formats.date_format(value, 'DATE_FORMAT')}"


def _facts(meeting: Meeting) -> dict[str, Any]:
    start = timezone.localtime(meeting.starts_at, meeting.zone)
    end = timezone.localtime(meeting.ends_at, meeting.zone)
    until = formats.date_format(end, "TIME_FORMAT")
    if end.date() != start.date():
        until = f"{long_day(end.date())}, {until}"
    return {
        "title": meeting.title,
        "kind": meeting.get_kind_display(),
        "day": long_day(start.date()),
        "time": f"{formats.date_format(start, 'TIME_FORMAT')} sampai {until} {zone_name(end)}",
        "place": meeting.place,
        "region": meeting.region.title,
        "chair": meeting.chair.name if meeting.chair else "",
        "restricted": meeting.restricted,
    }


def _signer(meeting: Meeting) -> dict[str, str]:
    """Who heads the chair's institution on the day of the meeting."""
    if meeting.chair is None:
        return {"institution": "", "title": "", "name": ""}
    tenures = Tenure.objects.on(meeting.day).filter(institution=meeting.chair)
    tenure = tenures.select_related("official").first()
    return {
        "institution": meeting.chair.name,
        "title": tenure.title if tenure else meeting.chair.head_title,
        "name": str(tenure.official) if tenure else "",
    }


def _invitees(meeting: Meeting) -> list[Attendance]:
    rows = meeting.attendances.filter(removed_at=None)
    return list(rows.select_related("institution", "official"))


def _address(invitee: Attendance) -> list[str]:
    """Office, institution, name: as an envelope says it."""
    institution = invitee.institution.name if invitee.institution else ""
    name = str(invitee.official) if invitee.official else invitee.name
    return [line for line in (invitee.title, institution) if line] + [name or "–"]


def _came(invitee: Attendance) -> dict[str, str]:
    by = [invitee.representative_name, invitee.representative_title]
    represented = invitee.is_represented
    return {
        "title": invitee.title,
        "institution": invitee.institution.name if invitee.institution else "",
        "name": str(invitee.official) if invitee.official else invitee.name,
        "status": "" if invitee.status == Status.NO_REPLY else invitee.get_status_display(),
        "representative": ", ".join(part for part in by if part) if represented else "",
    }


def invitation_content(meeting: Meeting, invitee: Attendance | None = None) -> dict[str, Any]:
    """The letter to all invitees, or to one."""
    files = meeting.attachments.filter(removed_at=None, follow_up=None).count()
    to = [invitee] if invitee else _invitees(meeting)
    return {
        "facts": _facts(meeting),
        "nature": RESTRICTED if meeting.restricted else ORDINARY,
        "attached": f"{files} berkas" if files else "–",
        "to": [_address(row) for row in to],
        "agenda": [
            {"title": item.title, "presenter": item.presenter} for item in meeting.agenda.all()
        ],
        "invited": bool(to),
        "signer": _signer(meeting),
    }


def attendance_content(meeting: Meeting) -> dict[str, Any]:
    """The list of who was invited and who came, with room for signatures."""
    invitees = _invitees(meeting)
    noted = any(row.status != Status.NO_REPLY for row in invitees)
    came = sum(row.has_come for row in invitees)
    counts = f"Hadir atau diwakili: {came} dari {len(invitees)} undangan." if noted else ""
    return {
        "facts": _facts(meeting),
        "attendance": [_came(row) for row in invitees],
        "counts": counts,
        "signer": _signer(meeting),
    }


def minutes_content(meeting: Meeting) -> dict[str, Any]:
    """All that the minutes say: what a version keeps when it is approved."""
    decisions = meeting.decisions.select_related("item")
    follow_ups = meeting.follow_ups.select_related("institution", "place").order_by("due_on", "id")
    with override(LANGUAGE):
        return {
            "facts": _facts(meeting),
            "signer": _signer(meeting),
            "attendance": [_came(row) for row in _invitees(meeting)],
            "agenda": [
                {
                    "number": item.number,
                    "title": item.title,
                    "presenter": item.presenter,
                    "minutes": item.minutes,
                }
                for item in meeting.agenda.all()
            ],
            "decisions": [
                {
                    "number": row.number,
                    "text": row.text,
                    "item": str(row.item) if row.item else "",
                }
                for row in decisions
            ],
            "follow_ups": [
                {
                    "task": row.task,
                    "institution": row.institution.name,
                    "person": row.person,
                    "place": row.place.title if row.place else "",
                    "due": formats.date_format(row.due_on, "DATE_FORMAT"),
                }
                for row in follow_ups
            ],
        }


def make(
    kind: str, meeting: Meeting, content: dict[str, Any], mark: Mark | None, note: str = ""
) -> bytes:
    """The PDF: without a mark it is a draft and says so. The same input gives the same bytes."""
    at = mark.issued_at if mark else meeting.starts_at
    with override(LANGUAGE):
        local = timezone.localtime(at, meeting.zone)
        issued = formats.date_format(local, "DATE_FORMAT")
        label = str(DocumentKind(kind).label)
        data = (
            {"concept": False}
            | content
            | {
                "head": asdict(head_of(meeting)),
                "kind": label,
                "title": f"{label}: {content['facts']['title']}",
                "issued": issued if mark else "",
                "mark": _printed(mark),
                "note": note,
            }
        )
    return render(TEMPLATES / f"{kind}.typ", data, at=at)


def _printed(mark: Mark | None) -> dict[str, Any] | None:
    if mark is None:
        return None
    address = verify_address(mark.key)
    return {
        "number": mark.number,
        "version": mark.version,
        "address": address,
        "qr": qr_svg(address),
    }


def draft(kind: str, meeting: Meeting) -> bytes:
    """The document as it would be issued now, marked as a draft."""
    with override(LANGUAGE):
        if kind == DocumentKind.MINUTES:
            content = minutes_content(meeting) | {
                "approved_by": "",
                "approved_at": "",
                "correction": meeting.correction_reason,
            }
        elif kind == DocumentKind.ATTENDANCE:
            content = attendance_content(meeting)
        else:
            content = invitation_content(meeting)
    return make(kind, meeting, content | {"concept": True}, None)


def invitation_pdf(attendance: Attendance) -> bytes:
    """The invitation letter addressed to one invitee, with the number and the code of the letter
    that was issued last; without them as long as none was."""
    meeting = attendance.meeting
    issued = meeting.documents.filter(kind=DocumentKind.INVITATION).order_by("-version").first()
    with override(LANGUAGE):
        content = invitation_content(meeting, attendance)
    mark = Mark.of(issued) if issued else None
    return make(DocumentKind.INVITATION, meeting, content, mark, COPY)


def file_name(document: Document) -> str:
    """How a downloaded document is called, in the language of the document."""
    with override(LANGUAGE):
        label = DocumentKind(document.kind).label
        return f"{label} {document.number.replace('/', '-')} v{document.version}.pdf"
