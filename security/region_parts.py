"""What the page of a region shows beside its level, each part in a bounded number of queries."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast
from zoneinfo import ZoneInfo

from django.utils import timezone

from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.meetings.models import FollowUp
from forkopimda.people.models import Institution, Membership, Tenure
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, ancestors

from .models import EarlyWarning, Incident, StationClass, Unit
from .shortage import overview
from .station_counts import summary
from .trend import Week, weekly

if TYPE_CHECKING:
    from collections.abc import Iterable

    from forkopimda.lib.authority import Actor
    from forkopimda.meetings.models.followup import FollowUpQuerySet

    from .models.incident import IncidentQuerySet

LATEST = 5
FOLLOW_UPS_SHOWN = 10
OFFICES_SHOWN = 30
#: Codes of institutions of the police, who come first with the members of the forum.
POLICE_CODES = ("polres", "polsek", "polda")


@dataclass(frozen=True)
class Incidents:
    """The trend of twelve weeks and the latest incidents."""

    weeks: list[Week]
    latest: list[Incident]

    @property
    def any(self) -> bool:
        """Whether there was any in these weeks."""
        return any(week.total for week in self.weeks)


def incidents(by: Actor, place: Region) -> Incidents:
    """Two queries."""
    rows: IncidentQuerySet = Incident.objects.visible_to(by).within(place.pk)
    latest = rows.select_related("region")[:LATEST]
    return Incidents(weekly(rows, ZoneInfo(place.time_zone)), list(latest))


def warning(by: Actor, place: Region) -> EarlyWarning | None:
    """The newest early warning of a kecamatan."""
    found: EarlyWarning | None = (
        EarlyWarning.objects.visible_to(by).select_related("region").filter(pk=place.pk).first()
    )
    return found


def stations(by: Actor, place: Region) -> list[tuple[str, str, int]]:
    """Code and name of each class with its number of stations, the most exposed first; the class ""
    are those without one. Two queries."""
    names = {str(code): str(label) for code, label in StationClass.choices}
    return [
        (line.risk_class, names.get(line.risk_class, ""), line.stations)
        for line in summary(by, place.pk).lines
    ]


def guards(by: Actor, place: Region) -> dict[str, int] | None:
    """Guards posted now and needed, as the overview of guards has them; None for a village, whose
    guards are its kecamatan's."""
    if place.level == RegionLevel.VILLAGE:
        return None
    totals = overview(by, place.pk, timezone.now()).totals
    return totals if any(totals.values()) else {}


def follow_ups(by: Actor, place: Region) -> list[FollowUp]:
    """Unfinished tasks of meetings that the reader may open, that concern the region, the next
    due first."""
    rows = cast("FollowUpQuerySet", FollowUp.objects.visible_to(by))
    return list(
        rows.unfinished()
        .filter(place__code__startswith=place.pk)
        .select_related("institution", "place")
        .order_by("due_on", "id")[:FOLLOW_UPS_SHOWN]
    )


@dataclass(frozen=True)
class Contact:
    """An office or a unit: who heads it, and how to call it. `first`: a unit, the police or a
    member of the forum."""

    name: str
    region: Region
    title: str = ""
    head: str = ""
    phone: str = ""
    first: bool = True

    @property
    def dial(self) -> str:
        """The number without what only eyes need."""
        return re.sub(r"[^+0-9]", "", self.phone)


@dataclass(frozen=True)
class Contacts:
    """Whom to call first, and the forum's guests."""

    first: list[Contact]
    others: list[Contact]


def contacts(by: Actor, place: Region) -> Contacts:
    """Units with a duty phone, then the institutions of the region and of those above it up to its
    regency: the police and the forum's members, the nearest region first; apart from them the
    others. Three queries."""
    codes = [code for code in ancestors(place.pk) if len(code) >= REGENCY_LENGTH] or [place.pk]
    units = Unit.objects.visible_to(by).filter(in_use=True, region__in=codes).exclude(phone="")
    on_duty = [
        Contact(unit.name, unit.region, title=unit.get_kind_display(), phone=unit.phone)
        for unit in units.select_related("region").order_by("-region__code", "kind", "name")
    ]
    offices = _offices(by, codes)
    return Contacts(
        first=on_duty + [row for row in offices if row.first],
        others=[row for row in offices if not row.first],
    )


def _offices(by: Actor, codes: Iterable[str]) -> list[Contact]:
    listed = Institution.objects.visible_to(by).filter(region__in=codes).select_related("region")
    rows = sorted(listed, key=_rank)[:OFFICES_SHOWN]
    heads = {
        tenure.institution_id: tenure
        for tenure in Tenure.objects.on().filter(institution__in=rows).select_related("official")
    }
    return [_office(row, heads.get(row.pk)) for row in rows]


def _office(row: Institution, tenure: Tenure | None) -> Contact:
    return Contact(
        row.name,
        row.region,
        title=tenure.title if tenure else row.head_title,
        head=str(tenure.official) if tenure else "",
        phone=row.phone,
        first=_comes_first(row),
    )


def _comes_first(row: Institution) -> bool:
    return row.code.startswith(POLICE_CODES) or row.membership != Membership.INVITED


def _rank(row: Institution) -> tuple[bool, int, int, str]:
    return (not _comes_first(row), -len(row.region_id), row.position, row.name)
