"""No number under five can be had from the statistics, whoever knows how they are made."""

from collections import Counter
from itertools import combinations_with_replacement, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from asn_neutrality.concealing import SMALLEST, conceal
from asn_neutrality.models import CLOSED, Kind, SizeClass, State
from asn_neutrality.statistics import PHASES, publish


def assignments(cells, total):
    """All ways to share a total among so many cells."""
    for cuts in combinations_with_replacement(range(total + 1), cells - 1):
        ends = (0, *cuts, total)
        yield [ends[at + 1] - ends[at] for at in range(cells)]


@pytest.mark.parametrize("cells", [1, 2, 3, 4])
def test_no_hidden_number_follows_from_the_rest_even_for_who_knows_the_rule(cells):
    """Every table of so many cells and a total of up to twenty: the same is published with at
    least four numbers under five in the place of each one that is."""
    for total in range(SMALLEST, 21):
        tables = {}
        for counts in assignments(cells, total):
            tables.setdefault(tuple(conceal(counts)), []).append(counts)
        for published, alike in tables.items():
            for at, shown in enumerate(published):
                found = {counts[at] for counts in alike}
                if shown is None:
                    small = found & set(range(SMALLEST))
                    assert len(small) >= 4 or not small, (published, at, found)
                    assert len(found) >= SMALLEST
                else:
                    assert found == {shown}
                    assert shown >= SMALLEST


@settings(deadline=None)
@given(st.lists(st.integers(0, 8), min_size=2, max_size=5))
def test_the_linear_system_leaves_every_hidden_number_open(counts):
    published = conceal(counts)
    hidden = [at for at, shown in enumerate(published) if shown is None]
    rest = sum(counts) - sum(shown or 0 for shown in published)
    assert all(
        shown is None or shown == count for shown, count in zip(published, counts, strict=True)
    )
    assert {at for at, count in enumerate(counts) if count < SMALLEST} <= set(hidden)
    if hidden and sum(counts) >= SMALLEST:
        solutions = list(assignments(len(hidden), rest))
        for at in range(len(hidden)):
            assert {solution[at] for solution in solutions} >= set(range(SMALLEST)), published


STATES = ("received", "initial_review", "study", "recommended", "forwarded", "verification")
DOMAINS = {0: Kind.values, 1: State.values, 2: SizeClass.values, 3: range(1, 5)}
CASES = st.lists(
    st.tuples(
        st.sampled_from(list(Kind.values)[:6]),
        st.sampled_from((*STATES, "sanctioned", "recorded", "not_proven", "dismissed")),
        st.sampled_from(list(SizeClass.values)),
        st.integers(1, 4),
        st.booleans(),
    ),
    max_size=60,
)


def page_of(cases):
    """What is published of these cases; late is who says so and is open."""
    rows = [
        {
            "kind": kind,
            "state": state,
            "size_class": size,
            "month": month,
            "count": count,
            "late": count * (late and state not in CLOSED),
        }
        for (kind, state, size, month, late), count in Counter(cases).items()
    ]
    return publish(rows, months=4)


def alternatives(cases, place, inside, outside):
    """As many cases, with up to five of one value inside in another outside or the other way
    round, and as many of them late."""
    late = sum(case[4] and case[1] not in CLOSED for case in cases)
    for one, other, number in product(inside, outside, range(1, 6)):
        for old, new in ((one, other), (other, one)):
            chosen = [at for at, case in enumerate(cases) if case[place] == old][:number]
            if len(chosen) == number:
                yield with_late(
                    [
                        (*case[:place], new, *case[place + 1 :]) if at in chosen else case
                        for at, case in enumerate(cases)
                    ],
                    late,
                )


def with_late(cases, late):
    """The same cases; of those that are open so many are late."""
    still = iter([True] * late)
    return [(*case[:4], case[1] not in CLOSED and next(still, False)) for case in cases]


def groups_of(page):
    """All lines of a page: the place of their value in a case, their values, their line."""
    for place, values, lines in (
        (0, Kind.values, page.kinds),
        (2, SizeClass.values, page.sizes),
        (3, range(1, 5), page.months),
    ):
        yield from ((place, (value,), line) for value, line in zip(values, lines, strict=True))
    for (_label, states), line in zip(PHASES, page.states, strict=True):
        yield 1, states, line
        parts = zip(states, line.parts, strict=True) if line.parts else ()
        yield from ((1, (state,), part) for state, part in parts)


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_each_hidden_number_of_a_page_could_be_another_on_the_very_same_page(cases):
    """All tables of a page together, with phases, overdue and share: whatever is hidden, other
    cases would have been published in the same words."""
    page = page_of(cases)
    lines = [line for _place, _values, line in groups_of(page)]
    assert all(line.count is None or line.count >= SMALLEST for line in lines)
    if page.total is None:
        assert all(line.count is None for line in lines)
        return
    for place, values, line in groups_of(page):
        if line.count is None:
            assert not line.parts
            outside = [value for value in DOMAINS[place] if value not in values]
            others = alternatives(cases, place, values, outside)
            assert any(page_of(other) == page for other in others), (place, values)


def test_every_state_belongs_to_one_phase():
    states = [state for _label, states in PHASES for state in states]
    assert sorted(states) == sorted(State)
