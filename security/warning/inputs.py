"""What is known of the kecamatan of one regency, now or at any past moment.

The same reading serves the present and the replay of the past: `Known.facts` and `Known.level`
answer for a moment with what had been stored by then. An incident counts from its verification
until it is rejected or found a duplicate; an alert from its raising until a police approver
acknowledges it; an assessment and a rating from their own moment. Three things carry no date of
their own and are taken as they are now: who is neighbour of whom, when elections vote, and how
grave an incident is held to be.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Min, Q

from forkopimda.alerts.models import Alert
from forkopimda.elections.models import Election
from forkopimda.people.models import Role
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Neighbour, Region, ancestors

from ..models import CONFIRMED, Assessment, Incident, IncidentStep, RiskRating, Scheme
from .formula import Facts, Happening, Opinion

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from django.db.models import QuerySet

    from ..models import Policy

#: Alerts that count. Others echo what the index feeds on or leads to (levels, reviews, early
#: warnings), or speak of what not every reader of the index may know.
COUNTED_ALERTS = ("incident_reported", "incident_grew")
KECAMATAN_LENGTH = len("12.19.08")


class Span(NamedTuple):
    """From a moment on, until another one; None: it still goes on."""

    since: datetime
    until: datetime | None

    def holds(self, moment: datetime) -> bool:
        """Whether the moment lies in it."""
        return self.since <= moment and (self.until is None or moment < self.until)


class Report(NamedTuple):
    """An incident, and when it was held to be true."""

    happening: Happening
    confirmed: Sequence[Span]


class Call(NamedTuple):
    """An alert's severity, and when it was open."""

    severity: str
    open: Span


class Rated(NamedTuple):
    """A rating, as far as a replay asks."""

    level: str
    span: Span


@dataclass(frozen=True)
class Known:
    """All that one regency's index is made from, by kecamatan."""

    policy: Policy
    zone: ZoneInfo
    kecamatan: Sequence[Region]
    neighbours: dict[str, list[str]]
    reports: dict[str, list[Report]]
    calls: dict[str, list[Call]]
    voting_days: Sequence[date]
    opinions: dict[str, list[Opinion]]
    ratings: dict[str, list[Rated]]

    def facts(self, code: str, now: datetime) -> Facts:
        """What was known of the kecamatan `code` at `now`."""
        beside = self.neighbours.get(code, ())
        opinions = self.opinions.get(code, [])
        newest = bisect_right(opinions, now, key=lambda opinion: opinion.at)
        since = now - timedelta(days=self.policy.window_days)
        return Facts(
            own=self._happenings(code, now),
            neighbours=[one for other in beside for one in self._happenings(other, now)],
            alerts=[
                call.severity
                for call in self.calls.get(code, ())
                if call.open.since > since and call.open.holds(now)
            ],
            voting_days=self.voting_days,
            assessment=opinions[newest - 1] if newest else None,
        )

    def level(self, code: str, now: datetime) -> str | None:
        """The level in force at `now`; None: not rated."""
        for rated in self.ratings.get(code, ()):
            if rated.span.holds(now):
                return rated.level
        return None

    def _happenings(self, code: str, now: datetime) -> list[Happening]:
        return [
            report.happening
            for report in self.reports.get(code, ())
            if any(span.holds(now) for span in report.confirmed)
        ]


def known_now(regency: Region, policy: Policy, now: datetime) -> Known:
    """What the regency's indices at `now` are made from. Eight queries, however much is stored."""
    since = now - timedelta(days=policy.window_days)
    return _known(regency, policy, since, whole=False)


def known_since(regency: Region, policy: Policy, start: datetime) -> Known:
    """All that a replay from `start` on needs. Nine queries."""
    return _known(regency, policy, start - timedelta(days=policy.window_days), whole=True)


