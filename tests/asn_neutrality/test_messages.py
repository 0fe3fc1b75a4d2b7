"""What a message may be: neither nothing nor too much, once only, and never more than text."""

from io import BytesIO

import pytest
from PIL import Image

from asn_neutrality.actions import conversation
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case
from asn_neutrality.models import Entry, Evidence
from forkopimda.lib.guard import writing

from .made import NARRATIVE, PASSPHRASE
from .talking import (
    MESSAGE,
    PDF,
    STATUS,
    at_desk,
    follow_up,
    page_of,
    say,
    talk_of,
    upload,
    words,
)


@pytest.fixture
def user(examiner):
    return examiner(display_name="Pemeriksa Uji")


@pytest.fixture
def received(user, report):
    return report()


def test_the_same_form_sent_twice_is_stored_once(received, user):
    reporter, desk = follow_up(received.code), at_desk(user, received.report.case)
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
def test_a_message_of_nothing_is_refused(text, received, user):
    answer = say(follow_up(received.code), text)
    assert answer.status_code == 422
    assert "Tulis pesan, atau lampirkan bukti." in words(answer)

    answer = at_desk(user, received.report.case).post(talk_of(received.report), {"text": text})
    assert answer.status_code == 422
    assert "Tulis pesan, atau lampirkan bukti." in words(answer)
    assert not Entry.objects.filter(kind__in=["from_reporter", "to_reporter"]).exists()


def test_a_message_that_is_too_long_comes_back_whole(received):
    text = "panjang " * 1000

    answer = say(follow_up(received.code), text)

    assert answer.status_code == 422
    assert "Pesan belum terkirim." in words(answer)
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


def test_a_script_in_a_message_is_text_on_both_sides(received, user):
    hostile = "<script>alert(1)</script><img src=x onerror=alert(1)>"
    reporter, desk = follow_up(received.code), at_desk(user, received.report.case)
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


def test_an_answer_written_while_the_key_locked_itself_is_not_lost(received, user, sign_in):
    client = sign_in(user)

    answer = client.post(talk_of(received.report), {"text": "jawaban panjang", "token": "g"})

    assert answer.status_code == 422
    assert "jawaban panjang</textarea>" in answer.content.decode()
    assert "perkara ini terkunci" in words(answer)
    assert NARRATIVE not in words(answer)


def test_an_entry_that_was_changed_in_the_database_is_shown_as_such(received, user):
    reporter = follow_up(received.code)
    say(reporter, "asli")
    with writing():
        Entry.objects.filter(kind="from_reporter").update(sealed=b"x" * 60)

    assert "Isi ini tidak dapat dibuka" in words(reporter.get(STATUS))
    assert "Isi ini tidak dapat dibuka" in words(
        at_desk(user, received.report.case).get(talk_of(received.report))
    )


@pytest.mark.parametrize("page", ["0", "-1", "x", "9" * 30, "%00"])
def test_a_page_that_is_not_there_is_no_error(page, received, user):
    assert follow_up(received.code).get(f"{STATUS}?page={page}").status_code in {200, 400}
    answer = at_desk(user, received.report.case).get(f"{talk_of(received.report)}?page={page}")
    assert answer.status_code in {200, 400}
