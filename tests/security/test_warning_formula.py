"""The index: within bounds, made of its shares, and never lower where more speaks for danger."""

from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from forkopimda.alerts.models import Severity
from security.models import IncidentSeverity, Level, Policy
from security.warning.formula import (
    ALERT_POINTS,
    KEYS,
    SEVERITY_POINTS,
    Facts,
    Happening,
    Opinion,
    compute,
    exceeds,
    most_of,
)

NOW = datetime(2024, 11, 20, 9, 0, tzinfo=ZoneInfo("Asia/Jakarta"))
DAY = timedelta(days=1)
GRADES = list(SEVERITY_POINTS)
quick = settings(max_examples=40, deadline=None)

ages = st.floats(-1, 400)
happenings = st.builds(
    lambda severity, age: Happening(severity, NOW - age * DAY), st.sampled_from(GRADES), ages
)
opinions = st.builds(
    lambda score, age: Opinion(score, NOW - age * DAY), st.floats(0, 100), st.floats(0, 800)
)
facts = st.builds(
    Facts,
    own=st.lists(happenings, max_size=12),
    neighbours=st.lists(happenings, max_size=12),
    alerts=st.lists(st.sampled_from(sorted(ALERT_POINTS)), max_size=5),
    voting_days=st.lists(
        st.integers(-20, 400).map(lambda days: NOW.date() + timedelta(days=days)), max_size=3
    ),
    assessment=st.none() | opinions,
)
weights = st.integers(0, 100)


@st.composite
def policies(draw):
    values = {f"weight_{key}": draw(weights) for key in KEYS}
    if not any(values.values()):
        values["weight_voting"] = 1
    medium = draw(st.integers(1, 99))
    return Policy(
        window_days=draw(st.integers(1, 365)),
        half_life_days=draw(st.integers(1, 180)),
        neighbour_percent=draw(st.integers(0, 100)),
        voting_days=draw(st.integers(1, 365)),
        review_days=draw(st.integers(1, 365)),
        warning_medium_from=medium,
        warning_high_from=draw(st.integers(medium + 1, 100)),
        **values,
    )


def index(known, policy=None):
    return compute(known, policy or Policy(), NOW).index


def share(key, known, policy=None):
    return {term.key: term.share for term in compute(known, policy or Policy(), NOW).terms}[key]


@quick
@given(known=facts, policy=policies())
def test_the_index_is_the_sum_of_its_shares_and_stays_within_bounds(known, policy):
    outcome = compute(known, policy, NOW)

    assert 0 <= outcome.index <= 100
    assert sum(term.share for term in outcome.terms) == outcome.index
    assert all(0 <= term.share <= term.most for term in outcome.terms)
    assert sum(most_of(policy)) == 100
    assert compute(known, policy, NOW) == outcome


@quick
@given(known=facts, policy=policies(), more=happenings)
def test_one_more_incident_never_lowers_it(known, policy, more):
    assert index(replace(known, own=[*known.own, more]), policy) >= index(known, policy)
    beside = replace(known, neighbours=[*known.neighbours, more])
    assert index(beside, policy) >= index(known, policy)


@quick
@given(known=facts, policy=policies(), age=ages, grade=st.integers(0, 2))
def test_a_graver_incident_never_lowers_it(known, policy, age, grade):
    def with_one(severity):
        return replace(known, own=[*known.own, Happening(severity, NOW - age * DAY)])

    assert index(with_one(GRADES[grade + 1]), policy) >= index(with_one(GRADES[grade]), policy)


@quick
@given(known=facts, policy=policies(), age=st.floats(0, 400), later=st.floats(0, 400))
def test_a_more_recent_incident_never_lowers_it(known, policy, age, later):
    old, new = (
        replace(known, own=[*known.own, Happening(IncidentSeverity.SEVERE, NOW - days * DAY)])
        for days in (max(age, later), min(age, later))
    )
    assert index(new, policy) >= index(old, policy)


@quick
@given(known=facts, policy=policies(), severity=st.sampled_from(sorted(ALERT_POINTS)))
def test_one_more_open_alert_never_lowers_it(known, policy, severity):
    assert index(replace(known, alerts=[*known.alerts, severity]), policy) >= index(known, policy)


