"""Who belongs to a case, and what happens to its key when that changes."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.models import Case, Member
from asn_neutrality.sealing.vault import Vault
from asn_neutrality.unlocking import EXAMINER, enter
from forkopimda.audit.models import AuditEvent
from tests.asn_neutrality.keys.conftest import (
    accuse,
    opened_by,
    reads,
)
from tests.asn_neutrality.keys.working import add, address, remove
from tests.asn_neutrality.made import PASSPHRASE, unlock_desk
from tests.conftest import ASAHAN


def test_an_examiner_lets_a_fellow_in_who_then_reads_the_case(workshop, examiner):
    user, _received, case, client = workshop
    fellow = examiner()
    assert not reads(case, fellow)

    assert add(client, case, fellow).status_code == 302

    assert reads(case, fellow)
    assert reads(case, user)
    page = client.get(address("members", case)).content.decode()
    assert str(fellow) in page
    assert fellow.deliveries.get().alert.kind == "asn_neutrality.member"
    assert case.number not in fellow.deliveries.get().alert.description


def test_an_auditor_who_was_let_in_reads_and_lets_nobody_in(workshop, examiner, sign_in):
    _user, _received, case, client = workshop
    auditor, fellow = examiner(role="auditor"), examiner()
    add(client, case, auditor, "oversight")
    assert reads(case, auditor)

    desk = unlock_desk(sign_in(auditor), auditor, [case])

    assert desk.get(address("members", case)).status_code == 200
    assert add(desk, case, fellow).status_code == 403
    assert not reads(case, fellow)


def test_who_may_not_be_let_in(workshop, examiner, person, unit):
    user, _received, case, client = workshop
    keyless = person("asn_examiner")
    for other in (examiner(ASAHAN), keyless, person("viewer"), user):
        assert add(client, case, other).status_code == 422
        with pytest.raises(ValidationError):
            actions.add_member(by=user, opened=opened_by(case, user), user=other, why="load")
    fellow = examiner()
    assert add(client, case, fellow, why="saya mau").status_code == 422
    assert client.post(address("add_member", case), {"user": "x" * 99}).status_code == 422
    assert Member.objects.filter(case=case).count() == 1


def test_an_examiner_of_the_accuseds_unit_is_refused_everywhere(
    examiner, report, sign_in, unit, recovery
):
    user, fellow = examiner(), examiner()
    actions.set_home_unit(by=fellow, unit=unit)
    case = report(**accuse(unit)).report.case
    client = unlock_desk(sign_in(user), user, [case])
    assert not Member.objects.filter(case=case, user=fellow).exists()

    answer = add(client, case, fellow)

    assert answer.status_code == 422
    assert "bertugas di unit pihak yang dilaporkan" in answer.content.decode()
    assert not reads(case, fellow)


def test_who_moves_to_the_accuseds_unit_is_shut_out_at_once(examiner, report, sign_in, unit):
    user, fellow = examiner(), examiner()
    case = report(**accuse(unit)).report.case
    client = unlock_desk(sign_in(fellow), fellow, [case])
    assert "Tambahkan anggota" in client.get(address("members", case)).content.decode()
    actions.set_home_unit(by=fellow, unit=unit)

    assert "Tambahkan anggota" not in client.get(address("members", case)).content.decode()
    assert client.post(address("rotate_key", case)).url == address("detail", case)
    with pytest.raises(ValidationError, match="unit pihak yang dilaporkan"):
        enter(Vault(EXAMINER, fellow.pk, unlock(fellow, PASSPHRASE)), fellow, case, purpose="study")
    with pytest.raises(ValidationError, match="unit pihak yang dilaporkan"):
        actions.rotate_key(by=fellow, opened=opened_by(case, fellow))

    actions.rotate_key(by=user, opened=opened_by(case, user))
    assert not reads(case, fellow)
    assert Member.objects.get(case=case, user=fellow).removed_why == "conflict"


def test_who_declares_a_conflict_leaves_and_does_not_come_back(workshop, examiner):
    user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)

    answer = client.post(address("recuse", case), {"why": "conflict", "understood": "on"})

    assert answer.url == reverse("asn_neutrality:register")
    assert not reads(case, user)
    assert reads(case, fellow)
    assert client.get(address("members", case)).status_code == 404
    with pytest.raises(ValidationError, match="menyatakan berkepentingan"):
        actions.add_member(by=fellow, opened=opened_by(case, fellow), user=user, why="load")


def test_the_last_who_can_open_a_case_stays_until_there_is_a_recovery_key(
    workshop, examiner, recovery
):
    user, _received, case, client = workshop
    add(client, case, examiner(role="auditor"), "oversight")
    leaving = {"why": "moved", "understood": "on"}

    answer = client.post(address("recuse", case), leaving)
    assert answer.status_code == 422
    assert "Tidak ada pemeriksa lain" in answer.content.decode()
    assert reads(case, user)

    recovery(user)
    assert client.post(address("recuse", case), leaving).status_code == 302
    assert not reads(case, user)
    assert case.wraps.filter(recovery__isnull=False).count() == 1


def test_the_lead_who_leaves_leads_no_longer(workshop, examiner):
    user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)
    actions.assign_lead(by=user, opened=opened_by(case, user), lead=fellow)

    remove(client, case, fellow)

    assert Case.objects.get(pk=case.pk).lead is None


def test_the_page_is_closed_until_the_case_was_opened(workshop, examiner, sign_in, desk):
    _user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)
    stranger = examiner()
    names = ("members", "add_member", "rotate_key", "recuse")

    for closed in (sign_in(fellow), desk(fellow)):
        page = closed.get(address("members", case)).content.decode()
        assert "buka dahulu berkas perkara" in page
        assert "Tambahkan anggota" not in page
        assert closed.post(address("rotate_key", case)).url == address("detail", case)
    for foreign in (desk(stranger), desk(examiner(ASAHAN))):
        for name in names:
            method = foreign.get if name == "members" else foreign.post
            assert method(address(name, case)).status_code == 404
    assert reads(case, fellow)


def test_what_the_audit_trail_says_names_nobody_but_officials(workshop, examiner):
    _user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)
    remove(client, case, fellow)

    acts = AuditEvent.objects.filter(action__startswith="asn_neutrality.")
    assert {"add_member", "remove_member"} <= {act.action.split(".")[1] for act in acts}
    assert not any("Fulan" in str(act.data) for act in acts)


def test_the_page_asks_as_little_of_many_members_as_of_few(workshop, examiner):
    _user, _received, case, client = workshop
    client.get(address("members", case))
    with CaptureQueriesContext(connection) as few:
        client.get(address("members", case))
    for _number in range(4):
        add(client, case, examiner())

    with CaptureQueriesContext(connection) as many:
        client.get(address("members", case))

    assert len(many) <= len(few)
