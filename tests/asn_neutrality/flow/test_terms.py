"""Terms in calendar and working days, over the holidays of Indonesia."""

from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.clock import due_on, retention_days
from asn_neutrality.models import CLOSED, ERASURE, Case, State, Term
from forkopimda.lib.authority import SYSTEM

from . import flowing


@pytest.fixture(autouse=True)
def _long_in_force(db):
    flowing.long_in_force()


def term(code, **fields):
    """Sets the term of a step."""
    line = Term.objects.in_force().get(code=code)
    return actions.change_line(by=SYSTEM, line=line, fields=fields)


@pytest.fixture
def working(monkeypatch):
    """Sets the term of the study to so many working days, from 2024 on."""

    def change(days):
        with monkeypatch.context() as patch:
            patch.setattr(timezone, "now", lambda: datetime(2024, 1, 1, tzinfo=UTC))
            term("study", days=days, day_kind="working")

    return change


@pytest.mark.parametrize(
    ("start", "days", "due"),
    [
        # Nyepi's shared leave on 28 March 2025, Idulfitri on 31 March and 1 April, shared leave
        # from 2 to 4 and on 7 April.
        ("2025-03-27", 1, "2025-04-08"),
        ("2025-03-27", 4, "2025-04-11"),
        ("2025-03-27", 9, "2025-04-21"),  # Good Friday on 18 April
        ("2025-04-05", 1, "2025-04-08"),  # begins on a Saturday among them
        # The day of the regional elections, a Wednesday.
        ("2024-11-26", 1, "2024-11-28"),
        ("2024-11-26", 2, "2024-11-29"),
        ("2024-11-26", 3, "2024-12-02"),
        # Christmas with its shared leave, and the new year.
        ("2024-12-24", 1, "2024-12-27"),
        ("2024-12-30", 2, "2025-01-02"),
        ("2024-12-30", 0, "2024-12-30"),
    ],
)
def test_working_days_leave_out_weekends_holidays_and_shared_leave(working, start, days, due):
    working(days)

    assert due_on("study", date.fromisoformat(start)) == date.fromisoformat(due)


def test_calendar_days_count_every_day():
    assert due_on("study", date(2025, 3, 27)) == date(2025, 4, 1)
    assert due_on("study", date(2024, 12, 28)) == date(2025, 1, 2)


def test_an_extra_holiday_is_left_out_until_it_is_removed(working):
    working(2)
    start = date(2024, 12, 9)
    assert due_on("study", start) == date(2024, 12, 11)

    holiday = actions.add_holiday(by=SYSTEM, day=date(2024, 12, 10), name="Hari jadi kabupaten")
    assert due_on("study", start) == date(2024, 12, 12)
    with pytest.raises(ValidationError):
        actions.add_holiday(by=SYSTEM, day=date(2024, 12, 10), name="Lagi")

    actions.remove_holiday(by=SYSTEM, holiday=holiday)
    assert due_on("study", start) == date(2024, 12, 11)


def test_a_changed_term_is_for_steps_that_begin_later(examiner, report, monkeypatch):
    user = examiner()
    monkeypatch.setattr(timezone, "now", lambda: datetime(2025, 3, 27, 3, 0, tzinfo=UTC))
    running, next_one = (flowing.open_by(user, report().report.case) for _ in range(2))
    for opened in (running, next_one):
        flowing.step(opened, user, "initial_review")
        flowing.step(opened, user, "registered")
    flowing.step(running, user, "study")
    before = running.case.due_on
    assert before == date(2025, 4, 1)

    term("study", days=1, day_kind="working")
    flowing.step(next_one, user, "study")

    assert Case.objects.get(pk=running.case.pk).due_on == before
    assert Case.objects.get(pk=next_one.case.pk).due_on == date(2025, 4, 8)


def test_the_day_is_the_regions_own(examiner, report, monkeypatch):
    examiner()
    # 1 January in Jakarta, still 31 December in London.
    monkeypatch.setattr(timezone, "now", lambda: datetime(2024, 12, 31, 18, 0, tzinfo=UTC))

    assert report().report.case.due_on == date(2025, 1, 4)


def test_how_long_unproven_content_is_kept_is_a_term_too():
    assert retention_days() == 180
    term("erasure", days=90)
    assert retention_days() == 90
    for wrong in ({"day_kind": "working"}, {"days": 400}, {"days": -1}):
        with pytest.raises(ValidationError):
            term("erasure", **wrong)
    assert retention_days() == 90


def test_every_state_that_does_not_end_a_case_has_its_term():
    codes = set(Term.objects.in_force().values_list("code", flat=True))
    assert codes == {*State.values, ERASURE} - set(CLOSED)
