"""What is sealed opens to its examiners and to its reporter, and to nobody else."""

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case, open_report
from asn_neutrality.models import Case, Report
from asn_neutrality.sealing.codes import open_code
from asn_neutrality.sealing.vault import Vault
from asn_neutrality.unlocking import enter
from tests.asn_neutrality.conftest import NARRATIVE, PASSPHRASE, attachment


def test_a_report_opens_to_the_examiner_and_to_its_reporter(examiner, report):
    user = examiner()
    received = report(files=[attachment()])
    case = received.report.case

    opened = open_case(case, user, unlock(user, PASSPHRASE))
    entry = case.entries.get(kind="narrative")
    assert opened.read(entry)["what"] == NARRATIVE
    assert opened.accused()["office"] == "Camat"
    [file] = opened.files(entry)
    assert b"".join(file.content()) == b"%PDF-1.4 bukti %%EOF"

    code = open_code(received.code)
    mine = open_report(Report.objects.get(lookup=code.lookup), code.key)
    assert mine.read(entry)["what"] == NARRATIVE


def test_flow(examiner, report):
    user = examiner()
    received = report()
    opened = enter(
        Vault("examiner", user.pk, unlock(user, PASSPHRASE)),
        user,
        received.report.case,
        purpose="screening",
    )
    for state in ("initial_review", "registered", "study"):
        actions.move(by=user, opened=opened, state=state)
    assert Case.objects.get().due_on
