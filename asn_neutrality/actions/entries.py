"""The only writer of what examiners note in a case: its own sealed entries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action

from ..models import CivilUnit, Entry, EntryKind, SizeClass
from ..sealing.codes import fingerprint
from .assignment import end_conflicts
from .writing import Attachment, hold, note, write_entry

if TYPE_CHECKING:
    from collections.abc import Sequence

    from forkopimda.people.models import User

    from ..entries import OpenCase
    from ..models import Case

#: What examiners write by hand; the rest is written by intake, conversation and flow.
WRITTEN = (
    EntryKind.NOTE,
    EntryKind.ACCUSED,
    EntryKind.STATEMENT,
    EntryKind.HEARING,
    EntryKind.CORRECTION,
    EntryKind.STUDY,
    EntryKind.RECOMMENDATION,
)
#: What a case that has ended still takes.
AFTER_THE_END = (EntryKind.NOTE, EntryKind.CORRECTION)


@storing_files
@action
def write(
    *,
    by: User,
    opened: OpenCase,
    kind: str,
    content: dict[str, Any],
    token: str,
    files: Sequence[Attachment] = (),
) -> Entry:
    """Adds an entry to an opened case, sealed under the key of the case.

    `content` has the fields of entries.py; `token` is the form's own random text: the same form
    sent twice is stored once. Whoever is reported, when written anew, sets the size class of the
    case, and examiners who serve in that unit leave the case, the writer among them.
    ValidationError where the case takes no such entry.
    """
    case = hold(opened)
    require(by, "asn_neutrality.work", case)
    key = UUID(bytes=fingerprint(f"entry:{case.pk}:{kind}:{token}")[:16])
    if (stored := Entry.objects.filter(pk=key).first()) is not None:
        return stored
    _check(case, kind, content)
    entry = write_entry(
        by=by, case=case, key=opened.key, kind=kind, content=content, files=files, pk=key
    )
    note(by, "asn_neutrality.write", case, kind=kind)
    if kind == EntryKind.ACCUSED:
        _place(case, content["unit_id"])
        end_conflicts(by=by, opened=opened)
    return entry


def _check(case: Case, kind: str, content: dict[str, Any]) -> None:
    """Refuses what the case does not take."""
    if kind not in WRITTEN:
        raise ValidationError(_("Isi berkas jenis ini tidak ditulis di sini."))
    if case.merged_into_id is not None:
        raise ValidationError(_("Perkara ini sudah digabung. Tulis pada perkara induknya."))
    if not case.is_open and kind not in AFTER_THE_END:
        raise ValidationError(
            _("Perkara sudah berakhir: yang masih dapat ditambahkan hanya catatan dan koreksi.")
        )
    if kind == EntryKind.CORRECTION:
        earlier = Entry.objects.filter(case=case, pk=content["of"])
        if not earlier.exists():
            raise ValidationError({"of": _("Pilih isi berkas dari perkara ini.")})


def _place(case: Case, unit_id: int | None) -> None:
    """Keeps how large the unit of whoever is reported is, for counting without naming it."""
    unit = CivilUnit.objects.filter(pk=unit_id).first() if unit_id else None
    case.size_class = unit.size_class if unit else SizeClass.UNKNOWN
    case.save(update_fields=["size_class"])
