"""The only writer of units of the civil service; their counts are written with pledges."""

from __future__ import annotations

from typing import Any, cast

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.cells import clean_text
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.regions.models import Region

from ..models import CivilUnit
from ..unit_checks import HOMES, UNIT_FIELDS, check_unit


@action
def save_unit(*, by: Actor, unit: CivilUnit | None = None, **fields: Any) -> CivilUnit:
    """Adds a unit (`region`, `code`, `name`, `staff`, `email`, `is_active`), or changes those
    fields of one that are given; its region stays.

    ValidationError names the field: a code that is taken, a region that has no units, fewer
    staff than have signed.
    """
    if unit is None:
        row = CivilUnit(region=fields.pop("region"))
        require(by, "asn_neutrality.keep_pledges", row.region)
        # One new unit of a region at a time: whoever comes second sees the code that is taken.
        Region.objects.select_for_update(no_key=True).get(pk=row.region_id)
        if row.region.level not in HOMES:
            raise ValidationError({"region": _("Pilih provinsi, kabupaten/kota, atau kecamatan.")})
    else:
        row = hold_unit(unit)
        require(by, "asn_neutrality.keep_pledges", row.region)
    before = {name: getattr(row, name) for name in UNIT_FIELDS}
    for name in UNIT_FIELDS:
        if name in fields:
            value = fields[name]
            setattr(row, name, clean_text(value) if isinstance(value, str) else value)
    check_unit(row)
    row.full_clean()
    row.save()
    if unit is None:
        note_added(by, row)
    else:
        note_change(by, row, before)
    announce("pledges", region=row.region_id)
    return row


def hold_unit(unit: CivilUnit) -> CivilUnit:
    """The unit as it stands now with its region, held until the transaction ends."""
    units = CivilUnit.objects.select_for_update(no_key=True, of=("self",)).select_related("region")
    return cast(CivilUnit, units.get(pk=unit.pk))


def note_added(by: Actor, row: CivilUnit, **words: Any) -> None:
    """Leaves the record of a new unit."""
    record(
        by=by,
        act="asn_neutrality.add_unit",
        target=row,
        region=row.region_id,
        name=row.name,
        code=row.code,
        place=row.region.title,
        staff=row.staff,
        **words,
    )


def note_change(by: Actor, row: CivilUnit, before: dict[str, Any], **words: Any) -> None:
    """Leaves the record of what changed of a unit; none where nothing did."""
    changed = {name: getattr(row, name) for name in before if getattr(row, name) != before[name]}
    if changed:
        record(
            by=by,
            act="asn_neutrality.edit_unit",
            target=row,
            region=row.region_id,
            name=row.name,
            changed=changed,
            before={name: before[name] for name in changed},
            **words,
        )
