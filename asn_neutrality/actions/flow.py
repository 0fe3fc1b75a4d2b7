"""The only writer of a case's steps after it was received."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action

from ..flow import (
    DATES,
    LABELS,
    LINE_LENGTH,
    LINES,
    TEXT_LENGTH,
    needed,
    next_steps,
    possible_sanctions,
    recipients,
    still_missing,
)
from ..models import Case, CaseStep, Dismissal, EntryKind, Sanction, State
from .writing import Attachment, add_step, hold, note, today_in, write_entry

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from ..entries import OpenCase


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
    seen: int | None = None,
) -> CaseStep:
    """Takes an opened case to its next state and notes the step with its term and record.

    `details` has the texts that flow.py asks for; they are sealed. `reason` is for dismissals,
    `recipient` for forwarding, `sanction` for a sanction decided. `seen` is the key of the last
    step that the actor knew of: where there is a later one, nothing is done. ValidationError
    names the field.
    """
    case = hold(opened)
    require(by, "asn_neutrality.work", case)
    _check_place(case, state, seen)
    record = _checked(case, state, details or {})
    attachments = list(files)
    if attachments and not needed(case.state, state).files:
        raise ValidationError({"files": _("Langkah ini tidak menerima berkas.")})
    _check_outcome(case, state, reason, recipient, sanction, record)
    entry = None
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
        previous=case.state,
        reason=reason,
        recipient=recipient,
        sanction=sanction,
        entry=entry,
    )
    note(by, "asn_neutrality.move", case, state=state)
    opened.case = case
    return step


def last_step(case: Case) -> int:
    """The key of the step that brought the case where it stands."""
    return int(case.steps.latest("pk").pk)


def _check_place(case: Case, state: str, seen: int | None) -> None:
    """Refuses what does not follow from where the case stands now."""
    if seen is not None and seen != last_step(case):
        raise ValidationError(
            _("Perkara sudah berubah menjadi “%(now)s” sejak halaman ini dibuka. Periksa lagi.")
            % {"now": case.get_state_display()}
        )
    if case.merged_into_id is not None:
        raise ValidationError(
            _("Perkara ini sudah digabung. Langkahnya dicatat pada perkara induknya.")
        )
    if state not in next_steps(case):
        raise ValidationError(
            _("Dari keadaan “%(now)s” perkara tidak dapat dibawa ke sana. Muat ulang halaman.")
            % {"now": case.get_state_display()}
        )


def _checked(case: Case, state: str, details: Mapping[str, str]) -> dict[str, str]:
    """The sealed record of the step: complete, of sane length, dates in ISO form."""
    kinds, kind_of_breach = still_missing(case, state, _written(case))
    if kinds:
        names = ", ".join(str(kind.label) for kind in kinds)
        raise ValidationError(_("Isi dahulu: %(names)s.") % {"names": names})
    if kind_of_breach:
        raise ValidationError(_("Tetapkan dahulu jenis pelanggaran menurut kajian."))
    ask = needed(case.state, state)
    errors: dict[str, str] = {}
    record: dict[str, str] = {}
    for name in (*ask.fields, *ask.optional):
        text = _tidy(name, str(details.get(name) or ""))
        try:
            if text:
                record[name] = _plausible(case, name, text)
            elif name in ask.fields:
                errors[name] = _("Isi “%(field)s”.") % {"field": LABELS[name]}
        except ValidationError as error:
            errors[name] = str(error.message)
    if errors:
        raise ValidationError(errors)
    return record


def _written(case: Case) -> set[str]:
    return set(case.entries.order_by().values_list("kind", flat=True).distinct())


def _tidy(name: str, text: str) -> str:
    """One line for what is one; other texts keep their lines, without space at their ends."""
    if name in LINES or name in DATES:
        return " ".join(text.split())
    return "\n".join(line.rstrip() for line in text.splitlines()).strip()


def _plausible(case: Case, name: str, text: str) -> str:
    """The text; of a date its ISO form. ValidationError where it can't be right."""
    if name in DATES:
        return _day(case, text).isoformat()
    most = LINE_LENGTH if name in LINES else TEXT_LENGTH
    if len(text) > most:
        raise ValidationError(_("Paling banyak %(most)s karakter.") % {"most": most})
    return text


def _day(case: Case, text: str) -> date:
    try:
        day = date.fromisoformat(text)
    except ValueError:
        raise ValidationError(_("Masukkan tanggal yang valid.")) from None
    if day > today_in(case.region):
        raise ValidationError(_("Tanggal tidak boleh di masa depan."))
    if day < case.received_on:
        raise ValidationError(_("Tanggal lebih awal daripada laporan diterima."))
    return day


def _check_outcome(
    case: Case,
    state: str,
    reason: str,
    recipient: str,
    sanction: Sanction | None,
    record: dict[str, str],
) -> None:
    """Refuses what the step lacks, or has and should not have."""
    errors = {
        "reason": _fault_of_reason(state, reason),
        "recipient": _fault_of_recipient(case.state, state, recipient),
        "sanction": _fault_of_sanction(case, state, sanction),
    }
    if state == State.DISMISSED and reason != Dismissal.DUPLICATE and "grounds" not in record:
        errors["grounds"] = _("Jelaskan mengapa perkara dihentikan.")
    if faults := {field: fault for field, fault in errors.items() if fault}:
        raise ValidationError(faults)


def _fault_of_reason(state: str, reason: str) -> str:
    if state != State.DISMISSED:
        return _("Alasan hanya untuk perkara yang dihentikan.") if reason else ""
    return "" if reason in Dismissal.values else _("Pilih alasan.")


def _fault_of_recipient(previous: str, state: str, recipient: str) -> str:
    known = recipients(previous, state)
    if not known:
        return _("Langkah ini tidak meneruskan perkara.") if recipient else ""
    if recipient in known:
        return ""
    names = f" {_('atau')} ".join(str(each.label) for each in known)
    return _("Langkah ini meneruskan perkara ke %(names)s.") % {"names": names}


def _fault_of_sanction(case: Case, state: str, sanction: Sanction | None) -> str:
    if state != State.SANCTIONED:
        return _("Langkah ini tidak menjatuhkan sanksi.") if sanction else ""
    if sanction is None:
        return _("Pilih sanksi.")
    if possible_sanctions(case.violation).filter(pk=sanction.pk).exists():
        return ""
    return _("Sanksi ini di luar rentang katalog untuk jenis pelanggaran perkara ini.")
