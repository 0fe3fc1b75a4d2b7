"""Reporter and examiners write to each other, sealed; each reads what is meant for them."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from asn_neutrality.actions import conversation
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import about_report, open_case
from asn_neutrality.models import Entry, Evidence, Member, Report
from asn_neutrality.sealing.primitives import seal
from forkopimda.alerts.models import Alert, Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.audit.words import known_actions
from forkopimda.lib.guard import writing

from .made import NARRATIVE, PASSPHRASE, unlock_desk
from .talking import MESSAGE, STATUS, follow_up, move_report, token_of, words

PDF = b"%PDF-1.4 isi bukti %%EOF"


@pytest.fixture
def user(examiner):
    return examiner(display_name="Pemeriksa Uji")


@pytest.fixture
def received(user, report):
    return report()


@pytest.fixture
def at_desk(user, sign_in):
    """The examiner's browser with these cases opened: `at_desk(case)`."""

    def enter(*cases, who=user):
        return unlock_desk(sign_in(who), who, cases)

    return enter


def page_of(case):
    return f"/netralitas-asn/{case.pk}/"


def talk_of(report):
    return f"/netralitas-asn/{report.case_id}/pesan/{report.pk}/"


def upload(name="bukti.pdf", content=PDF, kind="application/pdf"):
    return SimpleUploadedFile(name, content, kind)


def say(client, text, **fields):
    """What the reporter writes, sent as their page's form does."""
    token = token_of(client.get(STATUS))
    return client.post(MESSAGE, {"text": text, "token": token, **fields})


def test_both_sides_read_what_the_other_wrote(received, at_desk):
    reporter, desk = follow_up(received.code), at_desk(received.report.case)
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


def test_the_case_page_shows_the_conversation_and_takes_an_answer(received, at_desk):
    case, desk = received.report.case, at_desk(received.report.case)
    say(follow_up(received.code), "ada saksi lain")

    page = desk.get(page_of(case))
    assert "ada saksi lain" in words(page)
    answer = desk.post(talk_of(received.report), {"text": "Siapa?", "token": "b"}, follow=True)

    assert answer.redirect_chain[-1][0].startswith(page_of(case))
    assert "Siapa?" in words(answer)
    assert "Siapa?" in words(follow_up(received.code).get(STATUS))


def test_the_examiners_file_opens_to_its_reporter_alone(user, report, at_desk):
    mine, other = report(), report()
    desk = at_desk(mine.report.case)
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


def test_the_same_form_sent_twice_is_stored_once(received, at_desk):
    reporter, desk = follow_up(received.code), at_desk(received.report.case)
    twice = {"text": "sekali saja", "token": "satu"}
    for _each in range(2):
        assert reporter.post(MESSAGE, {**twice, "files": [upload()]}).status_code == 302
        assert desk.post(talk_of(received.report), {**twice, "text": "x"}).status_code == 302

    assert Entry.objects.filter(kind="from_reporter").count() == 1
    assert Entry.objects.filter(kind="to_reporter").count() == 1
    assert Evidence.objects.count() == 1


def test_a_token_of_another_report_meets_nothing(user, report):
    for each in (report(), report()):
        follow_up(each.code).post(MESSAGE, {"text": "halo", "token": "sama"})

    assert Entry.objects.filter(kind="from_reporter").count() == 2


@pytest.mark.parametrize("text", ["", "   \n\t ", "\u200b\u2060", "\u00a0"])
def test_a_message_of_nothing_is_refused(text, received, at_desk):
    answer = say(follow_up(received.code), text)
    assert answer.status_code == 422
    assert "Tulis pesan, atau lampirkan bukti." in words(answer)

    answer = at_desk(received.report.case).post(talk_of(received.report), {"text": text})
    assert answer.status_code == 422
    assert "Tulis pesan, atau lampirkan bukti." in words(answer)
    assert not Entry.objects.filter(kind__in=["from_reporter", "to_reporter"]).exists()


