"""Where guards are short: what the classes of stations ask for beside who is posted at a moment.

Needs come from the kept counts of stations; nothing here looks at every station of a region.
"""

from __future__ import annotations

from datetime import datetime, time
from fractions import Fraction
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Count,
    F,
    FilteredRelation,
    IntegerField,
    Max,
    Min,
    Q,
    Sum,
    When,
)
from django.db.models.functions import Coalesce, Left, Length
from django.utils import timezone

from forkopimda.elections.models import Election
from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.regions.models import Region, TimeZone

from .models import FORCES, POLICE, Policy, Posting, PostingStation, StationClass, StationCount
from .shortage_rows import Cell, Overview, Row

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

KECAMATAN_LENGTH = len("12.19.08")
#: Columns of the overview, from the most exposed; "" are stations without a class.
CLASSES = [StationClass.SPECIAL, StationClass.HIGH, StationClass.RISK, StationClass.LOW, ""]
VOTING_HOUR = time(7)
POLICY = "region__parent__security_policy"


def zone_of(region: Region | None) -> ZoneInfo:
    """The clocks of a region; for the country those of its capital."""
    return ZoneInfo(region.time_zone if region else TimeZone.WIB)


def voting_morning(by: Actor, code: str, zone: ZoneInfo) -> datetime | None:
    """Seven o'clock on the region's next voting day, else on its latest one. One query."""
    today = timezone.localdate(timezone=zone)
    days = (
        Election.objects.visible_to(by)
        .of(code)
        .aggregate(
            coming=Min("voting_day", filter=Q(voting_day__gte=today)), last=Max("voting_day")
        )
    )
    day = days["coming"] or days["last"]
    return datetime.combine(day, VOTING_HOUR, tzinfo=zone) if day else None


def usual_moment(morning: datetime | None) -> datetime:
    """The morning of the voting day where it lies ahead, else now."""
    now = timezone.now()
    return max(now, morning) if morning else now


def overview(by: Actor, code: str, moment: datetime, *, brief: bool = False) -> Overview:
    """The parts of the region `code` (empty: the country) that the reader may see.

    A regency or a kecamatan by kecamatan and class, in four queries; a `brief` one, which does
    not tell stations without police, in three, like what is wider, by its parts.
    """
    by_class = len(code) >= REGENCY_LENGTH
    regions = Region.objects.visible_to(by)
    if len(code) >= KECAMATAN_LENGTH:
        listed = regions.filter(code=code[:KECAMATAN_LENGTH])
    else:
        listed = regions.children_of(code)
    rows = {region.pk: Row(region) for region in listed}
    if by_class:
        _add_classes(rows, code, moment)
        if not brief:
            _add_guarded(rows, code, moment)
    else:
        _add_sums(rows, code, moment)
    ordered = sorted(
        rows.values(), key=lambda row: (-row.short, -row.linmas_short, row.region.name)
    )
    return Overview(ordered, by_class)


def needs(code: str) -> Any:
    """The counts of the kecamatan in the region `code`, each with the police and the Linmas that
    its regency's policy asks for (`police`, `linmas`); as needs.py has it, for many at once."""
    counts = StationCount.objects.annotate(length=Length("region")).filter(
        length=KECAMATAN_LENGTH, region__code__startswith=code, stations__gt=0
    )
    asked = Case(
        *(When(risk_class=name, then=_police(name)) for name in StationClass.values),
        default=_police(StationClass.LOW),
        output_field=IntegerField(),
    )
    return counts.order_by().annotate(
        police=asked, linmas=F("stations") * _set("linmas_per_station")
    )


def _police(name: str) -> Any:
    group = _set(f"{name}_stations")
    return (F("stations") + group - 1) / group * _set(f"{name}_police")


def _set(name: str) -> Coalesce:
    """A number of the regency's policy, else its default."""
    return Coalesce(F(f"{POLICY}__{name}"), getattr(Policy(), name))


