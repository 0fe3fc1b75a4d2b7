"""Reporter and examiners write to each other, sealed; each reads what is meant for them."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import about_report, open_case
from asn_neutrality.models import Entry, Evidence, Member, Report
from asn_neutrality.sealing.primitives import seal
from forkopimda.alerts.models import Alert, Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.audit.words import known_actions
from forkopimda.lib.guard import writing

from .made import NARRATIVE, PASSPHRASE, unlock_desk
from .talking import (
    PDF,
    STATUS,
    at_desk,
    follow_up,
    move_report,
    page_of,
    say,
    talk_of,
    token_of,
    upload,
    words,
)


@pytest.fixture
def user(examiner):
    return examiner(display_name="Pemeriksa Uji")


@pytest.fixture
def received(user, report):
    return report()


def test_both_sides_read_what_the_other_wrote(received, user):
    reporter, desk = follow_up(received.code), at_desk(user, received.report.case)
    case_page = desk.get(talk_of(received.report))
    assert "Belum ada pesan." in words(case_page)

    desk.post(talk_of(received.report), {"text": "Kapan persisnya?", "token": token_of(case_page)})
    seen = words(reporter.get(STATUS))
    assert "Pemeriksa" in seen
    assert "Kapan persisnya?" in seen
    assert "Pemeriksa Uji" not in seen

    answer = say(reporter, "Senin pagi,\nsebelum apel", files=[upload("undangan.pdf")])
    assert answer.status_code == 302
    assert "Pesan terkirim ke pemeriksa." in words(reporter.get(STATUS))
    assert "Pesan terkirim ke pemeriksa." not in words(reporter.get(STATUS))

    read = words(desk.get(talk_of(received.report)))
    assert "Senin pagi, sebelum apel" in read
    assert "undangan.pdf" in read
    assert read.index("Kapan persisnya?") < read.index("Senin pagi")
    assert "Anonim" in read


def test_the_case_page_shows_the_conversation_and_takes_an_answer(received, user):
    case, desk = received.report.case, at_desk(user, received.report.case)
    say(follow_up(received.code), "ada saksi lain")

    page = desk.get(page_of(case))
    assert "ada saksi lain" in words(page)
    answer = desk.post(talk_of(received.report), {"text": "Siapa?", "token": "b"}, follow=True)

    assert answer.redirect_chain[-1][0].startswith(page_of(case))
    assert "Siapa?" in words(answer)
    assert "Siapa?" in words(follow_up(received.code).get(STATUS))


def test_a_report_that_must_be_completed_is_asked_about_by_message(received, user):
    case = received.report.case
    opened = open_case(case, user, unlock(user, PASSPHRASE))
    actions.move(by=user, opened=opened, state="initial_review")
    assert "menunggu pelapor melengkapi" not in words(at_desk(user, case).get(page_of(case)))
    actions.move(by=user, opened=opened, state="completion", details={"missing": "tanggalnya"})

    assert "menunggu pelapor melengkapi" in words(at_desk(user, case).get(page_of(case)))
    page = words(follow_up(received.code).get(STATUS))
    assert "perlu dilengkapi" in page
    assert "tanggalnya" not in page


def test_the_examiners_file_opens_to_its_reporter_alone(user, report):
    mine, other = report(), report()
    desk = at_desk(user, mine.report.case)
    sent = {"text": "", "token": "c", "files": [upload("surat.pdf")]}
    assert desk.post(talk_of(mine.report), sent).status_code == 302
    evidence = Evidence.objects.get()

    reporter = follow_up(mine.code)
    address = f"/lapor/status/bukti/{evidence.pk}/"
    assert address in reporter.get(STATUS).content.decode()
    answer = reporter.get(address)

    assert answer.content == PDF
    assert "attachment" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    assert follow_up(other.code).get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_the_reporters_own_files_are_named_and_not_handed_out_again(received):
    reporter = follow_up(received.code)
    say(reporter, "", files=[upload("rahasia.pdf")])

    page = reporter.get(STATUS)

    assert "rahasia.pdf" in words(page)
    assert "/lapor/status/bukti/" not in page.content.decode()
    address = f"/lapor/status/bukti/{Evidence.objects.get().pk}/"
    assert reporter.get(address).status_code == 404


def test_reporters_of_a_merged_case_never_see_each_other(user, report):
    main, copy = report(), report(narrative={"what": "laporan kedua"})
    case = main.report.case
    opened = open_case(copy.report.case, user, unlock(user, PASSPHRASE))
    # Merging seals the report's key anew for the case that it moves to.
    reseal(copy.report, opened, open_case(case, user, unlock(user, PASSPHRASE)))
    move_report(copy.report, case)
    desk = at_desk(user, case)
    copy.report.refresh_from_db()
    say(follow_up(main.code), "pesan pelapor pertama")
    say(follow_up(copy.code), "pesan pelapor kedua")
    for each, text in ((main, "jawaban pertama"), (copy, "jawaban kedua")):
        assert desk.post(talk_of(each.report), {"text": text, "token": text}).status_code == 302

    first, second = (words(follow_up(each.code).get(STATUS)) for each in (main, copy))

    assert "jawaban pertama" in first
    assert "pesan pelapor pertama" in first
    assert "kedua" not in first
    assert "jawaban kedua" in second
    assert "pesan pelapor kedua" in second
    assert "pertama" not in second
    both = words(desk.get(page_of(case)))
    assert "pesan pelapor pertama" in both
    assert "pesan pelapor kedua" in both
    assert main.report.number in both
    assert copy.report.number in both


def reseal(report, old, new):
    with writing():
        report.key_for_case = seal(new.key, old.report_key(report), about_report(report))
        report.save()


def told():
    return Delivery.objects.filter(alert__kind="asn_neutrality.message").count()


def test_members_are_told_once_until_they_have_read(received, user):
    reporter, desk, case = (
        follow_up(received.code),
        at_desk(user, received.report.case),
        received.report.case,
    )
    say(reporter, "satu")
    assert told() == 0  # the report itself waits to be read, and that was told

    desk.get(page_of(case))
    assert not Report.objects.get().is_unread
    say(reporter, "dua")
    say(reporter, "tiga")
    assert told() == 1
    assert Report.objects.get().is_unread

    desk.get(talk_of(received.report))
    say(reporter, "empat")
    assert told() == 2


def test_the_alert_names_neither_case_nor_words(received, user):
    at_desk(user, received.report.case).get(page_of(received.report.case))
    say(follow_up(received.code), "kata-kata rahasia")

    alert = Alert.objects.get(kind="asn_neutrality.message")

    said = f"{alert.headlines} {alert.descriptions} {alert.link}"
    for secret in ("kata-kata", received.report.number, f"/{received.report.case_id}/", "NET-ASN"):
        assert secret not in said


def test_a_past_member_is_not_told(received, user, examiner):
    at_desk(user, received.report.case).get(page_of(received.report.case))
    with writing():
        Member.objects.update(removed_at="2024-12-01T00:00Z", removed_by="x", removed_why="x")

    say(follow_up(received.code), "halo")

    assert told() == 0


def test_what_an_auditor_reads_stays_new_for_the_examiners(received, examiner, sign_in, user):
    case = received.report.case
    auditor = examiner(role="auditor")

    assert sign_in(auditor).get(page_of(case)).status_code == 200
    assert Report.objects.get().is_unread


def test_the_audit_has_that_a_message_was_written_and_no_word_of_it(received, user):
    say(follow_up(received.code), "kata-kata rahasia", files=[upload("nama rahasia.pdf")])
    desk = at_desk(user, received.report.case)
    desk.post(talk_of(received.report), {"text": "jawaban rahasia", "token": "f"})

    acts = ["asn_neutrality.write_as_reporter", "asn_neutrality.reply"]
    events = AuditEvent.objects.filter(action__in=acts).order_by("id")
    assert [event.action for event in events] == acts
    assert set(acts) <= known_actions()
    assert events[0].actor == "pelapor"
    for event in AuditEvent.objects.all():
        assert "rahasia" not in f"{event.data} {event.target}"


def test_nothing_of_a_message_stands_in_the_clear(received):
    say(follow_up(received.code), "kata-kata rahasia", files=[upload("nama-rahasia.pdf")])

    with connection.cursor() as cursor:
        for table in ("entry", "evidence", "report", "case"):
            cursor.execute(f"SELECT t::text FROM asn_neutrality_{table} t")  # noqa: S608
            assert "rahasia" not in str(cursor.fetchall())
    with Evidence.objects.get().file.open("rb") as stored:
        assert b"isi bukti" not in stored.read()


def test_whoever_is_no_member_reads_and_writes_nothing(received, examiner, person, sign_in, user):
    case, report = received.report.case, received.report
    other = examiner()
    for stranger in (other, person("administrator"), person("viewer")):
        client = (
            unlock_desk(sign_in(stranger), stranger) if stranger == other else sign_in(stranger)
        )
        for answer in (client.get(talk_of(report)), client.post(talk_of(report), {"text": "x"})):
            assert answer.status_code in {403, 404}
    assert Client().get(talk_of(report)).status_code == 302
    assert not Entry.objects.filter(kind="to_reporter").exists()
    assert case.entries.count() == 2


def test_an_auditor_who_was_not_let_in_can_not_answer(received, examiner, sign_in):
    auditor = examiner(role="auditor")
    client = sign_in(auditor)

    assert client.get(talk_of(received.report)).status_code == 302
    assert client.post(talk_of(received.report), {"text": "x"}).status_code == 403


def test_a_report_of_another_case_is_not_found_under_this_one(user, report):
    mine, other = report(), report()
    desk = at_desk(user, mine.report.case, other.report.case)

    wrong = f"/netralitas-asn/{mine.report.case_id}/pesan/{other.report.pk}/"
    assert desk.get(wrong).status_code == 404
    assert desk.post(wrong, {"text": "x"}).status_code == 404


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_long_conversations_cost_no_more_queries_and_come_in_pages(received, user):
    reporter, desk = follow_up(received.code), at_desk(user, received.report.case)
    address = talk_of(received.report)
    say(reporter, "pesan 0", files=[upload()])
    desk.get(address)
    few = (
        queries(reporter, STATUS),
        queries(desk, address),
        queries(desk, page_of(received.report.case)),
    )
    for number in range(1, 12):
        say(reporter, f"pesan {number}")
        desk.post(address, {"text": f"tanya {number}", "token": str(number)})
    desk.get(address)

    many = (
        queries(reporter, STATUS),
        queries(desk, address),
        queries(desk, page_of(received.report.case)),
    )

    assert many == few
    last = words(reporter.get(STATUS))
    assert "pesan 11" in last
    assert NARRATIVE not in last
    assert NARRATIVE in words(reporter.get(f"{STATUS}?page=1"))
