"""Example data: the units of units.py, and how many of each have signed the pledge."""

from __future__ import annotations

from typing import TYPE_CHECKING

from forkopimda.lib.authority import SYSTEM

from .. import actions
from ..actions.writing import today_in
from ..models import CivilUnit
from .units import UNITS

if TYPE_CHECKING:
    from forkopimda.regions.models import Region

#: Figures of the example are nobody's; each name says so.
LABEL = "(angka contoh)"


def load(region: Region) -> None:
    """Adds the units that are missing, each with its pledge."""
    known = set(CivilUnit.objects.filter(region=region).values_list("code", flat=True))
    for code, name, staff, signed in UNITS:
        if code in known:
            continue
        unit = actions.save_unit(
            by=SYSTEM, region=region, code=code, name=f"{name} {LABEL}", staff=staff
        )
        if signed is not None:
            actions.note_pledge(
                by=SYSTEM, unit=unit, counted_on=today_in(region), signed=signed, staff=staff
            )
