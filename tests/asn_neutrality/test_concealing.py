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


CASES = st.lists(
    st.tuples(
        st.sampled_from(list(Kind.values)[:6]),
        st.sampled_from(list(State.values)),
        st.sampled_from(list(SizeClass.values)),
        st.integers(1, 4),
        st.booleans(),
    ),
    max_size=45,
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


def alternatives(cases, place, value, values):
    """The same cases with some of one value in another, or the other way round."""
    for other, number, inward in product(values, range(1, 6), (True, False)):
        old, new = (other, value) if inward else (value, other)
        moved = [at for at, case in enumerate(cases) if case[place] == old]
        for late in (False, True):
            chosen = [at for at in moved if cases[at][4] is late][:number]
            if other != value and len(chosen) == number:
                yield [
                    (*case[:place], new, *case[place + 1 :]) if at in chosen else case
                    for at, case in enumerate(cases)
                ]


@settings(max_examples=60, deadline=None)
@given(CASES)
def test_each_hidden_number_of_a_page_could_be_another_on_the_very_same_page(cases):
    """All tables of a page together, with phases, overdue and share: whatever is hidden, other
    cases would have been published in the same words."""
    page = page_of(cases)
    if page.total is None:
        assert all(line.count is None for line in (*page.states, *page.kinds, *page.months))
        return
    shown = {
        0: dict(zip(Kind.values, page.kinds, strict=True)),
        2: dict(zip(SizeClass.values, page.sizes, strict=True)),
        3: dict(zip(range(1, 5), page.months, strict=True)),
        1: {},
    }
    for (_label, states), line in zip(PHASES, page.states, strict=True):
        for at, state in enumerate(states):
            shown[1][state] = line.parts[at] if line.parts else line
    for place, table in shown.items():
        for value, line in table.items():
            if line.count is None:
                others = alternatives(cases, place, value, list(table))
                assert any(page_of(other) == page for other in others), (place, value)


def test_every_state_belongs_to_one_phase():
    states = [state for _label, states in PHASES for state in states]
    assert sorted(states) == sorted(State)
