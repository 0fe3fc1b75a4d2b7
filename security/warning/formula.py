"""The index of a kecamatan, 0 to 100: a weighted mean of five fractions, each from 0 to 1.

    index = 100 × (w1·f1 + w2·f2 + w3·f3 + w4·f4 + w5·f5) / (w1 + w2 + w3 + w4 + w5)

The weights w are the regency's settings (`Policy.weight_…`), and so are the days named below.

1. incidents: own verified incidents. Each gives `SEVERITY_POINTS` by its severity, halved with
   every `half_life_days` since it happened and left out after `window_days`.
   f = 1 - exp(-points / `INCIDENT_SCALE`): the first points weigh most, and no number of small
   incidents passes 1.
2. neighbours: the same for incidents of all kecamatan that share a border, of whose points
   `neighbour_percent` counts.
3. alerts: alerts on grave incidents in the kecamatan, raised within `window_days`, that no police
   approver has acknowledged yet. Each gives `ALERT_POINTS` by its severity.
   f = 1 - exp(-points / `ALERT_SCALE`).
4. voting: f rises evenly from 0, `voting_days` before the voting day, to 1 on the day, and falls
   to 0 within `AFTERMATH_DAYS`. Of several elections the nearest counts.
5. assessment: f = score / 100 of the newest assessment; kept for `review_days`, then falling
   evenly to 0 within as many days again.

The points and scales below are the product's choice, no law and no result of research: a severe
incident alone gives a fraction of 0.55, a critical one of 0.86; one open severe alert 0.63.
Nothing here asks the database or the clock: the same facts always give the same index.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate, pairwise
from math import exp
from typing import TYPE_CHECKING, Any

from forkopimda.alerts.models import Severity

from ..models import IncidentSeverity, Level

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from ..models import Policy

SEVERITY_POINTS: dict[str, int] = {
    IncidentSeverity.MINOR: 1,
    IncidentSeverity.MODERATE: 3,
    IncidentSeverity.SEVERE: 8,
    IncidentSeverity.CRITICAL: 20,
}
ALERT_POINTS: dict[str, int] = {
    Severity.UNKNOWN: 1,
    Severity.MINOR: 1,
    Severity.MODERATE: 2,
    Severity.SEVERE: 4,
    Severity.EXTREME: 8,
}
INCIDENT_SCALE = 10  # points at which incidents give a fraction of 0.63
ALERT_SCALE = 4  # points at which alerts give a fraction of 0.63
AFTERMATH_DAYS = 7
KEYS = ("incidents", "neighbours", "alerts", "voting", "assessment")

_CENT = Decimal("0.01")
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Happening:
    """A verified incident: how grave, and when it happened."""

    severity: str
    at: datetime


@dataclass(frozen=True)
class Opinion:
    """An assessment: its score from 0 to 100, and when it was made."""

    score: float
    at: datetime


@dataclass(frozen=True)
class Facts:
    """What is known of one kecamatan at one moment. `alerts` are severities of open alerts."""

    own: Sequence[Happening] = ()
    neighbours: Sequence[Happening] = ()
    alerts: Sequence[str] = ()
    voting_days: Sequence[date] = ()
    assessment: Opinion | None = None


@dataclass(frozen=True)
class Term:
    """One term: its share of the index, the most that it could be, and what it was made from."""

    key: str
    share: Decimal
    most: Decimal
    measure: dict[str, Any]

    def stored(self) -> dict[str, Any]:
        """As the database keeps it."""
        return {
            "key": self.key,
            "share": float(self.share),
            "most": float(self.most),
            "measure": self.measure,
        }


@dataclass(frozen=True)
class Outcome:
    """The index, the level that it suggests, and the terms whose shares add up to it."""

    index: Decimal
    level: Level
    terms: Sequence[Term]


def compute(facts: Facts, policy: Policy, now: datetime) -> Outcome:
    """The index at `now`, an aware time in the kecamatan's own zone: voting days are its days."""
    fractions = (
        _incidents(facts.own, policy, now, 100),
        _incidents(facts.neighbours, policy, now, policy.neighbour_percent),
        _alerts(facts.alerts),
        _voting(facts.voting_days, policy, now.date()),
        _assessment(facts.assessment, policy, now),
    )
    terms = [
        Term(key, (most * Decimal(fraction)).quantize(_CENT, ROUND_HALF_UP), most, measure)
        for key, most, (fraction, measure) in zip(KEYS, most_of(policy), fractions, strict=True)
    ]
    index = sum((term.share for term in terms), Decimal(0))
    return Outcome(index, level_of(index, policy), terms)


def most_of(policy: Policy) -> list[Decimal]:
    """The most that each term can be, in the order of `KEYS`; together exactly 100."""
    weights = [getattr(policy, f"weight_{key}") for key in KEYS]
    whole = Decimal(sum(weights))
    # Rounded where the terms lie end to end, so that the parts can't miss the whole by a cent.
    ends = [(100 * end / whole).quantize(_CENT, ROUND_HALF_UP) for end in accumulate(weights)]
    return [end - start for start, end in pairwise([Decimal(0), *ends])]


def level_of(index: Decimal, policy: Policy) -> Level:
    """The level that an index suggests."""
    if index >= policy.warning_high_from:
        return Level.HIGH
    return Level.MEDIUM if index >= policy.warning_medium_from else Level.LOW


def exceeds(suggested: str, in_force: str | None) -> bool:
    """Whether a suggestion is above the level in force. Where none is, anything above low is."""
    return Level(suggested).rank > Level(in_force or Level.LOW).rank


def _incidents(
    happenings: Iterable[Happening], policy: Policy, now: datetime, percent: int
) -> tuple[float, dict[str, Any]]:
    counted, points = 0, 0.0
    for happening in happenings:
        # Clocks of phones and servers differ a little: what seems to come happened just now.
        days = max((now - happening.at) / _DAY, 0.0)
        if days <= policy.window_days:
            counted += 1
            points += SEVERITY_POINTS[happening.severity] * 0.5 ** (days / policy.half_life_days)
    points *= percent / 100
    return _saturated(points, INCIDENT_SCALE), {"count": counted, "points": round(points, 1)}


def _alerts(severities: Sequence[str]) -> tuple[float, dict[str, Any]]:
    points = sum(ALERT_POINTS[severity] for severity in severities)
    return _saturated(points, ALERT_SCALE), {"count": len(severities), "points": points}


def _saturated(points: float, scale: float) -> float:
    return 1 - exp(-points / scale)


def _voting(days: Sequence[date], policy: Policy, today: date) -> tuple[float, dict[str, Any]]:
    if not days:
        return 0.0, {}
    nearest = max(days, key=lambda day: (_nearness(day, policy, today), -abs((day - today).days)))
    return _nearness(nearest, policy, today), {"day": nearest.isoformat()}


def _nearness(day: date, policy: Policy, today: date) -> float:
    left = (day - today).days
    if left >= 0:
        return max(0.0, 1 - left / policy.voting_days)
    return max(0.0, 1 + left / AFTERMATH_DAYS)


def _assessment(
    opinion: Opinion | None, policy: Policy, now: datetime
) -> tuple[float, dict[str, Any]]:
    if opinion is None:
        return 0.0, {}
    days = max((now - opinion.at) / _DAY, 0.0)
    fading = min(1.0, max(0.0, 2 - days / policy.review_days))
    return opinion.score / 100 * fading, {
        "score": round(opinion.score, 2),
        "day": opinion.at.astimezone(now.tzinfo).date().isoformat(),
        "kept": round(100 * fading),
    }
