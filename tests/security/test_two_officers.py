"""Two officers send at the same moment: one is stored, the other is told what happened and who."""

import threading

import pytest
from django.db import connection
from django.test import Client

from forkopimda.regions.models import Region
from security import actions
from security.models import Proposal, RiskRating
from tests.conftest import LAUT_TADOR


def at_once(*calls):
    """Runs each call in a thread of its own, with its own connection, all from one moment on."""
    together = threading.Barrier(len(calls))

    def run(call):
        together.wait()
        try:
            call()
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[call]) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_send_at_once_one_is_told_of_the_other(person):
    outcomes = []

    def send(officer, level):
        region = Region.objects.get(pk=LAUT_TADOR)
        try:
            actions.rate_region(by=officer, region=region, level=level, reason="serentak", seen=0)
            outcomes.append("stored")
        except actions.StaleRating as stale:
            outcomes.append(stale.current.level)

    first, second = person("police_approver"), person("police_approver")
    at_once(lambda: send(first, "high"), lambda: send(second, "medium"))

    stored = RiskRating.objects.of(LAUT_TADOR).get()
    assert sorted(outcomes) == sorted(["stored", stored.level])


@pytest.mark.django_db(transaction=True)
def test_of_two_approvers_who_decide_at_once_one_is_told_what_the_other_did(person, regions):
    polsek = person("police_operator", LAUT_TADOR)
    proposal = actions.propose_level(
        by=polsek, region=regions[LAUT_TADOR], level="high", reason="Bentrok"
    )
    names = ["Bagops Pagi", "Bagops Malam"]
    officers = [person("police_approver", display_name=name) for name in names]
    answers = {}

    def decide(officer, **sent):
        client = Client()
        client.force_login(officer)
        page = client.post(f"/kerawanan/usulan/{proposal.pk}/", {"seen": 0, **sent})
        answers[officer.display_name] = (page.status_code, page.content.decode())

    at_once(
        lambda: decide(officers[0], putusan="setuju"),
        lambda: decide(officers[1], putusan="kembalikan", remark="Kurang bukti"),
    )

    decided = Proposal.objects.get()
    winner = decided.decided_by.display_name
    loser = next(name for name in names if name != winner)
    assert answers[winner][0] == 302
    assert answers[loser][0] == 409
    done = "Disetujui" if decided.state == "approved" else "Dikembalikan"
    assert f"{done} {winner} pada" in answers[loser][1]
    assert RiskRating.objects.count() == (1 if decided.state == "approved" else 0)


@pytest.mark.django_db(transaction=True)
def test_a_rating_and_an_approval_at_once_leave_one_story(person, regions):
    polsek = person("police_operator", LAUT_TADOR)
    region = regions[LAUT_TADOR]
    proposal = actions.propose_level(by=polsek, region=region, level="high", reason="Bentrok")
    first, second = person("police_approver"), person("police_approver")
    refused = []

    def approve():
        try:
            actions.decide_proposal(by=first, proposal=proposal, approve=True, seen=0)
        except actions.DecidedProposal as decided:
            refused.append(decided.proposal.state)

    def rate():
        try:
            actions.rate_region(by=second, region=region, level="low", reason="Tenang", seen=0)
        except actions.StaleRating as stale:
            refused.append(stale.current.level)

    at_once(approve, rate)

    stored = RiskRating.objects.of(LAUT_TADOR).get()
    proposal.refresh_from_db()
    assert (stored.level, proposal.state, refused) in [
        ("high", "approved", ["high"]),
        ("low", "overtaken", ["overtaken"]),
    ]
