"""Cases of one register and year in numbers, without people.

A register is a regency's or a city's, or what a province keeps itself; a case is in one register
and one year. Only these are published, no sum of several registers or years and no part of one:
what has no common part has no difference. Within one, every table is a division of the same known
total, and states of their phase; each is concealed by itself (concealing.py). The share proven
and what is still open are computed from what is published, so that they add nothing to it.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import connection
from django.db.models import Count, Q
from django.db.models.functions import ExtractMonth
from django.utils.dates import MONTHS
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.authority import REGENCY_LENGTH

from .concealing import SMALLEST, conceal
from .models import CLOSED, Case, Kind, SizeClass, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from django.utils.functional import _StrPromise as StrPromise

    from .models import CaseQuerySet

#: Years that are offered: always the same number, so that the list says nothing of what is there.
YEARS = 5
PHASES: tuple[tuple[StrPromise, tuple[State, ...]], ...] = (
    (
        _("Masuk dan disaring"),
        (
            State.INFORMATION,
            State.RECEIVED,
            State.INITIAL_REVIEW,
            State.COMPLETION,
            State.REGISTERED,
        ),
    ),
    (_("Dikaji"), (State.STUDY, State.RECOMMENDED)),
    (
        _("Ditangani lembaga berwenang"),
        (
            State.FORWARDED,
            State.VERIFICATION,
            State.VALIDATION,
            State.WITH_AUTHORITY,
            State.BLOCKED,
            State.EXAMINATION,
        ),
    ),
    (
        _("Terbukti"),
        (State.SANCTIONED, State.OBJECTION, State.CARRIED_OUT, State.RECORDED),
    ),
    (_("Tidak terbukti"), (State.NOT_PROVEN,)),
    (_("Dihentikan"), (State.DISMISSED,)),
)
PROVEN, NOT_PROVEN = 3, 4
#: Which phases are hidden to make room for small ones: those first that nothing is computed from.
_ROOM = (5, 1, 2, 0, NOT_PROVEN, PROVEN)
_ORDER = {state: at for at, state in enumerate(State)}

# How long cases stayed in each state until their next step, and of how many cases that is known.
_STAYS = """
    SELECT state, percentile_cont(0.5) WITHIN GROUP (ORDER BY days), count(DISTINCT case_id)
    FROM (
        SELECT step.state, step.case_id, extract(epoch FROM
            lead(step.at) OVER (PARTITION BY step.case_id ORDER BY step.id) - step.at
        ) / 86400 AS days
        FROM asn_neutrality_casestep step
        JOIN asn_neutrality_case kase ON kase.id = step.case_id
        WHERE kase.year = %(year)s AND kase.merged_into_id IS NULL AND kase.region_id LIKE %(like)s
    ) stays WHERE days IS NOT NULL GROUP BY state
"""


@dataclass(frozen=True)
class Line:
    """One line of a table: None is concealed. Parts are shown where the line is."""

    label: StrPromise | str
    count: int | None
    parts: tuple[Line, ...] = ()


@dataclass(frozen=True)
class Numbers:
    """What is published of one register and year. `total` is None when under five; `overdue` is
    None unless both it and the open cases that are in time are five or more for certain."""

    total: int | None
    states: tuple[Line, ...]
    kinds: tuple[Line, ...]
    sizes: tuple[Line, ...]
    months: tuple[Line, ...]
    overdue: int | None

    @property
    def running(self) -> int | None:
        """Cases that have not ended, where all that adds up to them is shown."""
        found = _open_counts(self.states)
        return None if None in found else sum(count or 0 for count in found)

    @property
    def running_least(self) -> int:
        """How many cases at least have not ended, by what is shown."""
        return sum(count or 0 for count in _open_counts(self.states))

    @property
    def percent_proven(self) -> int | None:
        """Of a hundred cases with an outcome, how many were proven, where both are shown."""
        proven, not_proven = self.states[PROVEN].count, self.states[NOT_PROVEN].count
        if proven is None or not_proven is None:
            return None
        return round(100 * proven / (proven + not_proven))


@dataclass(frozen=True)
class Stay:
    """Median days that cases stayed in a state; None where too few have left it."""

    label: StrPromise | str
    days: float | None


def years(today: date) -> list[int]:
    """The years that are offered, the present one first."""
    return [today.year - back for back in range(YEARS)]


def numbers(code: str, year: int, today: date) -> Numbers:
    """What is published of the register `code` for a year. One query, which the index on region
    and year answers. Whether the reader may count is asked before."""
    rows = (
        _cases(code, year)
        .annotate(month=ExtractMonth("received_on"))
        .values("kind", "state", "size_class", "month")
        .annotate(count=Count("pk"), late=Count("pk", filter=Q(due_on__lt=today)))
        .order_by()
    )
    return publish(rows, months=today.month if year == today.year else 12)


def publish(rows: Iterable[Mapping[str, Any]], months: int) -> Numbers:
    """What is published of cases that were counted: each row has a kind, a state, a size class
    and a month, how many cases have them, and how many of those are late. `months` are over."""
    counted: dict[str, Counter[Any]] = {
        name: Counter() for name in ("kind", "state", "size_class", "month")
    }
    total = late = 0
    for row in rows:
        total += row["count"]
        late += row["late"]
        for name, counter in counted.items():
            counter[row[name]] += row["count"]
    states = _states(counted["state"])
    named = [(month, MONTHS[month]) for month in range(1, max([*counted["month"], months]) + 1)]
    return Numbers(
        total=total if total >= SMALLEST else None,
        states=states,
        kinds=_table(Kind.choices, counted["kind"]),
        sizes=_table(SizeClass.choices, counted["size_class"]),
        months=_table(named, counted["month"]),
        overdue=_overdue(late, states),
    )


def totals_by_year(code: str, today: date) -> list[tuple[int, int | None]]:
    """Each year's total as its own page shows it. They have no sum. One query."""
    found = Case.objects.filter(_register(code), merged_into=None, year__gt=today.year - YEARS)
    by_year = dict(found.order_by().values_list("year").annotate(count=Count("pk")))
    counts = [(year, by_year.get(year, 0)) for year in years(today)]
    return [(year, count if count >= SMALLEST else None) for year, count in counts]


