"""A case gets a new key when somebody leaves, when somebody asks, or when it had none."""

from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import OpenCase, open_report
from asn_neutrality.models import Case, Evidence, Member, Report
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing.codes import open_code
from asn_neutrality.sealing.primitives import CanNotOpen
from asn_neutrality.sealing.vault import Vault
from asn_neutrality.unlocking import EXAMINER, enter
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.people import actions as people
from tests.asn_neutrality.keys.conftest import (
    NEW_PASSPHRASE,
    opened_by,
    opens_all,
    reads,
)
from tests.asn_neutrality.keys.working import add, address, remove
from tests.asn_neutrality.made import NARRATIVE, PASSPHRASE


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
