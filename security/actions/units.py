"""The only writer of units."""

from __future__ import annotations

from hashlib import sha256
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.regions.models import Level

from ..free import busiest
from ..models import Posting, Unit

HOMES = (Level.PROVINCE, Level.REGENCY, Level.KECAMATAN)
UNIT_FIELDS = ("kind", "name", "strength", "phone", "in_use")


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
    if unit is None:
        row = Unit(region=fields.pop("region"))
        require(by, "security.keep_unit", row)
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