def _add_classes(rows: dict[str, Row], code: str, moment: datetime) -> None:
    for count in needs(code).values("region_id", "risk_class", "stations", "police", "linmas"):
        if row := rows.get(count["region_id"]):
            row.cells[count["risk_class"]] = Cell(
                count["risk_class"], count["stations"], count["police"]
            )
            row.linmas_needed += count["linmas"]
    for region, force, people, shares in _posted(code, moment):
        if row := rows.get(region):
            _add_posting(row, force, people, shares)


def _add_guarded(rows: dict[str, Row], code: str, moment: datetime) -> None:
    for found in _guarded(code, moment):
        row = rows.get(found["kecamatan"])
        if row and (cell := row.cells.get(found["risk_class"] or "")):
            cell.guarded = found["stations"]


def _add_posting(row: Row, force: str, people: int, shares: dict[str, int]) -> None:
    if force in row.others:
        row.others[force] += people
    elif not shares:
        row.patrol += people
    elif force == "linmas":
        row.linmas_posted += people
    else:
        stations = sum(shares.values())
        for risk_class, count in shares.items():
            cell = row.cells.setdefault(risk_class, Cell(risk_class))
            cell.posted += Fraction(people * count, stations)


def _posted(code: str, moment: datetime) -> list[tuple[str, str, int, dict[str, int]]]:
    """Region, force, people and stations by class of each posting in force."""
    current = FilteredRelation(
        "guarded__station__ratings",
        condition=Q(guarded__station__ratings__valid_until=None),
    )
    found = (
        Posting.objects.at(moment)
        .filter(region__code__startswith=code)
        .annotate(current=current)
        .order_by()
        .values("pk", "region_id", "unit__kind", "people", "current__risk_class")
        .annotate(count=Count("guarded"))
    )
    postings: dict[int, tuple[str, str, int, dict[str, int]]] = {}
    for row in found:
        place = (row["region_id"], FORCES[row["unit__kind"]], row["people"])
        shares = postings.setdefault(row["pk"], (*place, {}))[3]
        if row["count"]:
            name = row["current__risk_class"] or ""
            shares[name] = shares.get(name, 0) + row["count"]
    return list(postings.values())


def _guarded(code: str, moment: datetime) -> Any:
    """Stations with police, by kecamatan and class."""
    current = FilteredRelation("station__ratings", condition=Q(station__ratings__valid_until=None))
    return (
        PostingStation.objects.filter(
            posting__in=Posting.objects.at(moment)
            .filter(region__code__startswith=code, unit__kind__in=POLICE)
            .order_by()
            .values("pk"),
            station__in_use=True,
        )
        .annotate(current=current, kecamatan=F("posting__region_id"))
        .order_by()
        .values("kecamatan", risk_class=F("current__risk_class"))
        .annotate(stations=Count("station", distinct=True))
    )


def _add_sums(rows: dict[str, Row], code: str, moment: datetime) -> None:
    length = len(f"{code}.19") if code else len("12")
    part = Left("region", length)
    for row in rows.values():
        row.whole = Cell("")
    parts = needs(code).annotate(part=part).values("part")
    for sums in parts.annotate(Sum("stations"), Sum("police"), Sum("linmas")):
        if part_row := rows.get(sums["part"]):
            stations = sums["stations__sum"]
            part_row.whole = Cell("", stations, sums["police__sum"], guarded=stations)
            part_row.linmas_needed = sums["linmas__sum"]
    postings = (
        Posting.objects.at(moment)
        .filter(region__code__startswith=code)
        .order_by()
        .annotate(part=part, placed=Q(stations__gt=0))
        .values("part", "unit__kind", "placed")
        .annotate(total=Sum("people"))
    )
    for sums in postings:
        if part_row := rows.get(sums["part"]):
            _add_sum(part_row, FORCES[sums["unit__kind"]], sums["total"], sums["placed"])


def _add_sum(row: Row, force: str, people: int, placed: bool) -> None:
    if force in row.others:
        row.others[force] += people
    elif not placed:
        row.patrol += people
    elif force == "linmas":
        row.linmas_posted += people
    elif row.whole:
        row.whole.posted += people
