"""Terms call themselves to mind: to the lead before, to all examiners after, then to auditors."""

import threading
from datetime import UTC, datetime, timedelta

import pytest
from celery import current_app
from django.db import connection
from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.actions import terms
from asn_neutrality.models import Term, TermNotice
from asn_neutrality.reminding import give_due_notices
from forkopimda.alerts.models import Alert, Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from tests.conftest import ASAHAN

from . import flowing

#: A morning in Jakarta on which reports come in; information has three days.
RECEIVED = datetime(2024, 11, 20, 3, 0, tzinfo=UTC)


@pytest.fixture
def clock(monkeypatch):
    def set_to(days):
        monkeypatch.setattr(timezone, "now", lambda: RECEIVED + timedelta(days=days))

    set_to(0)
    return set_to


@pytest.fixture
def users(clock, examiner, person):
    """Two examiners of the case, its region's auditor, and people it is no concern of."""
    flowing.long_in_force()
    line = Term.objects.get(code="information")
    fields = {"remind_before": 1, "escalate_after": 2}
    actions.change_line(by=SYSTEM, line=line, fields=fields)
    for role in ("administrator", "viewer", "police_approver"):
        person(role)
    person("auditor", ASAHAN)
    return {"lead": examiner(), "other": examiner(), "auditor": person("auditor")}


def run_task():
    """As a worker runs it."""
    current_app.loader.import_default_modules()
    return current_app.tasks["asn_neutrality.remind_terms"].apply().get()


def told(kind):
    rows = Delivery.objects.filter(alert__kind=f"asn_neutrality.term_{kind}")
    return sorted(rows.values_list("recipient__username", flat=True))


def names(*users):
    return sorted(user.username for user in users)


def lead(case, user):
    actions.assign_lead(by=user, opened=flowing.open_by(user, case), lead=user)


def test_the_lead_is_reminded_then_all_examiners_then_the_auditor_once_each(users, report, clock):
    lead(report().report.case, users["lead"])
    given = {}
    for day in (1, 2, 3, 4, 5, 6, 30):
        clock(day)
        given[day] = [run_task(), run_task()]

    assert {day for day, counts in given.items() if counts == [1, 0]} == {2, 4, 5}
    assert sum(map(sum, given.values())) == 3
    assert told("near") == names(users["lead"])
    assert told("missed") == names(users["lead"], users["other"])
    assert told("escalated") == names(users["auditor"])
    assert list(TermNotice.objects.order_by("pk").values_list("kind", flat=True)) == [
        "near",
        "missed",
        "escalated",
    ]


def test_without_a_lead_all_examiners_are_reminded(users, report, clock):
    report()
    clock(2)
    run_task()

    assert told("near") == names(users["lead"], users["other"])


def test_the_alert_says_nothing_of_the_case_and_leads_to_the_list(users, report, clock):
    case = report().report.case
    clock(4)
    run_task()

    alert = Alert.objects.get(kind="asn_neutrality.term_missed")
    assert alert.link == "/netralitas-asn/tenggat/"
    for words in (case.number, "Fulan", "Camat", case.region.name, case.get_state_display()):
        assert words not in f"{alert.headlines}{alert.descriptions}"
    record = AuditEvent.objects.get(action="asn_neutrality.remind_term")
    assert f"mengingatkan tenggat perkara {case.number}: tenggat terlewat" in str(record)


def test_one_alert_leads_to_all_cases_that_are_due_at_the_same_time(users, report, clock):
    for _ in range(3):
        report()
    clock(2)

    assert run_task() == 3
    assert told("near") == names(users["lead"], users["other"])


def test_a_step_that_was_taken_starts_its_own_term(users, report, clock):
    opened = flowing.open_by(users["lead"], report().report.case)
    clock(2)
    assert run_task() == 1
    flowing.step(opened, users["lead"], "initial_review")
    clock(3)
    assert run_task() == 1
    flowing.step(opened, users["lead"], "dismissed")
    clock(30)

    assert run_task() == 0


def test_a_case_that_went_on_meanwhile_is_not_called_to_mind(users, report, clock):
    stale = report().report.case
    opened = flowing.open_by(users["lead"], stale)
    clock(4)
    flowing.step(opened, users["lead"], "initial_review")

    assert actions.remind_term(by=SYSTEM, case=stale, kind="missed") is None


def test_no_phone_rings_before_the_offices_open(users, report):
    report()
    before_seven = RECEIVED.replace(hour=23, minute=30) + timedelta(days=1)  # 06.30 in Jakarta

    assert give_due_notices(now=before_seven) == 0
    assert give_due_notices(now=before_seven + timedelta(hours=1)) == 1


def test_one_case_that_fails_does_not_hold_up_the_others(users, report, clock, monkeypatch, caplog):
    broken, whole = (report().report.case for _ in range(2))
    clock(4)
    tell = terms.tell_of_term

    def fail(**arguments):
        if arguments["case"] == broken:
            Alert(kind="x" * 100, region=broken.region).full_clean()
        tell(**arguments)

    monkeypatch.setattr(terms, "tell_of_term", fail)

    assert run_task() == 1
    assert TermNotice.objects.get().step.case == whole
    assert broken.number not in caplog.text
    monkeypatch.undo()
    clock_again = RECEIVED + timedelta(days=4)
    assert give_due_notices(now=clock_again) == 1


@pytest.mark.django_db(transaction=True)
def test_two_workers_at_once_give_a_notice_once(users, report, clock):
    report()
    clock(4)
    together = threading.Barrier(2)
    given = []

    def work():
        together.wait()
        try:
            given.append(give_due_notices())
        finally:
            connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(given) == [0, 1]
    assert Alert.objects.filter(kind="asn_neutrality.term_missed").count() == 1
