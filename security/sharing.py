"""The stations of a kecamatan with who guards them, and how a unit is shared out among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import sha256
from itertools import groupby
from typing import TYPE_CHECKING

from django.db.models import OuterRef, Subquery

from forkopimda.elections.models import PollingStation

from .models import FORCES, Policy, PostingStation, StationClass, StationRating, UnitKind

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from .models import Posting

#: In this order stations get people: the most exposed first, then those without a class.
ORDER = [StationClass.SPECIAL, StationClass.HIGH, StationClass.RISK, "", StationClass.LOW]


@dataclass(frozen=True)
class Place:
    """A station, its class ("" without one), and the postings that guard it in some period."""

    station: PollingStation
    risk_class: str
    postings: list[Posting] = field(default_factory=list)

    def guarded_by(self, kind: str) -> bool:
        """Whether a unit of the same force as `kind` guards it."""
        return any(FORCES[posting.unit.kind] == FORCES[kind] for posting in self.postings)


@dataclass(frozen=True)
class Group:
    """Stations of one class that some people guard together."""

    risk_class: str
    people: int
    stations: list[PollingStation]


def places(code: str, starts_at: datetime | None, ends_at: datetime | None) -> list[Place]:
    """The stations in use of the kecamatan `code`, by village and number, with who guards them
    between the moments; without moments, without guards. At most two queries."""
    current = StationRating.objects.current().filter(station=OuterRef("pk")).values("risk_class")
    stations = list(
        PollingStation.objects.in_use()
        .within(code)
        .select_related("village")
        .annotate(current_class=Subquery(current[:1]))
    )
    guards: dict[int, list[Posting]] = {}
    if starts_at and ends_at:
        rows = PostingStation.objects.filter(
            station__in=stations, standing=True, starts_at__lt=ends_at, ends_at__gt=starts_at
        )
        for row in rows.select_related("posting__unit").order_by("starts_at", "id"):
            guards.setdefault(row.station_id, []).append(row.posting)
    return [
        Place(station, station.current_class or "", guards.get(station.pk, []))
        for station in stations
    ]


def ratio(policy: Policy, kind: str, risk_class: str) -> tuple[int, int]:
    """How many people of a unit of this kind for how many stations of a class."""
    if kind == UnitKind.LINMAS:
        return policy.linmas_per_station, 1
    name = risk_class or StationClass.LOW
    return getattr(policy, f"{name}_police"), getattr(policy, f"{name}_stations")


def share(policy: Policy, kind: str, free: int, listed: Iterable[Place]) -> list[Group]:
    """Groups of stations that nobody of the unit's force guards yet, as many as `free` people
    reach for: the most exposed first, neighbours together, a begun group like a whole one."""
    unguarded = [place for place in listed if not place.guarded_by(kind)]
    groups: list[Group] = []
    for risk_class in ORDER:
        people, size = ratio(policy, kind, risk_class)
        stations = [place.station for place in unguarded if place.risk_class == risk_class]
        if not people:
            continue
        if kind == UnitKind.LINMAS:
            groups += _by_village(risk_class, people, stations, free)
            free -= sum(group.people for group in groups if group.risk_class == risk_class)
            continue
        for first in range(0, len(stations), size):
            if people > free:
                return groups
            groups.append(Group(risk_class, people, stations[first : first + size]))
            free -= people
    return groups


def _by_village(
    risk_class: str, people: int, stations: list[PollingStation], free: int
) -> list[Group]:
    """One group per village, each station with as many people, while they last."""
    groups = []
    for _village, found in groupby(stations, key=lambda station: station.village_id):
        reached = list(found)[: free // people]
        if reached:
            groups.append(Group(risk_class, people * len(reached), reached))
            free -= people * len(reached)
    return groups


def digest(groups: Sequence[Group]) -> str:
    """A short mark of a proposal: another proposal has another."""
    words = ";".join(
        f"{group.people}:{','.join(str(station.pk) for station in group.stations)}"
        for group in groups
    )
    return sha256(words.encode()).hexdigest()[:16]
