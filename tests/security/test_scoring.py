"""The score: bounds, proportions of weights, and that worse is never less."""

from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given, settings
from hypothesis import strategies as st

from security.models import SCALE, Frame
from security.scoring import Group, Measured, compute, suggestion

FRAME = Frame(medium_from=Decimal("33.34"), high_from=Decimal("66.67"))
weights = st.decimals("0.01", "1000", places=2)
parts = st.builds(Measured, name=st.just("x"), weight=weights, value=st.integers(0, SCALE))
groups = st.lists(
    st.builds(
        Group, name=st.just("x"), weight=weights, parts=st.lists(parts, min_size=1, max_size=6)
    ),
    min_size=1,
    max_size=6,
)
few = settings(max_examples=60, deadline=None)


def changed(groups, change):
    """The groups with `change(group number, part number, group, part)` -> (weights, value)."""
    return [
        Group(
            group.name,
            change(g, 0, group, group.parts[0])[0],
            [
                Measured(part.name, *change(g, p, group, part)[1:])
                for p, part in enumerate(group.parts)
            ],
        )
        for g, group in enumerate(groups)
    ]


@few
@given(groups=groups, data=st.data())
def test_a_worse_indicator_never_lowers_score_or_level(groups, data):
    g = data.draw(st.integers(0, len(groups) - 1))
    p = data.draw(st.integers(0, len(groups[g].parts) - 1))
    worse = data.draw(st.integers(groups[g].parts[p].value, SCALE))

    before = compute(groups)
    after = compute(
        changed(
            groups,
            lambda a, b, group, part: (
                group.weight,
                part.weight,
                worse if (a, b) == (g, p) else part.value,
            ),
        )
    )

    assert after.score >= before.score
    assert FRAME.level_of(after.score).rank >= FRAME.level_of(before.score).rank
    assert after.groups[g].score >= before.groups[g].score


@few
@given(groups=groups)
def test_a_score_lies_between_its_best_and_its_worst_dimension(groups):
    result = compute(groups)

    scores = [group.score for group in result.groups]
    assert 0 <= min(scores) <= result.score <= max(scores) <= 100
    assert result.score == result.score.quantize(Decimal("0.01"))


@few
@given(
    groups=groups,
    outer=st.decimals("0.01", "50", places=2),
    inner=st.decimals("0.01", "50", places=2),
)
def test_only_the_proportions_of_weights_count(groups, outer, inner):
    scaled = changed(
        groups,
        lambda _g, _p, group, part: (group.weight * outer, part.weight * inner, part.value),
    )

    assert compute(scaled).score == compute(groups).score


@pytest.mark.parametrize(("value", "score"), [(0, "0.00"), (1, "25.00"), (4, "100.00")])
def test_equal_values_give_that_share_of_a_hundred(value, score):
    same = [Group("A", Decimal(3), [Measured("a", Decimal(1), value)] * 4)] * 2

    assert compute(same).score == Decimal(score)


def test_a_heavier_dimension_and_a_heavier_indicator_count_for_more():
    result = compute(
        [
            Group("A", Decimal(3), [Measured("a", Decimal(1), 4), Measured("b", Decimal(3), 0)]),
            Group("B", Decimal(1), [Measured("c", Decimal(1), 2)]),
        ]
    )

    assert result.score == Decimal("31.25")  # (3 * 25 + 1 * 50) / 4
    assert [group.score for group in result.groups] == [Decimal(25), Decimal(50)]
    assert [group.points for group in result.groups] == [Decimal("18.75"), Decimal("12.50")]
    assert result.groups[0].parts[0].points == Decimal("18.75")


@pytest.mark.parametrize(
    ("score", "level"),
    [("0", "low"), ("33.33", "low"), ("33.34", "medium"), ("66.66", "medium"), ("66.67", "high")],
)
def test_a_level_begins_at_its_cut_off(score, level):
    assert FRAME.level_of(Decimal(score)) == level


def said(values):
    result = compute(
        [
            Group(name, Decimal(1), [Measured(part, Decimal(1), value) for part, value in inside])
            for name, inside in values.items()
        ]
    )
    with translation.override("id"):
        return suggestion(result, FRAME.level_of(result.score), FRAME.medium_from, FRAME.high_from)


MOST = (
    "Paling berpengaruh: Peserta (20,8 poin), Penyelenggara (8,3 poin); "
    "terutama Politik uang (nilai 4), Bawaslu (nilai 2), Dukungan ASN (nilai 1)."
)


@pytest.mark.parametrize(
    ("crime", "words"),
    [
        (1, f"Saran rendah: skor 33,33 (di bawah ambang sedang 33,34). {MOST}"),
        (
            2,
            f"Saran sedang: skor 37,5 (ambang 33,34). {MOST}".replace(
                "Dukungan ASN (nilai 1)", "Kejahatan (nilai 2)"
            ),
        ),
    ],
)
def test_a_suggestion_names_its_score_its_cut_off_and_what_weighs_most(crime, words):
    assert (
        said(
            {
                "Peserta": [("Politik uang", 4), ("Dukungan ASN", 1)],
                "Penyelenggara": [("KPU", 0), ("Bawaslu", 2)],
                "Ambang": [("Kejahatan", crime), ("Ketertiban", 0)],
            }
        )
        == words
    )


def test_a_high_suggestion_names_the_high_cut_off():
    assert said({"A": [("a", 4)]}) == (
        "Saran tinggi: skor 100 (ambang 66,67). "
        "Paling berpengaruh: A (100 poin); terutama a (nilai 4)."
    )


def test_nothing_found_is_said_so():
    assert said({"A": [("a", 0)], "B": [("b", 0)]}) == (
        "Saran rendah: skor 0 (di bawah ambang sedang 33,34). Semua indikator bernilai 0."
    )
