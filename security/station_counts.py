"""How many stations of each class a region has, and how many guards they ask for.

The counts are kept by triggers (migration 0007): whoever adds, moves, retires or classes stations,
by an action, in bulk or by SQL, changes the counts of kecamatan, regency and province with it.
Here they are read; a village's few stations are counted.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F
from django.db.models.functions import Left, Length

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.regions.models import CODE_LENGTH, Region

from .models import Policy, StationClass, StationCount
from .needs import linmas_needed, police_needed
from .stations import with_class

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forkopimda.elections.models.station import StationQuerySet
    from forkopimda.lib.authority import Actor

#: Classes from the most exposed down; "" stands for stations that have none.
CLASS_ORDER = (StationClass.SPECIAL, StationClass.HIGH, StationClass.RISK, StationClass.LOW, "")
KECAMATAN_LENGTH = len("12.19.08")

Counts = dict[str, int]


@dataclass(frozen=True)
class ClassLine:
    """The stations of one class in a region, and the guards that they ask for."""

    risk_class: str
    stations: int
    police: int
    linmas: int


@dataclass(frozen=True)
class Summary:
    """The stations of a region by class, the most exposed first; no line without stations."""

    lines: tuple[ClassLine, ...]

    @property
    def counts(self) -> Counts:
        """Stations by class."""
        return {line.risk_class: line.stations for line in self.lines}

    @property
    def stations(self) -> int:
        """All stations in use."""
        return sum(line.stations for line in self.lines)

    @property
    def police(self) -> int:
        """Police that they ask for."""
        return sum(line.police for line in self.lines)

    @property
    def linmas(self) -> int:
        """Linmas that they ask for."""
        return sum(line.linmas for line in self.lines)


@dataclass(frozen=True)
class Part:
    """One region below another, with its stations by class, the most exposed first."""

    region: Region
    classes: tuple[tuple[str, int], ...]

    @property
    def stations(self) -> int:
        """All stations in use."""
        return sum(count for _class, count in self.classes)


def summary(by: Actor, code: str) -> Summary:
    """The classes of a region with the guards that they ask for. Two queries.

    Guards go from station to station within a kecamatan: a region asks for as many as its
    kecamatan do, each by the settings of its regency.
    """
    needs: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    policies, default = _policies(code), Policy()
    for regency, risk_class, stations, places in _by_kecamatan(by, code):
        policy = policies.get(regency, default)
        total = needs[risk_class]
        total[0] += stations * places
        total[1] += police_needed(policy, risk_class, stations) * places
        total[2] += linmas_needed(policy, stations) * places
    lines = [ClassLine(each, *needs[each]) for each in CLASS_ORDER if needs[each][0]]
    return Summary(tuple(lines))


def parts(by: Actor, code: str) -> list[Part]:
    """The regions one level below `code` with their stations; those without stations too.

    Two queries. A kecamatan's villages are counted; a village has no parts.
    """
    regions = Region.objects.visible_to(by).children_of(code)
    found: dict[str, Counts] = defaultdict(dict)
    rows: Iterable[tuple[str, str, int]]
    if len(code) == KECAMATAN_LENGTH:
        rows = (
            _stations(by, code)
            .order_by()
            .values_list("village", "current__risk_class")
            .annotate(Count("pk"))
        )
    else:
        rows = StationCount.objects.filter(region__in=regions).values_list(
            "region", "risk_class", "stations"
        )
    for region, risk_class, count in rows:
        found[region][risk_class or ""] = count
    return [
        Part(
            region,
            tuple(
                (each, found[region.pk][each]) for each in CLASS_ORDER if found[region.pk].get(each)
            ),
        )
        for region in regions
    ]


def _by_kecamatan(by: Actor, code: str) -> list[tuple[str, str, int, int]]:
    """Regency, class, stations of that class in a kecamatan, and how many kecamatan of the
    regency have just as many."""
    if len(code) == CODE_LENGTH:
        counted = _stations(by, code).order_by().values_list("current__risk_class")
        return [
            (code[:REGENCY_LENGTH], risk_class or "", count, 1)
            for risk_class, count in counted.annotate(Count("pk"))
        ]
    return list(
        StationCount.objects.visible_to(by)
        .annotate(length=Length(F("region")))
        .filter(length=KECAMATAN_LENGTH, region__code__startswith=code, stations__gt=0)
        .order_by()
        .values_list(Left(F("region"), REGENCY_LENGTH), "risk_class", "stations")
        .annotate(places=Count("pk"))
    )


def _policies(code: str) -> dict[str, Policy]:
    rows = Policy.objects.filter(region__code__startswith=code[:REGENCY_LENGTH])
    return {policy.region_id: policy for policy in rows}


def _stations(by: Actor, code: str) -> StationQuerySet:
    return with_class(PollingStation.objects.visible_to(by).within(code).in_use())
