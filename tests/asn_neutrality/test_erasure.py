"""What was not proven is forgotten after its time: content, files, keys and codes; counts stay."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.db import connection
from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.clock import retention_days
from asn_neutrality.erasing import erase_due
from asn_neutrality.models import Case, Entry, Evidence, Member, Report, Wrap
from asn_neutrality.sealing.codes import open_code
from asn_neutrality.sealing.primitives import CanNotOpen
from asn_neutrality.tracking import track
from forkopimda.lib.authority import SYSTEM

from .filing import dismiss, opened, write
from .made import attachment

SECRETS = ("Pelapor Kedua", "0812000", "Camat mengajak")


@pytest.fixture
def closed(examiner, report):
    """An examiner, and a confidential report with a file whose case was dismissed."""
    user = examiner()
    received = report(
        standing="confidential",
        identity={"name": "Pelapor Kedua", "contact": "0812000"},
        files=[attachment()],
    )
    write(received.report.case, user, "note", text="Catatan pemeriksa")
    dismiss(received.report.case, user)
    return user, received


def later(case, days):
    """Puts the last step of the case as many days back; steps are not rewritten otherwise."""
    last = case.steps.last()
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        cursor.execute(
            "UPDATE asn_neutrality_casestep SET at = %s WHERE id = %s",
            [timezone.now() - timedelta(days=days, minutes=1), last.pk],
        )
        cursor.execute("SET LOCAL session_replication_role = origin")


def kept(media):
    """The files in the media folder."""
    return [path for path in media.rglob("*") if path.is_file()]


def test_an_unproven_case_is_emptied_after_its_time_and_its_files_are_gone(closed, media):
    user, received = closed
    case = received.report.case
    steps = case.steps.count()
    assert len(kept(media)) == 1
    later(case, retention_days())

    call_command("erase_unproven", stdout=StringIO())

    assert not kept(media)
    assert not Evidence.objects.exists()
    assert not Wrap.objects.filter(case=case).exists()
    assert not Member.objects.filter(case=case, removed_at=None).exists()
    assert {bytes(entry.sealed) for entry in Entry.objects.filter(case=case)} == {b""}
    report = Report.objects.get()
    keys = (
        report.reporter_public,
        report.reporter_private,
        report.key_for_reporter,
        report.key_for_case,
    )
    assert [bytes(key) for key in keys] == [b""] * 4
    assert report.standing == "anonymous"
    assert bytes(report.lookup) != open_code(received.code).lookup
    assert bytes(report.submission) != bytes(received.report.submission)
    assert track(received.code) is None
    with pytest.raises(CanNotOpen):
        opened(case, user)
    case = Case.objects.get(pk=case.pk)
    assert case.erased_at
    assert (case.kind, case.state, case.steps.count()) == ("directing", "dismissed", steps)


def test_one_day_before_its_time_nothing_is_erased(closed, media):
    _user, received = closed
    later(received.report.case, retention_days() - 1)

    assert erase_due().cases == 0
    assert not actions.erase_case(by=SYSTEM, case=received.report.case)

    assert track(received.code) is not None
    assert len(kept(media)) == 1


def test_a_case_that_was_reopened_or_proven_is_kept(closed, report):
    user, received = closed
    case = received.report.case
    later(case, retention_days())
    held = opened(case, user)
    actions.move(by=user, opened=held, state="initial_review", details={"why": "Bukti baru"})
    working = report()
    later(case, retention_days() + 1)
    later(working.report.case, retention_days() + 1)

    assert erase_due().cases == 0

    assert not Case.objects.exclude(erased_at=None).exists()
    assert track(received.code) is not None


def test_a_merged_duplicate_goes_with_its_main_case_and_not_before(closed, report, media):
    user, received = closed
    main = report(files=[attachment()]).report.case
    duplicate = report(files=[attachment()])
    actions.merge(by=user, duplicate=opened(duplicate.report.case, user), main=opened(main, user))
    later(received.report.case, 0)
    later(duplicate.report.case, retention_days() + 1)
    assert erase_due().cases == 0
    dismiss(main, user)
    later(main, retention_days())

    assert erase_due().cases == 2

    for case in (main, duplicate.report.case):
        assert Case.objects.get(pk=case.pk).erased_at
    assert not Case.objects.get(pk=received.report.case.pk).erased_at
    assert track(duplicate.code) is None
    assert len(kept(media)) == 1


def test_a_dry_run_counts_and_erases_nothing(closed, media):
    _user, received = closed
    later(received.report.case, retention_days())
    said = StringIO()

    call_command("erase_unproven", "--dry-run", stdout=said)

    assert said.getvalue().strip() == "akan dihapus: isi 1 perkara, 1 laporan, 1 berkas."
    assert received.report.number not in said.getvalue()
    assert len(kept(media)) == 1
    assert track(received.code) is not None


def test_a_file_that_can_not_be_deleted_is_tried_again(closed, media, monkeypatch):
    _user, received = closed
    later(received.report.case, retention_days())

    def fail(_self, _name):
        raise PermissionError(13, "Permission denied")

    with monkeypatch.context() as patch:
        patch.setattr(FileSystemStorage, "delete", fail)
        said = StringIO()
        call_command("erase_unproven", stdout=said)
    assert "1 berkas belum terhapus" in said.getvalue()
    assert len(kept(media)) == 1
    assert bytes(Evidence.objects.get().sealed) == b""

    done = erase_due()

    assert (done.cases, done.files, done.left) == (0, 1, 0)
    assert not kept(media)
    assert not Evidence.objects.exists()


def test_running_twice_changes_nothing_more(closed):
    _user, received = closed
    later(received.report.case, retention_days())
    assert erase_due().cases == 1
    first = Case.objects.get().erased_at

    assert erase_due().cases == 0

    assert Case.objects.get().erased_at == first


def test_the_auditor_reads_what_became_of_it(closed, examiner, desk):
    user, received = closed
    case = received.report.case
    auditor = examiner(role="auditor")
    later(case, retention_days())
    erase_due()

    page = desk(auditor).get(f"/netralitas-asn/{case.pk}/").content.decode()

    assert "dihapus" in page
    for secret in SECRETS:
        assert secret not in page
    assert "/tulis/" not in page
    assert "/dokumen/" not in page
    assert desk(user).get(f"/netralitas-asn/{case.pk}/").status_code == 404


def test_nobody_erases_by_hand(closed, examiner, person):
    user, received = closed
    later(received.report.case, retention_days())
    for by in (user, examiner(role="auditor"), person("administrator")):
        with pytest.raises(PermissionDenied):
            actions.erase_case(by=by, case=received.report.case)
