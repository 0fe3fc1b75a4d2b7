"""Replays a regency's history day by day and tells how the suggestion would have fared.

Each day at local midnight the index of each kecamatan is computed from what was known then
(`inputs.Known`). An alarm stands while the index reaches the threshold and suggests more than the
level in force that day; it begins on the first day on which it stands. A raise is a rating above
the one it succeeded.

- A raise was announced when an alarm began at most `lead_days` before it. When an alarm stood but
  had begun earlier than that, the raise is told apart: whoever cries long enough is right one day.
- An alarm was false when no raise followed within `lead_days` of its beginning. One that began too
  close to the end of the history is not judged.

Beside it stands a naive rule, judged alike: an alarm on the day on which a severe or critical
incident was verified, where the level in force is not the highest yet.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise
from statistics import median
from typing import TYPE_CHECKING

from ..models import ALERTED, Level
from .formula import compute, exceeds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from .inputs import Known, Rated

_DAY = timedelta(days=1)
#: Called after each day with its number and how many there are.
Progress = Callable[[int, int], None]


@dataclass(frozen=True)
class Alarm:
    """An alarm on one kecamatan: its first day, and the first day on which it stood no more."""

    code: str
    began: datetime
    ended: datetime | None


@dataclass(frozen=True)
class Raise:
    """A human raise of a level, and the alarm that announced it, if one did."""

    code: str
    at: datetime
    before: str
    level: str
    lead_days: float | None
    stood_longer: bool


@dataclass(frozen=True)
class Verdict:
    """How one rule fared. Each raise is announced, stood longer, or missed."""

    raises: Sequence[Raise]
    hits: int
    false: int
    unjudged: int
    alarmed: float

    @property
    def announced(self) -> list[Raise]:
        """Raises that an alarm preceded in time."""
        return [one for one in self.raises if one.lead_days is not None]

    @property
    def stood_longer(self) -> list[Raise]:
        """Raises under an alarm that had begun too long before."""
        return [one for one in self.raises if one.lead_days is None and one.stood_longer]

    @property
    def missed(self) -> list[Raise]:
        """Raises without any alarm before them."""
        return [one for one in self.raises if one.lead_days is None and not one.stood_longer]

    @property
    def median_lead(self) -> float | None:
        """Days from the alarm to the raise, in the middle of those announced."""
        leads = [one.lead_days for one in self.announced if one.lead_days is not None]
        return median(leads) if leads else None


@dataclass(frozen=True)
class Span:
    """What is replayed, and how it is judged."""

    first: date
    last: date
    threshold: float
    lead_days: int


@dataclass
class _Standing:
    """Alarms of one rule, as the days go by."""

    alarms: list[Alarm] = field(default_factory=list)
    began: dict[str, datetime] = field(default_factory=dict)
    days: int = 0

    def note(self, code: str, now: datetime, stands: bool) -> None:
        if stands:
            self.days += 1
            self.began.setdefault(code, now)
        elif code in self.began:
            self.alarms.append(Alarm(code, self.began.pop(code), now))

    def all(self) -> list[Alarm]:
        return [*self.alarms, *(Alarm(code, at, None) for code, at in self.began.items())]


def replay(known: Known, span: Span, progress: Progress) -> tuple[Verdict, Verdict]:
    """How the suggestion fared, and the naive rule beside it."""
    days = (span.last - span.first).days + 1
    ours, naive = _Standing(), _Standing()
    for number in range(days):
        now = datetime.combine(span.first + number * _DAY, time(), known.zone)
        for place in known.kecamatan:
            in_force = known.level(place.pk, now)
            outcome = compute(known.facts(place.pk, now), known.policy, now)
            alarm = float(outcome.index) >= span.threshold and exceeds(outcome.level, in_force)
            ours.note(place.pk, now, alarm)
            grave = in_force != Level.HIGH and _grave_since(known, place.pk, now - _DAY, now)
            naive.note(place.pk, now, grave)
        progress(number + 1, days)
    asked = days * len(known.kecamatan)
    return _judge(known, span, ours, asked), _judge(known, span, naive, asked)


def _grave_since(known: Known, code: str, start: datetime, now: datetime) -> bool:
    return any(
        report.happening.severity in ALERTED and start < report.confirmed[0].since <= now
        for report in known.reports.get(code, ())
        if report.confirmed
    )


def _judge(known: Known, span: Span, standing: _Standing, asked: int) -> Verdict:
    alarms = standing.all()
    by_place: dict[str, list[Alarm]] = {}
    for alarm in sorted(alarms, key=lambda one: one.began):
        by_place.setdefault(alarm.code, []).append(alarm)
    raises: list[Raise] = []
    times: dict[str, list[datetime]] = {}
    for code, before, after in raises_in(known, span):
        earlier = times.setdefault(code, [])
        # What an earlier raise has answered does not announce the next one as well.
        since = earlier[-1] if earlier else None
        fresh = [one for one in by_place.get(code, ()) if since is None or one.began > since]
        raises.append(_raise(code, before, after, fresh, span.lead_days))
        earlier.append(after.span.since)
    end = datetime.combine(span.last + _DAY, time(), known.zone)
    hits = false = unjudged = 0
    for alarm in alarms:
        if _followed(alarm, times.get(alarm.code, ()), span.lead_days):
            hits += 1
        elif alarm.began + span.lead_days * _DAY > end:
            unjudged += 1
        else:
            false += 1
    return Verdict(raises, hits, false, unjudged, standing.days / asked if asked else 0.0)


def raises_in(known: Known, span: Span) -> list[tuple[str, Rated, Rated]]:
    """Raises of the span in their order: the kecamatan, the rating before, and the higher one."""
    start = datetime.combine(span.first, time(), known.zone)
    end = datetime.combine(span.last + _DAY, time(), known.zone)
    found = [
        (place.pk, before, after)
        for place in known.kecamatan
        for before, after in pairwise(known.ratings.get(place.pk, []))
        if start <= after.span.since < end and exceeds(after.level, before.level)
    ]
    return sorted(found, key=lambda one: (one[2].span.since, one[0]))


def _raise(
    code: str, before: Rated, after: Rated, alarms: Sequence[Alarm], lead_days: int
) -> Raise:
    at = after.span.since
    earlier = [alarm for alarm in alarms if alarm.began < at]
    in_time = [alarm for alarm in earlier if at - alarm.began <= lead_days * _DAY]
    lead = (at - in_time[0].began) / _DAY if in_time else None
    stood = any(
        alarm.ended is None or alarm.ended > at - lead_days * _DAY
        for alarm in earlier
        if alarm not in in_time
    )
    return Raise(code, at, before.level, after.level, lead, stood)


def _followed(alarm: Alarm, raises: Sequence[datetime], lead_days: int) -> bool:
    after = bisect_left(raises, alarm.began)
    return after < len(raises) and raises[after] - alarm.began <= lead_days * _DAY
