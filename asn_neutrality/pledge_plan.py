"""What a list of units and pledges would do: read, checked, compared with what is stored."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from itertools import islice
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, may
from forkopimda.lib.tables import Faults, Row
from forkopimda.regions.models import Region

from .models import CivilUnit, Pledge
from .pledge_rows import CODE, COLUMNS, NAME, REGION, STAFF, Key, PledgeRow
from .unit_checks import HOMES, UNIT_FIELDS, check_pledge, check_unit

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from .models.unit import CivilUnitQuerySet

#: What a list may hold.
ROWS_MOST = 1_000
BY_KEY = {column.key: column for column in COLUMNS}


@dataclass(frozen=True)
class Step:
    """What one row does: `unit` as it will be, what is stored of it (`before`, empty for a new
    unit), and its count, None where the row counts nothing new."""

    unit: CivilUnit
    before: dict[str, Any]
    pledge: Pledge | None
    is_new: bool

    @property
    def changes(self) -> bool:
        """Whether it changes a stored unit."""
        return any(getattr(self.unit, name) != old for name, old in self.before.items())


@dataclass(frozen=True)
class Plan:
    """What storing a list without faults does. `digest` tells one plan from another: it covers
    what would be written and what would be overwritten."""

    steps: tuple[Step, ...]
    added: int
    changed: int
    counted: int
    unchanged: int
    digest: str

    @classmethod
    def of(cls, steps: list[Step]) -> Plan:
        """The plan of these steps, none of them taken yet."""
        still = [step for step in steps if not (step.is_new or step.changes or step.pledge)]
        return cls(
            tuple(steps),
            added=sum(step.is_new for step in steps),
            changed=sum(step.changes for step in steps),
            counted=sum(step.pledge is not None for step in steps),
            unchanged=len(still),
            digest=_digest(steps),
        )

    @property
    def does_nothing(self) -> bool:
        """Whether all of it is stored already."""
        return self.unchanged == len(self.steps)


def _digest(steps: list[Step]) -> str:
    words = []
    for step in steps:
        unit, pledge = step.unit, step.pledge
        fields = [getattr(unit, name) for name in (*UNIT_FIELDS, "signed", "counted_on")]
        count = [pledge.counted_on, pledge.signed, pledge.staff] if pledge else []
        words.append([unit.pk, unit.region_id, step.before, fields, count])
    return sha256(repr(words).encode()).hexdigest()[:32]


def make_plan(by: Actor, rows: Iterable[Row], region: str, faults: Faults, *, held: bool) -> Plan:
    """Reads and checks the rows; all that is wrong is noted in `faults`. `region` is the code for
    rows that name none. With `held`, the units are held until the transaction ends."""
    taken = list(islice(rows, ROWS_MOST + 1))
    if len(taken) > ROWS_MOST:
        words = _("Lebih dari {most} baris. Bagi berkasnya.").format(most=ROWS_MOST)
        faults.add(taken[-1].line, "", words)
        return Plan.of([])
    read = [PledgeRow(row, faults, region) for row in taken]
    known = Known(by, read, held=held)
    first: dict[Key, int] = {}
    steps = []
    for row in read:
        if row.code and first.setdefault(row.key, row.line) != row.line:
            words = _("unit ini sudah ada di baris {line}; hapus salah satunya")
            row.fault(CODE, words.format(line=first[row.key]))
        elif row.region and not known.keeps(row):
            words = _("{code} tidak dikenal atau di luar wilayah hak Anda")
            row.fault(REGION, words.format(code=row.region))
        elif row.sound and (step := known.step(row)):
            steps.append(step)
    return Plan.of(steps)


class Known:
    """What is stored of the units that the rows name. At most four queries."""

    def __init__(self, by: Actor, rows: list[PledgeRow], *, held: bool) -> None:
        codes = {row.region for row in rows if row.region}
        places: Any = Region.objects.filter(pk__in=codes, level__in=HOMES).order_by("pk")
        units: CivilUnitQuerySet = CivilUnit.objects.filter(
            region__in=codes, code__in={row.code for row in rows}
        ).order_by("pk")
        if held:  # in one order, so that two lists at once wait for each other
            places = places.select_for_update(no_key=True)
            units = units.select_for_update(no_key=True)
        self.regions: dict[str, Region] = {
            place.pk: place for place in places if may(by, "asn_neutrality.keep_pledges", place)
        }
        self.units: dict[Key, CivilUnit] = {
            (unit.region_id, unit.code): unit for unit in units if unit.region_id in self.regions
        }
        days = {row.counted_on for row in rows if row.counted_on}
        stored = Pledge.objects.filter(unit__in=self.units.values(), counted_on__in=days)
        self.counts = set(stored.order_by().values_list("unit", "counted_on", "signed", "staff"))
        self.today = {code: _today_in(place) for code, place in self.regions.items()}

    def keeps(self, row: PledgeRow) -> bool:
        """Whether the row's region has units that the actor keeps."""
        return row.region in self.regions

    def step(self, row: PledgeRow) -> Step | None:
        """What a sound row would do; None, with the fault noted, where it can't be done."""
        unit = self.units.get(row.key)
        if unit is None:
            return self._new(row)
        if not unit.is_active:
            row.fault(CODE, _("unit ini ditandai tidak ada lagi"))
            return None
        before = {name: getattr(unit, name) for name in UNIT_FIELDS}
        staff = row.fields.get("staff", unit.staff)
        pledge = self._pledge(row, unit, staff)
        # Beside a count, the number of staff is that of its day.
        own = row.fields if row.signed is None else {**row.fields, "staff": unit.staff}
        for name, value in own.items():
            setattr(unit, name, value)
        _hear(row, lambda: check_unit(unit))
        return Step(unit, before, pledge, is_new=False)

    def _new(self, row: PledgeRow) -> Step | None:
        if not row.fields.get("name"):
            row.fault(NAME, _("nama kosong, padahal unit ini baru"))
        if "staff" not in row.fields:
            row.fault(STAFF, _("jumlah ASN kosong, padahal unit ini baru"))
        if not row.sound:
            return None
        unit = CivilUnit(region=self.regions[row.region], code=row.code, **row.fields)
        pledge = self._pledge(row, unit, row.fields["staff"])
        return Step(unit, {}, pledge, is_new=True)

    def _pledge(self, row: PledgeRow, unit: CivilUnit, staff: int) -> Pledge | None:
        """The row's count, where it has one that is not stored yet."""
        if row.signed is None or row.counted_on is None:
            return None
        if (unit.pk, row.counted_on, row.signed, staff) in self.counts:
            return None
        pledge = Pledge(unit=unit, counted_on=row.counted_on, signed=row.signed, staff=staff)
        _hear(row, lambda: check_pledge(pledge, self.today[row.region]))
        return pledge


def _today_in(region: Region) -> date:
    return timezone.localtime(timezone=ZoneInfo(region.time_zone)).date()


def _hear(row: PledgeRow, check: Callable[[], None]) -> None:
    """Notes what the check refuses as the row's fault."""
    try:
        check()
    except ValidationError as error:
        for field, reasons in error.message_dict.items():
            row.fault(BY_KEY.get(field), " ".join(reasons))