def stays(code: str, year: int, published: Numbers) -> list[Stay]:
    """Median days per step, of steps that five cases or more have left. One query.

    That so many have left a step would tell of concealed numbers if only they could be those
    cases; hence as many must be shown in later states.
    """
    like = f"{code}%" if len(code) == REGENCY_LENGTH else code
    with connection.cursor() as cursor:
        cursor.execute(_STAYS, {"year": year, "like": like})
        found = {state: (days, cases) for state, days, cases in cursor.fetchall()}
    result = []
    for state in State:
        if state in CLOSED:
            continue
        days, cases = found.get(state, (None, 0))
        known = cases >= SMALLEST and _shown_after(state, published.states) >= SMALLEST
        result.append(Stay(state.label, float(days) if known else None))
    return result


def _register(code: str) -> Q:
    """Cases of a regency's register are those of all its parts; a province's, its own alone."""
    return Q(region__code__startswith=code) if len(code) == REGENCY_LENGTH else Q(region=code)


def _cases(code: str, year: int) -> CaseQuerySet:
    """A duplicate that was merged is counted as its main case. What was erased is counted."""
    return Case.objects.filter(_register(code), year=year, merged_into=None)


def _table(choices: Iterable[tuple[Any, Any]], counted: Counter[Any]) -> tuple[Line, ...]:
    named = list(choices)
    shown = conceal([counted[value] for value, _label in named])
    return tuple(Line(label, count) for (_value, label), count in zip(named, shown, strict=True))


def _states(counted: Counter[Any]) -> tuple[Line, ...]:
    sums = [sum(counted[state] for state in states) for _label, states in PHASES]
    shown = conceal(sums, _ROOM)
    lines = []
    for (label, states), count in zip(PHASES, shown, strict=True):
        parts: tuple[Line, ...] = ()
        if count is not None and len(states) > 1:
            parts = _table([(state, state.label) for state in states], counted)
        lines.append(Line(label, count, parts))
    return tuple(lines)


def _open_counts(states: Sequence[Line]) -> list[int | None]:
    """What adds up to the open cases: phases before an outcome, and sanctions on their way."""
    proven = states[PROVEN]
    parts = [line.count for line in proven.parts[:-1]]  # the last, recorded, has ended
    return [*(line.count for line in states[:PROVEN]), *(parts or [None])]


def _overdue(late: int, states: Sequence[Line]) -> int | None:
    least = sum(count or 0 for count in _open_counts(states))
    return late if late >= SMALLEST and least - late >= SMALLEST else None


def _shown_after(state: State, lines: Sequence[Line]) -> int:
    """How many cases are shown in states that come later in the flow."""
    total = 0
    for (_label, states), line in zip(PHASES, lines, strict=True):
        later = [each for each in states if _ORDER[each] > _ORDER[state]]
        if len(later) == len(states):
            total += line.count or 0
        else:
            parts = zip(states, line.parts, strict=False)
            total += sum(part.count or 0 for each, part in parts if each in later)
    return total