@quick
@given(known=facts, policy=policies(), near=st.integers(0, 400), far=st.integers(0, 400))
def test_a_voting_day_farther_ahead_never_raises_it(known, policy, near, far):
    near, far = sorted((near, far))

    def voting_in(days):
        return replace(known, voting_days=[NOW.date() + timedelta(days=days)])

    assert index(voting_in(near), policy) >= index(voting_in(far), policy)


@quick
@given(known=facts, policy=policies(), one=opinions, worse=st.floats(0, 100))
def test_a_worse_assessment_never_lowers_it(known, policy, one, worse):
    bad = replace(one, score=max(one.score, worse))

    assert index(replace(known, assessment=bad), policy) >= index(
        replace(known, assessment=one), policy
    )


def test_an_incident_loses_half_its_points_in_the_half_life():
    fresh = compute(Facts(own=[Happening("severe", NOW)]), Policy(), NOW).terms[0]
    week_old = compute(Facts(own=[Happening("severe", NOW - 7 * DAY)]), Policy(), NOW).terms[0]

    assert fresh.measure == {"count": 1, "points": 8.0}
    assert week_old.measure == {"count": 1, "points": 4.0}
    assert fresh.share == Decimal("22.03")  # 40 × (1 - e^-0.8)


def test_an_incident_older_than_the_window_counts_no_more():
    assert share("incidents", Facts(own=[Happening("critical", NOW - 30.01 * DAY)])) == 0
    assert share("incidents", Facts(own=[Happening("critical", NOW - 29.99 * DAY)])) > 0


def test_a_neighbours_incident_counts_for_its_part():
    known = Facts(neighbours=[Happening("critical", NOW)])

    assert compute(known, Policy(), NOW).terms[1].measure == {"count": 1, "points": 6.0}
    assert share("neighbours", known, Policy(neighbour_percent=0)) == 0


@pytest.mark.parametrize(
    ("days", "expected"),
    [(31, "0"), (30, "0"), (15, "7.50"), (0, "15.00"), (-1, "12.86"), (-7, "0"), (-8, "0")],
)
def test_the_voting_day_weighs_most_on_the_day_itself(days, expected):
    known = Facts(voting_days=[NOW.date() + timedelta(days=days)])

    assert share("voting", known) == Decimal(expected)


def test_of_two_elections_the_nearer_counts():
    days = [NOW.date() + timedelta(days=days) for days in (300, 3)]

    measure = compute(Facts(voting_days=days), Policy(), NOW).terms[3].measure
    assert measure == {"day": "2024-11-23"}


@pytest.mark.parametrize(
    ("age", "expected"), [(0, "10.00"), (30, "10.00"), (45, "5.00"), (60, "0"), (400, "0")]
)
def test_an_assessment_fades_once_its_review_is_due(age, expected):
    known = Facts(assessment=Opinion(50.0, NOW - age * DAY))

    assert share("assessment", known) == Decimal(expected)


@pytest.mark.parametrize(
    ("medium", "high", "level"), [(23, 60, "low"), (22, 60, "medium"), (10, 22, "high")]
)
def test_the_cut_offs_of_the_regency_make_the_suggestion(medium, high, level):
    policy = Policy(warning_medium_from=medium, warning_high_from=high)

    assert compute(Facts(own=[Happening("severe", NOW)]), policy, NOW).level == level


def test_a_weight_of_nothing_leaves_a_term_out_and_the_rest_fill_the_scale():
    policy = Policy(weight_neighbours=0, weight_alerts=0, weight_voting=0, weight_assessment=0)
    known = Facts(own=[Happening("critical", NOW)] * 50, alerts=[Severity.EXTREME])

    outcome = compute(known, policy, NOW)
    assert [term.most for term in outcome.terms] == [100, 0, 0, 0, 0]
    assert outcome.index == 100


def test_where_no_level_is_in_force_only_more_than_low_is_above_it():
    assert not exceeds(Level.LOW, None)
    assert exceeds(Level.MEDIUM, None)
    assert not exceeds(Level.MEDIUM, Level.MEDIUM)
    assert exceeds(Level.HIGH, Level.MEDIUM)
