"""The letter of recommendation, to the appointing authority, BKN or Bawaslu."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import override

from ..models import FORWARDING, CaseStep, EntryKind, Recipient, Sanction
from .sheet import LANGUAGE, make, written
from .study import case_content

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from ..entries import OpenCase

ADDRESSEES = {
    Recipient.AUTHORITY: "Pejabat Pembina Kepegawaian",
    Recipient.BKN: "Kepala Badan Kepegawaian Negara",
    Recipient.BAWASLU: "Ketua Badan Pengawas Pemilihan Umum",
}
#: Whose own region stands after their office; the head of BKN has none.
REGIONAL = (Recipient.AUTHORITY, Recipient.BAWASLU)


def letter_pdf(opened: OpenCase, user: User, recipient: str) -> bytes:
    """The PDF of the last recommendation of an opened case, addressed to `recipient`.

    Number and date are those of the step that forwarded the case to them; until there is one,
    lines are left to fill in. CanNotOpen where an entry was changed.
    """
    case = opened.case
    recommendation = opened.latest(EntryKind.RECOMMENDATION)
    number, day = _letter(opened, recipient)
    office = ADDRESSEES[Recipient(recipient)]
    with override(LANGUAGE):
        content = {
            **case_content(opened, user),
            "title": f"Surat rekomendasi perkara {case.number}",
            "foot": f"Surat rekomendasi perkara nomor {case.number}.",
            "letter": {"number": number, "day": day},
            "to": f"{office} {case.region.title}" if recipient in REGIONAL else office,
            "text": recommendation.get("text", ""),
            "sanction": _sanction(recommendation.get("sanction", "")),
        }
    return make("letter", case.region, content, at=timezone.now(), by=user)


def _letter(opened: OpenCase, recipient: str) -> tuple[str, str]:
    """Number and date of the letter by which the case was last forwarded to `recipient`."""
    steps = CaseStep.objects.filter(
        case=opened.case, state__in=FORWARDING, recipient=recipient, entry__isnull=False
    )
    step = steps.select_related("entry").order_by("-pk").first()
    if step is None or step.entry is None:
        return "", ""
    record = opened.read(step.entry)
    try:
        day = written(date.fromisoformat(record.get("letter_date", "")))
    except ValueError:
        day = ""
    return record.get("letter_number", ""), day


def _sanction(code: str) -> str:
    """The label of a recommended sanction; empty where none is, or its line is gone."""
    row = Sanction.objects.filter(code=code).order_by("-valid_from", "-pk").first()
    return row.label if row else ""