def _known(regency: Region, policy: Policy, since: datetime, *, whole: bool) -> Known:
    kecamatan = list(Region.objects.children_of(regency.code).filter(level=RegionLevel.KECAMATAN))
    codes = [region.code for region in kecamatan]
    neighbours: dict[str, list[str]] = defaultdict(list)
    for code, other in Neighbour.objects.filter(region__in=codes).values_list("region", "other"):
        neighbours[code].append(other)
    outside = {other for beside in neighbours.values() for other in beside} - set(codes)
    return Known(
        policy=policy,
        zone=ZoneInfo(regency.time_zone),
        kecamatan=kecamatan,
        neighbours=neighbours,
        reports=_reports(regency, outside, since, whole=whole),
        calls=_calls(regency, since),
        voting_days=list(
            Election.objects.of(regency.code).order_by("pk").values_list("voting_day", flat=True)
        ),
        opinions=_opinions(codes, whole=whole),
        ratings=_ratings(codes, whole=whole),
    )


def _reports(
    regency: Region, outside: Iterable[str], since: datetime, *, whole: bool
) -> dict[str, list[Report]]:
    """Incidents of the regency and of neighbours beyond its border, by kecamatan."""
    places = Q(region__code__startswith=f"{regency.code}.")
    for code in sorted(outside):
        places |= Q(region__code__startswith=code)
    incidents = Incident.objects.filter(places, occurred_at__gte=since)
    if not whole:
        incidents = incidents.confirmed()
    steps = _steps(incidents) if whole else {}
    found = defaultdict(list)
    for key, place, severity, at, verified_at in incidents.order_by("pk").values_list(
        "pk", "region_id", "severity", "occurred_at", "verified_at"
    ):
        confirmed = spans(steps.get(key, ()))
        if not whole:
            confirmed = [Span(verified_at, None)]
        found[place[:KECAMATAN_LENGTH]].append(Report(Happening(severity, at), confirmed))
    return found


def _steps(incidents: QuerySet[Incident]) -> dict[int, list[tuple[str, datetime]]]:
    found = defaultdict(list)
    steps = IncidentStep.objects.filter(incident__in=incidents).order_by("incident_id", "id")
    for key, state, at in steps.values_list("incident_id", "state", "at"):
        found[key].append((state, at))
    return found


def spans(steps: Iterable[tuple[str, datetime]]) -> list[Span]:
    """When an incident with these steps, in their order, was held to be true."""
    found: list[Span] = []
    since: datetime | None = None
    for state, at in steps:
        if state in CONFIRMED:
            since = since or at
        elif since is not None:
            found.append(Span(since, at))
            since = None
    if since is not None:
        found.append(Span(since, None))
    return found


def _calls(regency: Region, since: datetime) -> dict[str, list[Call]]:
    grant = "deliveries__recipient__grants__"
    by_approver = Q(**{f"{grant}role": Role.POLICE_APPROVER}) & (
        Q(**{f"{grant}region__in": ancestors(regency.code)}) | Q(**{f"{grant}region": None})
    )
    alerts = (
        Alert.objects.filter(
            region__code__startswith=f"{regency.code}.",
            kind__in=COUNTED_ALERTS,
            created_at__gt=since,
        )
        .order_by("pk")
        .annotate(known=Min("deliveries__acknowledged_at", filter=by_approver))
    )
    found = defaultdict(list)
    for place, severity, raised_at, known in alerts.values_list(
        "region_id", "severity", "created_at", "known"
    ):
        found[place[:KECAMATAN_LENGTH]].append(Call(severity, Span(raised_at, known)))
    return found


def _opinions(codes: list[str], *, whole: bool) -> dict[str, list[Opinion]]:
    made = Assessment.objects.filter(region__in=codes)
    if whole:
        made = made.order_by("region_id", "made_at", "id")
    else:
        made = made.order_by("region_id", "-made_at", "-id").distinct("region_id")
    found = defaultdict(list)
    for code, score, at in made.values_list("region_id", "score", "made_at"):
        found[code].append(Opinion(float(score), at))
    return found


def _ratings(codes: list[str], *, whole: bool) -> dict[str, list[Rated]]:
    ratings = RiskRating.objects.filter(region__in=codes, scheme=Scheme.FORUM)
    if not whole:
        ratings = ratings.as_of()
    found = defaultdict(list)
    for code, level, since, until in ratings.order_by("valid_from").values_list(
        "region_id", "level", "valid_from", "valid_until"
    ):
        found[code].append(Rated(level, Span(since, until)))
    return found