def test_a_message_that_is_too_long_comes_back_whole(received):
    text = "panjang " * 1000

    answer = say(follow_up(received.code), text)

    assert answer.status_code == 422
    assert "Pesan paling panjang 5000 karakter." in words(answer)
    assert text.strip() in answer.content.decode()


def test_ten_megabytes_of_text_are_refused_clearly(received):
    reporter = follow_up(received.code)

    answer = reporter.post(MESSAGE, {"text": "x" * 10_000_000, "token": "d"})

    assert answer.status_code == 413
    assert "terlalu besar" in words(answer)
    assert not Entry.objects.filter(kind="from_reporter").exists()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("bukti.pdf", b"MZ\x90\x00 program"),
        ("bukti.pdf", b""),
        ("bukti.exe", b"MZ\x90\x00 program"),
        ("foto.jpg", PDF),
        ("foto.jpg", b"\xff\xd8\xff rusak"),
    ],
)
def test_a_file_that_is_not_what_it_says_is_refused_and_the_text_stays(name, content, received):
    answer = say(follow_up(received.code), "lihat lampiran", files=[upload(name, content)])

    assert answer.status_code == 422
    assert name in words(answer)
    assert "lihat lampiran</textarea>" in answer.content.decode()
    assert not Entry.objects.filter(kind="from_reporter").exists()


def test_a_script_in_a_message_is_text_on_both_sides(received, at_desk):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    reporter, desk = follow_up(received.code), at_desk(received.report.case)
    say(reporter, hostile)
    desk.post(talk_of(received.report), {"text": hostile, "token": "e"})

    for page in (
        reporter.get(STATUS),
        desk.get(talk_of(received.report)),
        desk.get(page_of(received.report.case)),
    ):
        content = page.content.decode()
        assert content.count("&lt;script&gt;alert(1)&lt;/script&gt;") == 2
        assert "<script>alert" not in content
        assert "<img src=x" not in content


def test_an_hour_takes_a_bounded_number_of_messages(received, monkeypatch):
    monkeypatch.setattr(conversation, "MOST_AN_HOUR", 2)
    reporter = follow_up(received.code)
    for _each in range(2):
        assert say(reporter, "lagi").status_code == 302

    answer = say(reporter, "yang ketiga")

    assert answer.status_code == 422
    assert "belum terkirim" in words(answer)
    assert "yang ketiga</textarea>" in answer.content.decode()


def test_a_channel_takes_a_bounded_number_of_files(received, monkeypatch):
    monkeypatch.setattr(conversation, "MOST_FILES", 2)
    reporter = follow_up(received.code)
    assert say(reporter, "dua", files=[upload("a.pdf"), upload("b.pdf")]).status_code == 302

    answer = say(reporter, "satu lagi", files=[upload("c.pdf")])

    assert answer.status_code == 422
    assert "paling banyak 2" in words(answer)
    assert say(reporter, "tanpa berkas").status_code == 302


def test_a_photo_is_kept_without_what_the_camera_wrote(received, user):
    taken = BytesIO()
    exif = Image.Exif()
    exif[0x010F] = "Merek Ponsel"
    Image.new("RGB", (40, 30), "navy").save(taken, "JPEG", exif=exif)
    assert b"Merek Ponsel" in taken.getvalue()

    say(follow_up(received.code), "", files=[upload("IMG_1.jpg", taken.getvalue(), "image/jpeg")])

    case = received.report.case
    opened = open_case(case, user, unlock(user, PASSPHRASE))
    [details] = opened.files(Entry.objects.get(kind="from_reporter"))
    content = b"".join(details.content())
    assert content.startswith(b"\xff\xd8\xff")
    assert b"Merek Ponsel" not in content


