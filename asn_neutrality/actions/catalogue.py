"""The only writers of the catalogue: what is shipped, new versions of its lines, holidays."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import (
    ERASURE,
    DayKind,
    ExtraHoliday,
    Sanction,
    SanctionClass,
    Term,
    Violation,
    ViolationClass,
)
from ..models.catalogue import Versioned
from ..shipped import SANCTIONS, TERMS, VIOLATIONS
from .writing import name_of

if TYPE_CHECKING:
    from datetime import date

#: How the desk is reminded is its own affair: it needs no confirmation.
OWN = frozenset({"remind_before", "escalate_after"})
#: What a version keeps of its own.
_OF_VERSION = frozenset({"id", "valid_from", "valid_to", "changed_by", "changed_at"})


@action
def ship_catalogue(*, by: Actor) -> None:
    """Adds each shipped line whose code has no version yet. A few queries, missing or not: it runs
    after each migration, and the database holds shipped lines to its constraints."""
    require(by, "asn_neutrality.keep_catalogue")
    for model, lines in ((Violation, VIOLATIONS), (Sanction, SANCTIONS), (Term, TERMS)):
        there = set(model.objects.values_list("code", flat=True))
        rows = []
        for line in lines:
            if line.code in there:
                continue
            fields = asdict(line)
            fields["is_confirmed"] = fields.pop("confirmed", False)
            rows.append(
                model(**fields, valid_from=timezone.localdate(), changed_by=by.get_username())
            )
        if rows:
            model.objects.bulk_create(rows)
            codes = ", ".join(row.code for row in rows)
            record(by=by, act="asn_neutrality.ship_lines", target=rows[0], code=codes)


@action
def add_line(*, by: Actor, model: type[Versioned], fields: dict[str, Any]) -> Versioned:
    """The first version of a new code, or of one that was ended. ValidationError on `code` where
    one is in force."""
    require(by, "asn_neutrality.keep_catalogue")
    if model is Term:
        raise ValidationError(_("Setiap langkah perkara sudah punya tenggat; ubah yang ada."))
    if model.objects.in_force().filter(code=fields["code"]).exists():
        raise ValidationError({"code": _("Kode ini sudah berlaku. Ubah baris yang ada.")})
    row = model(**fields)
    _store(by, row, timezone.localdate())
    record(by=by, act="asn_neutrality.add_line", target=row, code=row.code)
    return row


@action
def change_line(*, by: Actor, line: Versioned, fields: dict[str, Any]) -> Versioned:
    """Ends the version in force of a line and adds the next, from today. Gives the new one.

    What is changed in substance is no longer confirmed, unless `fields` says that it is. Without a
    change, the version in force stays. ValidationError where `line` is no longer in force.
    """
    require(by, "asn_neutrality.keep_catalogue")
    current = _in_force(line)
    changed = {
        name
        for name, value in fields.items()
        if name not in _OF_VERSION and getattr(current, name) != value
    }
    if not changed:
        return current
    row = _succeed(by, current, {name: fields[name] for name in changed}, changed)
    record(by=by, act="asn_neutrality.change_line", target=row, code=row.code)
    return row


@action
def confirm_line(*, by: Actor, line: Versioned) -> Versioned:
    """Notes that the legal office has confirmed a line: a new version with the same content."""
    require(by, "asn_neutrality.keep_catalogue")
    current = _in_force(line)
    if current.is_confirmed:
        return current
    row = _succeed(by, current, {"is_confirmed": True}, set())
    record(by=by, act="asn_neutrality.confirm_line", target=row, code=row.code)
    return row


@action
def end_line(*, by: Actor, line: Versioned) -> Versioned:
    """Ends a legal kind or a sanction without a successor; cases that have it keep it."""
    require(by, "asn_neutrality.keep_catalogue")
    if isinstance(line, Term):
        raise ValidationError(_("Tenggat tidak dapat diakhiri, hanya diubah."))
    current = _in_force(line)
    _end(current)
    record(by=by, act="asn_neutrality.end_line", target=current, code=current.code)
    return current


@action
def add_holiday(*, by: Actor, day: date, name: str) -> ExtraHoliday:
    """Adds a day off. Steps that are under way keep their terms."""
    require(by, "asn_neutrality.keep_catalogue")
    holiday = ExtraHoliday(day=day, name=" ".join(name.split()))
    holiday.full_clean()
    holiday.save()
    record(by=by, act="asn_neutrality.add_holiday", target=holiday, day=day.isoformat())
    return holiday


@action
def remove_holiday(*, by: Actor, holiday: ExtraHoliday) -> None:
    """Removes a day off that was entered. Steps that are under way keep their terms."""
    require(by, "asn_neutrality.keep_catalogue")
    record(by=by, act="asn_neutrality.remove_holiday", target=holiday, day=holiday.day.isoformat())
    holiday.delete()


def _in_force(line: Versioned) -> Any:
    """The version, held; ValidationError where it was ended or succeeded meanwhile."""
    rows = type(line).objects.select_for_update().in_force()
    current = rows.filter(pk=line.pk).first()
    if current is None:
        raise ValidationError(_("Versi ini tidak berlaku lagi. Buka versi yang berlaku."))
    return current


def _succeed(by: Actor, current: Any, fields: dict[str, Any], changed: set[str]) -> Any:
    """The next version of a line, from today: as before but for `fields`."""
    day = _end(current)
    kept = {
        field.name: getattr(current, field.name)
        for field in current._meta.concrete_fields
        if field.name not in _OF_VERSION
    }
    if changed - OWN:
        kept["is_confirmed"] = False
    row = type(current)(**{**kept, **fields})
    _store(by, row, day)
    return row


def _end(current: Any) -> date:
    """Ends a version today; one that another time zone has begun tomorrow, then. Gives the day."""
    day: date = max(timezone.localdate(), current.valid_from)
    current.valid_to = day
    current.save(update_fields=["valid_to"])
    return day


def _store(by: Actor, row: Any, day: date) -> None:
    row.valid_from = day
    row.changed_by = name_of(by)
    _check(row)
    row.full_clean()
    row.save()


def _check(row: Versioned) -> None:
    """Refuses, at its field, what the database would refuse without a word."""
    if isinstance(row, Violation):
        _check_range(row)
    if isinstance(row, Term):
        if row.code == ERASURE and row.day_kind != DayKind.CALENDAR:
            raise ValidationError({"day_kind": _("Penghapusan dihitung dalam hari kalender.")})
        if row.days > Term.MOST_DAYS:
            raise ValidationError(
                {"days": _("Paling banyak %(most)s hari.") % {"most": Term.MOST_DAYS}}
            )


def _check_range(row: Violation) -> None:
    weights = SanctionClass.values
    if row.sanction_from not in weights or row.sanction_to not in weights:
        return
    least, most = weights.index(row.sanction_from), weights.index(row.sanction_to)
    if least > most:
        raise ValidationError(
            {"sanction_to": _("Sanksi paling berat tidak boleh lebih ringan dari yang teringan.")}
        )
    moral = {SanctionClass.MORAL} & {row.sanction_from, row.sanction_to}
    if row.violation_class == ViolationClass.ETHICS and (least, most) != (0, 0):
        raise ValidationError(
            {"sanction_to": _("Pelanggaran kode etik hanya berakibat sanksi moral.")}
        )
    if row.violation_class == ViolationClass.DISCIPLINE and moral:
        raise ValidationError(
            {"sanction_from": _("Pelanggaran disiplin tidak berakibat sanksi moral.")}
        )
