"""Who belongs to a case, and what happens to its key when that changes."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import OpenCase, open_report
from asn_neutrality.models import Case, Evidence, Member, Report
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing.codes import open_code
from asn_neutrality.sealing.primitives import CanNotOpen
from asn_neutrality.sealing.vault import Vault
from asn_neutrality.unlocking import EXAMINER, enter
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.people import actions as people
from tests.asn_neutrality.keys.conftest import (
    NEW_PASSPHRASE,
    accuse,
    opened_by,
    opens_all,
    reads,
)
from tests.asn_neutrality.made import NARRATIVE, PASSPHRASE, attachment, unlock_desk
from tests.conftest import ASAHAN


@pytest.fixture
def workshop(examiner, report, sign_in):
    """A case with a file, its examiner, and a client that has opened it."""
    user = examiner()
    received = report(files=[attachment()])
    case = received.report.case
    return user, received, case, unlock_desk(sign_in(user), user, [case])


def address(name, case, *more):
    return reverse(f"asn_neutrality:{name}", args=[case.pk, *more])


def add(client, case, user, why="load"):
    return client.post(address("add_member", case), {"user": user.pk, "why": why})


def remove(client, case, user, why="done"):
    member = Member.objects.get(case=case, user=user, removed_at=None)
    return client.post(address("remove_member", case, member.pk), {"why": why})


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


def test_who_was_removed_opens_nothing_and_the_old_key_neither(workshop, examiner):
    user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)
    old = opened_by(case, fellow)
    assert opens_all(old)

    assert remove(client, case, fellow).status_code == 302

    assert not reads(case, fellow)
    assert reads(case, user)
    stale = OpenCase(Case.objects.get(pk=case.pk), old.key)
    for entry in case.entries.select_related("report"):
        with pytest.raises(CanNotOpen):
            stale.read(entry)
        with pytest.raises(CanNotOpen):
            stale.files(entry) or stale.read(entry)
    assert client.get(address("members", case)).content.decode().count("Tugas dalam perkara") >= 1


def test_the_reporters_code_goes_on_opening_their_report_after_a_new_key(workshop):
    _user, received, case, client = workshop
    code = open_code(received.code)
    before = open_report(Report.objects.get(), code.key)

    assert client.post(address("rotate_key", case)).status_code == 302

    after = open_report(Report.objects.get(), code.key)
    entry = case.entries.get(kind="narrative")
    assert after.read(entry)["what"] == NARRATIVE
    [file] = after.files(entry)
    assert b"".join(file.content()) == b"%PDF-1.4 bukti %%EOF"
    with pytest.raises(CanNotOpen):
        before.read(entry)


def test_what_was_opened_with_the_old_key_writes_nothing_that_nobody_could_read(workshop):
    user, received, case, _client = workshop
    mine = opened_by(case, user)
    theirs = open_report(Report.objects.get(), open_code(received.code).key)
    actions.rotate_key(by=user, opened=opened_by(case, user))

    with pytest.raises(ValidationError, match="Kunci perkara ini baru saja"):
        actions.write_as_reporter(by=REPORTER, opened=theirs, text="Ada lagi", token="t-1")
    with pytest.raises(ValidationError, match="Kunci perkara ini baru saja"):
        actions.move(by=user, opened=mine, state="initial_review", details={"note": "rahasia"})
    with pytest.raises(ValidationError, match="Kunci perkara ini baru saja"):
        actions.rotate_key(by=user, opened=mine)
    assert reads(case, user)


def test_files_stay_as_they_are_and_open_after_a_new_key(workshop):
    user, _received, case, client = workshop
    evidence = Evidence.objects.get()
    stored = evidence.file.storage.path(evidence.file.name)
    before = Path(stored).read_bytes()

    client.post(address("rotate_key", case))

    again = Evidence.objects.get()
    assert Path(stored).read_bytes() == before
    assert again.file.name == evidence.file.name
    assert bytes(again.sealed) != bytes(evidence.sealed)
    [file] = opened_by(case, user).files(again.entry)
    assert b"".join(file.content()) == b"%PDF-1.4 bukti %%EOF"


def test_a_damaged_entry_leaves_all_as_it_was(workshop):
    user, _received, case, client = workshop
    entry = case.entries.get(kind="narrative")
    with writing():
        case.entries.filter(pk=entry.pk).update(sealed=b"x" * 80)
    keys = [bytes(wrap.sealed) for wrap in case.wraps.all()]

    page = client.post(address("rotate_key", case), follow=True).content.decode()

    assert "Kunci tidak diganti" in page
    assert [bytes(wrap.sealed) for wrap in case.wraps.all()] == keys
    assert opened_by(case, user).accused()["office"] == "Camat"


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


def test_a_new_key_goes_to_no_key_that_nobody_vouched_for(workshop, examiner):
    _user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)
    actions.make_key(by=fellow, passphrase=NEW_PASSPHRASE)

    client.post(address("rotate_key", case))

    assert not reads(case, fellow, NEW_PASSPHRASE)
    assert Member.objects.filter(case=case, user=fellow, removed_at=None).exists()


def test_a_new_key_ends_the_membership_of_who_lost_their_role(workshop, examiner):
    _user, _received, case, client = workshop
    fellow = examiner()
    add(client, case, fellow)
    for grant in fellow.grants.all():
        people.revoke_role(by=SYSTEM, grant=grant)
    assert "tidak berlaku lagi" in client.get(address("members", case)).content.decode()

    client.post(address("rotate_key", case))

    assert Member.objects.get(case=case, user=fellow).removed_why == "no_role"
    assert not reads(case, fellow)


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


def test_an_old_case_gets_its_key_when_an_examiner_first_opens_it(examiner, person, report):
    user, fellow, auditor = examiner(), examiner(), examiner(role="auditor")
    case = report().report.case
    with writing():
        case.wraps.all().delete()
        case.entries.filter(kind="accused").update(sealed=b"")
    old = case
    with writing():
        Case.objects.filter(pk=old.pk).update(is_sealed=False)
        Member.objects.filter(case=old).update(removed_at=old.steps.first().at)
    held = Vault(EXAMINER, user.pk, unlock(user, PASSPHRASE))
    stranger = Vault(EXAMINER, auditor.pk, unlock(auditor, PASSPHRASE))
    with pytest.raises(ValidationError, match="tidak tersegel"):
        enter(stranger, auditor, Case.objects.get(pk=old.pk), purpose="oversight")

    opened = enter(held, user, Case.objects.get(pk=old.pk), purpose="study")

    assert opened.accused()["name"] == ""
    assert opened_by(old, fellow).key == opened.key
    assert Case.objects.get(pk=old.pk).is_sealed
    with pytest.raises(PermissionDenied):
        actions.seal_old_case(by=person("viewer"), case=old)


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
