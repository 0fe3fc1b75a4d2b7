"""The only writer of merges: two cases about one matter become one, with both their channels."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils.translation import gettext as _

from forkopimda.lib.authority import require
from forkopimda.lib.guard import action

from ..entries import about_report
from ..models import (
    DISMISSIBLE,
    Case,
    CivilUnit,
    Dismissal,
    Entry,
    EntryKind,
    Evidence,
    Leaving,
    Report,
    SizeClass,
    State,
)
from ..sealing.primitives import CanNotOpen, new_key, seal, seal_to, unseal
from .assignment import end_conflicts
from .writing import add_step, hold, note, write_entry

if TYPE_CHECKING:
    from forkopimda.people.models import User

    from ..entries import OpenCase

BATCH = 200


@action
def merge(*, by: User, duplicate: OpenCase, main: OpenCase) -> Case:
    """Carries all of `duplicate` into `main` and dismisses it as a duplicate. Gives the main case.

    Reports move with their channels, number and code: each reporter goes on reading their own
    alone. Reports get new keys, and everything is sealed anew, so that the members of `main` read
    it and those who were members of the duplicate alone do not. What the duplicate's own steps
    noted stays with them. It can't be undone. ValidationError where the two do not fit.
    """
    if duplicate.case.pk == main.case.pk:
        raise ValidationError(_("Pilih perkara lain sebagai perkara induk."))
    for opened in sorted((duplicate, main), key=lambda each: each.case.pk):
        require(by, "asn_neutrality.work", hold(opened))
    try:
        if fault := unfit(duplicate, main):
            raise ValidationError(fault)
        accused = _combined(duplicate.accused(), main.accused())
        _carry(duplicate, main)
    except CanNotOpen:
        raise ValidationError(
            _("Sebagian isi perkara rusak dan tidak dapat disegel ulang. Perkara tidak digabung.")
        ) from None
    if accused:
        write_entry(by=by, case=main.case, key=main.key, kind=EntryKind.ACCUSED, content=accused)
        _measure(main.case, accused["unit_id"])
    _end(by, duplicate.case, main.case)
    end_conflicts(by=by, opened=main)
    return main.case


def unfit(duplicate: OpenCase, main: OpenCase) -> str:
    """Why the one can't be merged into the other, in words; empty where it can."""
    if duplicate.case.region_id != main.case.region_id:
        return _("Kedua perkara harus dari wilayah yang sama.")
    if duplicate.case.state not in DISMISSIBLE:
        return _("Perkara ini sudah diputus atau sudah berakhir, sehingga tidak dapat digabung.")
    if not main.case.is_open:
        return _("Perkara induk sudah berakhir. Buka kembali dahulu.")
    units = {opened.accused().get("unit_id") for opened in (duplicate, main)} - {None}
    if len(units) > 1:
        return _(
            "Unit kerja pihak yang dilaporkan berbeda pada kedua perkara. Perbaiki dahulu datanya."
        )
    conflicted = duplicate.case.members.filter(removed_why=Leaving.CONFLICT).values("user")
    if main.case.members.filter(removed_at=None, user__in=conflicted).exists():
        return _("Ada anggota perkara induk yang keluar dari perkara ini karena berkepentingan.")
    return ""


def _combined(duplicate: dict[str, Any], main: dict[str, Any]) -> dict[str, Any]:
    """Who is reported: as the main case says, and where it is silent, as the duplicate does."""
    fields = ("name", "office", "unit", "unit_id", "note")
    combined = {field: main.get(field) or duplicate.get(field) for field in fields}
    if combined["unit_id"] and not main.get("unit_id"):
        combined["unit"] = duplicate["unit"]
    combined = {field: value or "" for field, value in combined.items()}
    combined["unit_id"] = combined["unit_id"] or None
    return combined if any(combined.values()) else {}


def _carry(duplicate: OpenCase, main: OpenCase) -> None:
    """Moves reports, entries and files over, each under its new key."""
    reports = list(Report.objects.filter(case=duplicate.case))
    moved = Entry.objects.filter(case=duplicate.case).exclude(kind=EntryKind.STEP)
    entries = list(moved.select_related("report").order_by("serial"))
    files = list(Evidence.objects.filter(entry__in=entries).select_related("entry__report"))
    renewed: dict[int | None, bytes] = {None: main.key}
    for report in reports:
        duplicate.report_key(report)  # the old key, kept at hand before it is replaced
        renewed[report.pk] = key = new_key()
        report.key_for_reporter = seal_to(report.reporter_public, key)
        report.key_for_case = seal(main.key, key, about_report(report))
        report.case = main.case
    for evidence in files:
        details = unseal(duplicate.key_of(evidence.entry), evidence.sealed, evidence.about)
        evidence.sealed = seal(renewed[evidence.entry.report_id], details, evidence.about)
    last = Entry.objects.filter(case=main.case).aggregate(last=Max("serial", default=0))["last"]
    for serial, entry in enumerate(entries, start=last + 1):
        content = unseal(duplicate.key_of(entry), entry.sealed, entry.about)
        entry.sealed = seal(renewed[entry.report_id], content, entry.about)
        entry.case, entry.serial = main.case, serial
    Report.objects.bulk_update(reports, ["case", "key_for_reporter", "key_for_case"], BATCH)
    Entry.objects.bulk_update(entries, ["case", "serial", "sealed"], BATCH)
    Evidence.objects.bulk_update(files, ["sealed"], BATCH)


def _measure(case: Case, unit_id: int | None) -> None:
    unit = CivilUnit.objects.filter(pk=unit_id).first() if unit_id else None
    case.size_class = unit.size_class if unit else SizeClass.UNKNOWN
    case.save(update_fields=["size_class"])


def _end(by: User, duplicate: Case, main: Case) -> None:
    """Dismisses the duplicate; what was merged into it before belongs to the main case now."""
    Case.objects.filter(merged_into=duplicate).update(merged_into=main)
    duplicate.merged_into = main
    add_step(
        by=by,
        case=duplicate,
        state=State.DISMISSED,
        previous=duplicate.state,
        reason=Dismissal.DUPLICATE,
    )
    note(by, "asn_neutrality.merge", duplicate, main=main.number)
    note(by, "asn_neutrality.take_in", main, duplicate=duplicate.number)