def test_reporters_of_a_merged_case_never_see_each_other(user, report, at_desk):
    main, copy = report(), report(narrative={"what": "laporan kedua"})
    case = main.report.case
    opened = open_case(copy.report.case, user, unlock(user, PASSPHRASE))
    # Merging seals the report's key anew for the case that it moves to.
    reseal(copy.report, opened, open_case(case, user, unlock(user, PASSPHRASE)))
    move_report(copy.report, case)
    desk = at_desk(case)
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


def test_members_are_told_once_until_they_have_read(received, user, at_desk):
    reporter, desk, case = (
        follow_up(received.code),
        at_desk(received.report.case),
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


def test_the_alert_names_neither_case_nor_words(received, at_desk):
    at_desk(received.report.case).get(page_of(received.report.case))
    say(follow_up(received.code), "kata-kata rahasia")

    alert = Alert.objects.get(kind="asn_neutrality.message")

    said = f"{alert.headlines} {alert.descriptions} {alert.link}"
    for secret in ("kata-kata", received.report.number, f"/{received.report.case_id}/", "NET-ASN"):
        assert secret not in said


def test_a_past_member_is_not_told(received, user, examiner, at_desk):
    at_desk(received.report.case).get(page_of(received.report.case))
    with writing():
        Member.objects.update(removed_at="2024-12-01T00:00Z", removed_by="x", removed_why="x")

    say(follow_up(received.code), "halo")

    assert told() == 0


def test_what_an_auditor_reads_stays_new_for_the_examiners(received, examiner, at_desk, sign_in):
    case = received.report.case
    auditor = examiner(role="auditor")

    assert sign_in(auditor).get(page_of(case)).status_code == 200
    assert Report.objects.get().is_unread


def test_the_audit_has_that_a_message_was_written_and_no_word_of_it(received, at_desk):
    say(follow_up(received.code), "kata-kata rahasia", files=[upload("nama rahasia.pdf")])
    desk = at_desk(received.report.case)
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


def test_whoever_is_no_member_reads_and_writes_nothing(
    received, examiner, person, sign_in, at_desk
):
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


def test_a_report_of_another_case_is_not_found_under_this_one(user, report, at_desk):
    mine, other = report(), report()
    desk = at_desk(mine.report.case, other.report.case)

    wrong = f"/netralitas-asn/{mine.report.case_id}/pesan/{other.report.pk}/"
    assert desk.get(wrong).status_code == 404
    assert desk.post(wrong, {"text": "x"}).status_code == 404


def test_an_answer_written_while_the_key_locked_itself_is_not_lost(received, user, sign_in):
    client = sign_in(user)

    answer = client.post(talk_of(received.report), {"text": "jawaban panjang", "token": "g"})

    assert answer.status_code == 422
    assert "jawaban panjang</textarea>" in answer.content.decode()
    assert "perkara ini terkunci" in words(answer)
    assert NARRATIVE not in words(answer)


def test_an_entry_that_was_changed_in_the_database_is_shown_as_such(received, at_desk):
    reporter = follow_up(received.code)
    say(reporter, "asli")
    with writing():
        Entry.objects.filter(kind="from_reporter").update(sealed=b"x" * 60)

    assert "Isi ini tidak dapat dibuka" in words(reporter.get(STATUS))
    assert "Isi ini tidak dapat dibuka" in words(
        at_desk(received.report.case).get(talk_of(received.report))
    )


def queries(client, address):
    with CaptureQueriesContext(connection) as found:
        assert client.get(address).status_code == 200
    return len(found)


def test_long_conversations_cost_no_more_queries_and_come_in_pages(received, at_desk):
    reporter, desk = follow_up(received.code), at_desk(received.report.case)
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


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "%00"])
def test_a_page_that_is_not_there_is_no_error(page, received, at_desk):
    assert follow_up(received.code).get(f"{STATUS}?page={page}").status_code in {200, 400}
    answer = at_desk(received.report.case).get(f"{talk_of(received.report)}?page={page}")
    assert answer.status_code in {200, 400}
