"""Cases get their numbers, and neither the database nor other code takes what can not be."""

import datetime
import threading

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from asn_neutrality import actions
from asn_neutrality.actions.intake import AlreadyReceived
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case
from asn_neutrality.models import Case, CaseStep, Opening, Report
from forkopimda.lib import live
from forkopimda.lib.guard import WriteOutsideAction
from tests.asn_neutrality.made import PASSPHRASE
from tests.conftest import ASAHAN, BATU_BARA

REGISTER = "/netralitas-asn/"


def test_each_region_counts_its_reports_of_each_year_by_itself(examiner, report):
    examiner()
    examiner(ASAHAN)
    numbers = [
        report().report.number,
        report().report.number,
        report(received_on=datetime.date(2023, 12, 31)).report.number,
        report(ASAHAN).report.number,
    ]

    assert numbers == [
        "001/NET-ASN/12.19/2024",
        "002/NET-ASN/12.19/2024",
        "001/NET-ASN/12.19/2023",
        "001/NET-ASN/12.09/2024",
    ]


@pytest.mark.django_db(transaction=True)
def test_reports_that_come_at_the_same_moment_get_numbers_of_their_own(examiner, report):
    examiner()

    at_once(4, report)

    assert sorted(Case.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]


@pytest.mark.django_db(transaction=True)
def test_a_form_that_is_sent_twice_at_the_same_moment_is_received_once(examiner, report):
    examiner()

    outcomes = at_once(3, lambda: report(token="satu-formulir"))

    assert Report.objects.count() == Case.objects.count() == 1
    assert [type(each) for each in outcomes].count(AlreadyReceived) == 2


@pytest.mark.django_db(transaction=True)
def test_of_two_examiners_who_take_a_case_on_at_the_same_moment_one_is_told(examiner, report):
    users = [examiner(), examiner()]
    case = report().report.case
    desks = [open_case(case, user, unlock(user, PASSPHRASE)) for user in users]
    turns = iter(zip(users, desks, strict=True))

    def take_on():
        by, opened = next(turns)
        return actions.move(by=by, opened=opened, state="initial_review")

    outcomes = at_once(2, take_on)

    assert [type(each) for each in outcomes].count(ValidationError) == 1
    assert list(case.steps.values_list("state", flat=True)) == ["information", "initial_review"]


@pytest.mark.django_db(transaction=True)
def test_only_the_pages_of_readers_hear_that_a_case_moved(examiner, person, report):
    readers = {examiner().pk, person("auditor", "").pk}
    for role, code in (("viewer", BATU_BARA), ("administrator", ""), ("auditor", ASAHAN)):
        person(role, code)
    live.client().delete(live.STREAM)

    report()

    events = [event for _key, event in live.client().xrange(live.STREAM)]
    heard = [event for event in events if event["topic"] == "asn_neutrality"]
    assert heard
    for event in heard:
        assert event["region"] == ""
        assert {int(pk) for pk in event["users"].split(",")} == readers


def at_once(times, act):
    """What came of doing it so many times at the same moment, what was raised included."""
    together, outcomes = threading.Barrier(times), []

    def do():
        together.wait()
        try:
            outcomes.append(act())
        except (AlreadyReceived, ValidationError) as error:
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=do) for _ in range(times)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(outcomes) == times
    return outcomes


IMPOSSIBLE = [
    "UPDATE asn_neutrality_casestep SET state = 'dismissed', reason = 'mistake'",
    "DELETE FROM asn_neutrality_casestep",
    "DELETE FROM asn_neutrality_case",
    "UPDATE asn_neutrality_case SET state = 'entah'",
    "UPDATE asn_neutrality_case SET kind = 'entah'",
    "UPDATE asn_neutrality_case SET due_on = NULL",
    "UPDATE asn_neutrality_case SET state = 'dismissed'",
    "UPDATE asn_neutrality_case SET erased_at = now()",
    "UPDATE asn_neutrality_case SET received_on = '2020-01-01'",
    "UPDATE asn_neutrality_opening SET by_name = 'x'",
    "DELETE FROM asn_neutrality_opening",
    "INSERT INTO asn_neutrality_casestep"
    " (case_id, previous, state, at, by_name, reason, recipient)"
    " SELECT id, 'received', 'dismissed', now(), 'x', '', '' FROM asn_neutrality_case",
    "INSERT INTO asn_neutrality_casestep"
    " (case_id, previous, state, at, by_name, reason, recipient, due_on)"
    " SELECT id, 'received', 'sanctioned', now(), 'x', '', '', now() FROM asn_neutrality_case",
    "INSERT INTO asn_neutrality_case (number, region_id, year, serial, kind, received_on,"
    " state, due_on, size_class, is_sealed) SELECT 'lain', region_id, year, serial, kind,"
    " received_on, state, due_on, size_class, true FROM asn_neutrality_case",
]


def is_taken(statement):
    """Whether the database would take a statement."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")
    except IntegrityError:
        return False
    return True


def test_the_database_refuses_what_can_not_be(examiner, report):
    user = examiner()
    case = report().report.case
    actions.note_opening(by=user, case=case, what="case", purpose="study")

    assert not [statement for statement in IMPOSSIBLE if is_taken(statement)]


def test_code_outside_the_actions_can_not_store_a_case(examiner, report):
    examiner()
    case = report().report.case
    with pytest.raises(WriteOutsideAction):
        case.save()
    with pytest.raises(WriteOutsideAction):
        CaseStep.objects.create(case=case, state="dismissed", reason="mistake")
    with pytest.raises(WriteOutsideAction):
        Opening.objects.create(case=case, region=case.region, what="case", purpose="study")
