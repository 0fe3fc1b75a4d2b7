"""Whatever is tried, a case stands where its steps say, with its term and its record."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from asn_neutrality.models import CLOSED, NEXT, WITH_RECORD, Case, State, allowed
from asn_neutrality.models.state import DISMISSIBLE

from . import flowing

#: What is left out or put in wrongly; "" is nothing.
FAULTS = ("", "", "", "details", "reason", "recipient", "sanction", "seen")
TRIES = st.lists(
    st.tuples(st.integers(0, 99), st.sampled_from(State.values), st.sampled_from(FAULTS)),
    min_size=6,
    max_size=14,
)


@pytest.fixture
def user(examiner):
    return examiner()


@settings(
    max_examples=5,
    deadline=None,
    derandomize=True,
    database=None,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(tries=TRIES)
def test_no_state_without_its_step_its_term_and_its_record(user, report, tries):
    opened = flowing.open_by(user, report(standing="named").report.case)
    flowing.fill(opened, user)
    for number, anywhere, fault in tries:
        here = opened.case.state
        following = allowed(here)
        # Most tries go on; the others aim anywhere.
        state = str(following[number % len(following)]) if number < 70 else anywhere
        if here in flowing.CLASSIFYING and opened.case.violation is None:
            flowing.classify(opened, user)
        count = opened.case.steps.count()
        goes = state in following and not spoils(here, state, fault)
        try:
            flowing.step(opened, user, state, **faulty(opened.case, fault))
        except ValidationError:
            assert not goes, (here, state, fault)
            opened.case.refresh_from_db()
            assert (opened.case.state, opened.case.steps.count()) == (here, count)
        else:
            assert goes, (here, state, fault)
            assert (opened.case.state, opened.case.steps.count()) == (state, count + 1)
        check(opened)
        if state not in following:
            refused_by_database(opened.case, state)


def spoils(here, state, fault):
    """Whether the step is one that the fault makes impossible."""
    ended = here in CLOSED
    return {
        "": False,
        "seen": True,
        "details": ended or state in flowing.DETAILS,
        "reason": True,  # no such reason; and on other steps none at all
        "recipient": True,
        "sanction": state == "sanctioned",
    }[fault]


def faulty(case, fault):
    """What is sent wrongly."""
    return {
        "": {},
        "seen": {"seen": 0},
        "details": {"details": {"note": "   "}},
        "reason": {"reason": "sesukanya"},
        "recipient": {"recipient": "dprd"},
        "sanction": {"sanction": None},
    }[fault]


def check(opened):
    """What always holds."""
    case = Case.objects.get(pk=opened.case.pk)
    steps = list(case.steps.order_by("pk").select_related("entry"))
    assert (case.state, case.due_on) == (steps[-1].state, steps[-1].due_on)
    for before, step in zip([None, *steps], steps, strict=False):
        assert step.previous == (before.state if before else "")
        assert (step.due_on is None) == (step.state in CLOSED)
        if step.due_on:
            assert step.due_on >= step.at.date() >= date(2024, 1, 1)
            assert flowing.days_of(step.state, step.at.date()) >= 0
        assert bool(step.reason) == (step.state == "dismissed")
        if step.state in WITH_RECORD or step.previous in CLOSED:
            assert opened.read(step.entry)


def refused_by_database(case, state):
    """A step that Python refuses, written by SQL."""
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO asn_neutrality_casestep"
            " (case_id, previous, state, at, due_on, by_name, recipient, reason)"
            " VALUES (%s, %s, %s, now(), %s, 'x', %s, %s)",
            [
                case.pk,
                case.state,
                state,
                None if state in CLOSED else date(2030, 1, 1),
                "bkn" if state in {"forwarded", "with_authority"} else "",
                "mistake" if state == "dismissed" else "",
            ],
        )


def test_every_state_is_reached_and_none_that_is_open_leads_nowhere():
    reached, queue = {""}, [""]
    while queue:
        for state in allowed(queue.pop()):
            if state not in reached:
                reached.add(state)
                queue.append(state)

    assert reached == {"", *State.values}
    assert all(NEXT[state] for state in State.values if state not in CLOSED)
    assert {str(state) for state in DISMISSIBLE} == {
        state for state in State.values if "dismissed" in allowed(state)
    }
