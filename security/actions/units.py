"""The only writer of units."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from itertools import islice
from typing import Any, NamedTuple, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, may, require
from forkopimda.lib.cells import clean_text
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.tables import Faults, Row
from forkopimda.regions.models import Level, Region

from ..free import busiest
from ..models import Posting, Unit
from ..unit_rows import COLUMNS, NAME, REGION, Key, UnitRow
from .stations import FaultyList

HOMES = (Level.PROVINCE, Level.REGENCY, Level.KECAMATAN)
UNIT_FIELDS = ("kind", "name", "strength", "phone", "in_use")
#: What a list may hold.
UNIT_ROWS_MOST = 1_000


class StaleUnit(ValidationError):
    """The unit was changed since the form was opened; `unit` is as it stands now."""

    def __init__(self, unit: Unit) -> None:
        self.unit = unit
        super().__init__(_("Data satuan ini berubah sejak formulir dibuka."), code="stale")


def mark_of(unit: Unit) -> str:
    """A short mark of what is stored of a unit: another state has another."""
    words = "|".join(str(getattr(unit, name)) for name in UNIT_FIELDS)
    return sha256(words.encode()).hexdigest()[:16]


@action
def save_unit(
    *, by: Actor, unit: Unit | None = None, seen: str | None = None, **fields: Any
) -> Unit:
    """Adds a unit (`region`, `kind`, `name`, `strength`, `phone`, `in_use`) or changes one; its
    region stays. `seen` is the mark of what the officer had before their eyes (`mark_of`): when
    the unit is another by now, StaleUnit is raised."""
    return _store(by, unit, fields, seen=seen)


def _store(
    by: Actor, unit: Unit | None, fields: dict[str, Any], seen: str | None = None, source: str = ""
) -> Unit:
    """Checks and stores one unit; `source` is the file that it came by."""
    if unit is None:
        row = Unit(region=fields.pop("region"))
        require(by, "security.keep_unit", row)
        # One new unit of a region at a time: whoever comes second sees the name that is taken.
        Region.objects.select_for_update(no_key=True).get(pk=row.region_id)
        if row.region.level not in HOMES:
            raise ValidationError({"region": _("Pilih provinsi, kabupaten/kota, atau kecamatan.")})
        before = {}
    else:
        units = Unit.objects.select_for_update(no_key=True, of=("self",)).select_related("region")
        row = cast(Unit, units.get(pk=unit.pk))
        require(by, "security.keep_unit", row)
        if seen is not None and seen != mark_of(row):
            raise StaleUnit(row)
        before = {name: getattr(row, name) for name in UNIT_FIELDS}
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.full_clean()
    if unit is not None:
        _check_what_is_posted(row)
    row.save()
    changes = {name: getattr(row, name) for name in UNIT_FIELDS if name in fields}
    words = {"name": row.name, "place": row.region.title, "strength": row.strength}
    if source:
        words["source"] = source
    if unit is None:
        record(by=by, act="security.add_unit", target=row, region=row.region_id, **words)
    else:
        changed = {name: value for name, value in changes.items() if before[name] != value}
        record(
            by=by,
            act="security.edit_unit",
            target=row,
            region=row.region_id,
            changed=changed,
            before={name: before[name] for name in changed},
            **words,
        )
    announce("guards", region=row.region_id)
    return row


class Imported(NamedTuple):
    """How many units a list added, changed and left as they were."""

    added: int
    changed: int
    unchanged: int


@action
def import_units(
    *, by: Actor, rows: Iterable[Row], source: str, faults: Faults | None = None
) -> Imported:
    """Stores a list of units: all rows or none. A unit is known by its region and name; one that
    is not known is added. `source` is the file's name, which the audit record of each unit keeps.

    `faults` holds what was wrong with the file that the rows are read from. FaultyList names all
    of it, and all that `save_unit` refuses of the rows. A row that says what is stored already
    is passed over wherever its unit may be read: what was taken out can be handed in.
    """
    require(by, "security.keep_guards")
    faults = Faults() if faults is None else faults
    taken = list(islice(rows, UNIT_ROWS_MOST + 1))
    if len(taken) > UNIT_ROWS_MOST:
        words = _("Lebih dari {most} baris. Bagi berkasnya.").format(most=UNIT_ROWS_MOST)
        faults.add(taken[-1].line, "", words)
        raise FaultyList(faults)
    read = [UnitRow(row, faults) for row in taken]
    codes = {row.code for row in read if row.code}
    kept = {code for code in codes if may(by, "security.keep_guards", code)}
    # In one order, so that two lists at once wait for each other instead of blocking each other.
    locked = Region.objects.select_for_update(no_key=True).filter(pk__in=kept).order_by("pk")
    regions = {region.pk: region for region in locked}
    known = _known(by, codes)
    first: dict[Key, int] = {}
    counts = {"added": 0, "changed": 0, "unchanged": 0}
    for row in read:
        unit = known.get(row.key)
        if row.code and row.name and first.setdefault(row.key, row.line) != row.line:
            words = _("satuan ini sudah ada di baris {line}; hapus salah satunya")
            row.fault(NAME, words.format(line=first[row.key]))
        elif row.sound and unit is not None and _says_nothing_new(row, unit):
            counts["unchanged"] += 1
        elif row.code and row.code not in kept:
            row.fault(REGION, _("{code} di luar wilayah hak Anda").format(code=row.code))
        elif row.code and row.code not in regions:
            row.fault(REGION, _("wilayah dengan kode {code} tidak dikenal").format(code=row.code))
        elif row.sound:
            _store_row(by, row, unit, regions[row.code], source)
            counts["changed" if unit else "added"] += 1
    if faults:
        raise FaultyList(faults)
    return Imported(**counts)


def _known(by: Actor, codes: set[str]) -> dict[Key, Unit]:
    """Units of the regions that the actor may read, by region and name in its composed form."""
    units = Unit.objects.filter(region__in=codes).select_related("region").order_by("pk")
    seen = [unit for unit in units if may(by, "security.view_unit", unit)]
    found = {(unit.region_id, clean_text(unit.name)): unit for unit in seen}
    return found | {(unit.region_id, unit.name): unit for unit in seen}


def _says_nothing_new(row: UnitRow, unit: Unit) -> bool:
    return all(getattr(unit, name) == value for name, value in row.fields.items())


def _store_row(by: Actor, row: UnitRow, unit: Unit | None, region: Region, source: str) -> None:
    fields = row.fields if unit is not None else row.fields | {"region": region, "name": row.name}
    try:
        _store(by, unit, dict(fields), source=source)
    except ValidationError as error:
        columns = {column.key: column for column in COLUMNS}
        for field, reasons in error.message_dict.items():
            row.fault(columns.get(field), " ".join(reasons))


def _check_what_is_posted(row: Unit) -> None:
    now = timezone.now()
    coming = Posting.objects.filter(unit=row).standing().filter(ends_at__gt=now).order_by()
    periods = list(coming.values_list("starts_at", "ends_at", "people"))
    if periods and not row.in_use:
        words = ngettext(
            "Tarik dahulu %(count)d penempatan satuan ini yang belum selesai.",
            "Tarik dahulu %(count)d penempatan satuan ini yang belum selesai.",
            len(periods),
        )
        raise ValidationError({"in_use": words % {"count": len(periods)}})
    posted = busiest(periods, now)
    if posted > row.strength:
        words = _(
            "%(posted)d orang satuan ini ditempatkan pada waktu yang sama. "
            "Tarik sebagian penempatannya, atau isi paling sedikit %(posted)d."
        )
        raise ValidationError({"strength": words % {"posted": posted}})
