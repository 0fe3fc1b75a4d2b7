"""A list of units and their pledges is stored: all of it, or nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.tables import Faults

from ..models import CivilUnit, Pledge
from ..pledge_plan import Plan, Step, make_plan
from ..unit_checks import UNIT_FIELDS, is_latest
from .pledges import note_counted, set_standing
from .units import note_added, note_change
from .writing import name_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forkopimda.lib.tables import Row


class FaultyPledges(ValueError):
    """The list has faults; `faults` names all of them. Nothing was stored."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__(_("Daftar ini berisi kesalahan."))


class StalePledges(ValueError):
    """What is stored changed since the list was looked through; `plan` is as it would be now."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(_("Data berubah sejak ringkasan tadi."))


@action
def import_pledges(
    *, by: Actor, rows: Iterable[Row], region: str, source: str, seen: str = ""
) -> Plan:
    """Stores a list of units with their counts. `region` is the code for rows that name none,
    `source` the file's name, which the audit records keep, `seen` the digest of the plan that was
    looked at.

    A unit is known by its region and code; one that is not known is added. A count that is stored
    already is passed over. FaultyPledges names every bad row; StalePledges says that something
    else would happen than what was looked at.
    """
    require(by, "asn_neutrality.keep_pledges")
    faults = Faults()
    plan = make_plan(by, rows, region, faults, held=True)
    if faults:
        raise FaultyPledges(faults)
    if seen and seen != plan.digest:
        raise StalePledges(plan)
    counts = [step.pledge for step in plan.steps if step.pledge]
    for pledge in counts:
        pledge.by_name = name_of(by)
        if is_latest(pledge, pledge.unit):
            set_standing(pledge.unit, pledge)
    written = [step.unit for step in plan.steps]
    for unit in written:
        unit.clean_fields(exclude=["region"])
    CivilUnit.objects.bulk_create([step.unit for step in plan.steps if step.is_new])
    stored = [each.unit for each in plan.steps if not each.is_new and (each.changes or each.pledge)]
    CivilUnit.objects.bulk_update(stored, [*UNIT_FIELDS, "signed", "counted_on"], batch_size=200)
    for pledge in counts:
        pledge.unit = pledge.unit  # a new unit's key is known only now
    Pledge.objects.bulk_create(counts)
    for step in plan.steps:
        _note(by, step, source)
    for code in {unit.region_id for unit in written}:
        announce("pledges", region=code)
    return plan


def _note(by: Actor, step: Step, source: str) -> None:
    """Leaves the records of one row: of its unit, and of its count."""
    unit, pledge = step.unit, step.pledge
    if step.is_new:
        note_added(by, unit, source=source)
    else:
        note_change(by, unit, step.before, source=source)
    if pledge is not None:
        note_counted(by, pledge, source=source)
