"""Invented history of a regency, for trials of the back-test. The same seed gives the same history.

How it is made, so that nobody takes its back-test for proof:

1. Each kecamatan has a tension that wanders from day to day, is drawn towards a calm of its own,
   and jumps now and then; a jump spreads at half its size to the neighbours some days later.
2. Incidents come at random, the more and the graver the higher the tension. They are verified
   hours to days later; one in ten reports is rejected instead.
3. A "human" looks at each kecamatan every day. They add up recent incidents as they happened
   (verified or not, each losing its weight in 10 days), see a trace of the tension itself, misjudge
   by a random amount, and decide 1 to 5 days later: up when the sum is high, down after two calm
   weeks. A few raises have no incident behind them.

So raises follow incidents by construction, and whatever counts incidents must look good. Alerts
are not invented. Assessments are, where a frame is in force: they follow the tension with noise.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from math import exp
from random import Random
from typing import TYPE_CHECKING

from ..models import Category, IncidentSeverity, IncidentState, Level
from .formula import SEVERITY_POINTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

_DAY = timedelta(days=1)
_RATE = 0.03  # incidents a day in a calm kecamatan
_TENSION_MOST = 2.5
_JUMP = 0.01  # chance of a jump a day
_REJECTED = 0.1
_GROUNDLESS = 0.0012  # chance a day of a raise without incidents
_FORGETS_DAYS = 10.0
_UP = {Level.LOW: 9.0, Level.MEDIUM: 22.0}
_CALM = 4.0  # points below which a day is calm
_CALM_DAYS = 14
_ASSESSED_EVERY = 35
_CATEGORIES = (
    Category.PROTEST,
    Category.CLASH,
    Category.INTIMIDATION,
    Category.MONEY_POLITICS,
    Category.HOAX,
    Category.CAMPAIGN_MATERIAL,
    Category.CRIME,
    Category.LOGISTICS,
)


@dataclass(frozen=True)
class InventedIncident:
    """An incident: `settled_at` is when it was verified, or rejected."""

    code: str
    category: str
    severity: str
    occurred_at: datetime
    settled_at: datetime
    state: str


@dataclass(frozen=True)
class InventedRating:
    """A level, from a moment on."""

    code: str
    level: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class InventedAssessment:
    """A score from 0 to 100."""

    code: str
    score: float
    at: datetime


@dataclass
class History:
    """All that was invented, each kind in the order of time."""

    incidents: list[InventedIncident] = field(default_factory=list)
    ratings: list[InventedRating] = field(default_factory=list)
    assessments: list[InventedAssessment] = field(default_factory=list)


def invent(
    codes: Sequence[str],
    neighbours: Mapping[str, Iterable[str]],
    *,
    seed: int,
    start: datetime,
    days: int,
) -> History:
    """The history of the kecamatan `codes` over `days` days from `start`, a local midnight."""
    # Not for secrets: the same seed must give the same history.
    chance = Random(f"{seed}/{days}/{','.join(codes)}")  # noqa: S311
    history = History()
    tensions = _tensions(chance, codes, neighbours, days)
    end = start + days * _DAY
    for code in codes:
        incidents = list(_incidents(chance, code, tensions[code], start))
        history.incidents += [one for one in incidents if one.settled_at < end]
        human = _Human(chance, code, incidents, tensions[code])
        history.ratings += [one for one in human.decide(start, days) if one.at < end]
        history.assessments += _assessments(chance, code, tensions[code], start)
    history.incidents.sort(key=lambda one: (one.occurred_at, one.code))
    history.ratings.sort(key=lambda one: (one.at, one.code))
    history.assessments.sort(key=lambda one: (one.at, one.code))
    return history


def _tensions(
    chance: Random, codes: Sequence[str], neighbours: Mapping[str, Iterable[str]], days: int
) -> dict[str, list[float]]:
    """The tension of each kecamatan on each day; around 0 is calm, 2 is grave."""
    calm = {code: chance.gauss(-0.2, 0.35) for code in codes}
    jumps: dict[tuple[str, int], float] = defaultdict(float)
    for code in codes:
        for day in range(days):
            if chance.random() < _JUMP:
                size = chance.uniform(0.8, 2.2)
                jumps[code, day] += size
                for other in sorted(neighbours.get(code, ())):
                    jumps[other, day + chance.randint(2, 6)] += size / 2
    tensions = {}
    for code in codes:
        now, course = calm[code], []
        for day in range(days):
            now += 0.12 * (calm[code] - now) + chance.gauss(0, 0.12) + jumps[code, day]
            now = min(now, _TENSION_MOST)
            course.append(now)
        tensions[code] = course
    return tensions


def _incidents(
    chance: Random, code: str, tension: Sequence[float], start: datetime
) -> Iterable[InventedIncident]:
    for day, now in enumerate(tension):
        for _again in range(2):
            if chance.random() >= _RATE * exp(now) / 2:
                continue
            occurred_at = start + (day + chance.random()) * _DAY
            rejected = chance.random() < _REJECTED
            yield InventedIncident(
                code=code,
                category=chance.choice(_CATEGORIES),
                severity=_severity(chance, now),
                occurred_at=occurred_at,
                settled_at=occurred_at + chance.uniform(0.1, 2.5) * _DAY,
                state=IncidentState.REJECTED if rejected else IncidentState.VERIFIED,
            )


def _severity(chance: Random, tension: float) -> str:
    grave = chance.gauss(0, 1) + 0.5 * tension
    if grave > 2.3:
        return IncidentSeverity.CRITICAL
    if grave > 1.3:
        return IncidentSeverity.SEVERE
    return IncidentSeverity.MODERATE if grave > 0.1 else IncidentSeverity.MINOR


def _assessments(
    chance: Random, code: str, tension: Sequence[float], start: datetime
) -> Iterable[InventedAssessment]:
    for day in range(chance.randrange(_ASSESSED_EVERY), len(tension), _ASSESSED_EVERY):
        score = 30 + 18 * tension[day] + chance.gauss(0, 8)
        at = start + (day + chance.uniform(0.3, 0.7)) * _DAY
        yield InventedAssessment(code, round(min(100.0, max(0.0, score)), 2), at)


@dataclass
class _Human:
    """Whoever rates one kecamatan."""

    chance: Random
    code: str
    incidents: Sequence[InventedIncident]
    tension: Sequence[float]

    def decide(self, start: datetime, days: int) -> Iterable[InventedRating]:
        level, calm, free_on = Level.LOW, 0, 0
        yield self._rating(level, start, "penilaian awal")
        for day in range(1, days):
            if day < free_on:
                continue
            points = self._points(day, start + day * _DAY)
            felt = points * self.chance.lognormvariate(0, 0.35)
            calm = calm + 1 if points < _CALM else 0
            groundless = self.chance.random() < _GROUNDLESS
            wanted = level
            if level != Level.HIGH and (felt > _UP[level] or groundless):
                wanted = Level.MEDIUM if level == Level.LOW else Level.HIGH
            elif level != Level.LOW and calm >= _CALM_DAYS:
                wanted, calm = (Level.LOW if level == Level.MEDIUM else Level.MEDIUM), 0
            if wanted != level:
                delay = self.chance.uniform(1, 5)
                level, free_on = wanted, day + 6
                reason = "informasi lain" if groundless else "perkembangan insiden"
                yield self._rating(level, start + (day + delay) * _DAY, reason)

    def _points(self, day: int, now: datetime) -> float:
        points = sum(
            SEVERITY_POINTS[one.severity] * exp(-(now - one.occurred_at) / _DAY / _FORGETS_DAYS)
            for one in self.incidents
            if one.occurred_at < now
        )
        return points + 2 * max(self.tension[day], 0)

    def _rating(self, level: Level, at: datetime, reason: str) -> InventedRating:
        return InventedRating(self.code, level, at, reason)
