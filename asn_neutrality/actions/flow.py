"""The only writer of a case's steps after it was received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action

from ..flow import DATES, LABELS, needed
from ..models import (
    CLOSED,
    Case,
    CaseStep,
    EntryKind,
    Recipient,
    Sanction,
    SanctionClass,
    State,
    allowed,
)
from .writing import Attachment, add_step, lock, note, write_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..entries import OpenCase

LONGEST = 5000
_WEIGHTS = list(SanctionClass.values)


@storing_files
@action
def move(
    *,
    by: Actor,
    opened: OpenCase,
    state: str,
    details: Mapping[str, str] | None = None,
    reason: str = "",
    recipient: str = "",
    sanction: Sanction | None = None,
    files: Iterable[Attachment] = (),
) -> CaseStep:
    """Takes an opened case to its next state and notes the step with its term and record.

    `details` has the texts that flow.py asks for; they are sealed. `reason` is for dismissals,
    `recipient` for forwarding, `sanction` for a sanction decided. ValidationError names the field.
    """
    case = lock(opened.case)
    require(by, "asn_neutrality.work", case)
    previous = case.state
    if state not in allowed(previous):
        raise ValidationError(
            _("Dari keadaan “%(now)s” perkara tidak dapat dibawa ke sana. Muat ulang halaman.")
            % {"now": case.get_state_display()}
        )
    record = _checked(case, previous, state, dict(details or {}))
    _check_outcome(case, state, reason, recipient, sanction)
    entry = None
    attachments = list(files)
    if record or attachments:
        entry = write_entry(
            by=by,
            case=case,
            key=opened.key,
            kind=EntryKind.STEP,
            content=record,
            files=attachments,
        )
    step = add_step(
        by=by,
        case=case,
        state=state,
        previous=previous,
        reason=reason,
        recipient=recipient,
        sanction=sanction,
        entry=entry,
    )
    note(by, "asn_neutrality.move", case, state=state)
    opened.case = case
    return step


def _checked(case: Case, previous: str, state: str, details: dict[str, str]) -> dict[str, str]:
    """The sealed record of the step, complete and of sane length."""
    ask = needed(previous, state, CLOSED)
    errors: dict[str, Any] = {}
    record: dict[str, str] = {}
    for name in (*ask.fields, *ask.optional):
        text = " ".join(str(details.get(name, "")).split()) if name != "note" else ""
        text = text or str(details.get(name, "")).strip()
        if not text:
            if name in ask.fields:
                errors[name] = _("Isi “%(field)s”.") % {"field": LABELS[name]}
            continue
        if len(text) > LONGEST:
            errors[name] = _("Paling banyak %(most)s karakter.") % {"most": LONGEST}
        elif name in DATES and not _is_date(text):
            errors[name] = _("Masukkan tanggal yang valid.")
        record[name] = text
    if errors:
        raise ValidationError(errors)
    missing = [kind for kind in ask.before if not case.entries.filter(kind=kind).exists()]
    if missing:
        names = ", ".join(str(EntryKind(kind).label) for kind in missing)
        raise ValidationError(_("Isi dahulu: %(names)s.") % {"names": names})
    if ask.violation and case.violation is None:
        raise ValidationError(_("Tetapkan dahulu jenis pelanggaran menurut kajian."))
    return record


def _check_outcome(
    case: Case, state: str, reason: str, recipient: str, sanction: Sanction | None
) -> None:
    if state == State.DISMISSED and not reason:
        raise ValidationError({"reason": _("Pilih alasan.")})
    if state == State.WITH_AUTHORITY and recipient != Recipient.AUTHORITY:
        raise ValidationError(
            {"recipient": _("Langkah ini meneruskan perkara ke Pejabat Pembina Kepegawaian.")}
        )
    if state == State.FORWARDED and recipient not in {Recipient.BAWASLU, Recipient.BKN}:
        raise ValidationError({"recipient": _("Pilih Bawaslu atau BKN.")})
    if state != State.SANCTIONED:
        return
    if sanction is None:
        raise ValidationError({"sanction": _("Pilih sanksi.")})
    violation = case.violation
    if violation is None:
        return
    weight = _WEIGHTS.index(sanction.sanction_class)
    least, most = (
        _WEIGHTS.index(violation.sanction_from),
        _WEIGHTS.index(violation.sanction_to),
    )
    if not least <= weight <= most:
        raise ValidationError(
            {"sanction": _("Sanksi ini di luar rentang untuk jenis pelanggaran tersebut.")}
        )


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
