"""The code opens one report and tells nothing else; a wrong one costs what a right one costs."""

from io import BytesIO

import pytest
from django.conf import settings
from django.test import Client
from pypdf import PdfReader

from asn_neutrality.actions.writing import add_step
from asn_neutrality.models import Case
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing import vault
from forkopimda.lib import live
from forkopimda.lib.guard import writing

from .made import NARRATIVE, attachment
from .talking import MESSAGE, STATUS, WRONG, follow_up, move_report, words

RECEIPT = "/lapor/status/tanda-terima/"
NOT_FOUND = "Kode tidak ditemukan"
ASKED = "Masukkan 16 angka kode lacak"


@pytest.fixture
def received(examiner, report):
    examiner()
    return report(files=[attachment("rapat camat.pdf")])


def test_the_code_shows_how_the_report_stands_and_what_was_reported(received):
    page = words(follow_up(received.code).get(STATUS))

    assert "Laporan Anda sudah masuk dan menunggu dibaca pemeriksa." in page
    assert received.report.number in page
    assert "Diterima 20 November 2024" in page
    for told in (NARRATIVE, "Fulan bin Fulan", "kemarin sore", "aula", "rapat camat.pdf"):
        assert told in page


def test_the_identity_that_was_given_is_not_shown_back(examiner, report):
    examiner()
    given = {"name": "Pelapor Uji", "contact": "0811-1111"}
    received = report(standing="confidential", identity=given)

    page = words(follow_up(received.code).get(STATUS))

    assert "Identitas dirahasiakan" in page
    assert "Pelapor Uji" not in page
    assert "0811-1111" not in page


def test_an_erased_report_is_not_found_and_an_open_page_of_it_closes(received):
    client = follow_up(received.code)
    with writing():
        case = received.report.case
        actions_end(case)

    assert ASKED in words(client.get(STATUS))
    assert client.post(MESSAGE, {"text": "halo"}).status_code == 422
    assert NOT_FOUND in words(Client().post(STATUS, {"code": received.code}))


def actions_end(case):
    """The case ended and its content erased, by hand."""
    add_step(by=REPORTER, case=case, state="dismissed", previous=case.state, reason="mistake")
    Case.objects.filter(pk=case.pk).update(erased_at="2024-12-01T00:00Z")


def test_a_reporter_gets_no_other_cookie_and_no_page_is_kept(received):
    client = Client(enforce_csrf_checks=False)
    answers = [client.get(STATUS), client.post(STATUS, {"code": WRONG})]
    answers += [client.post(STATUS, {"code": received.code}), client.get(STATUS)]
    answers += [client.post(MESSAGE, {"text": "halo"}), client.get(STATUS), client.get(RECEIPT)]
    answers += [client.post("/lapor/status/tutup/")]

    allowed = {settings.CSRF_COOKIE_NAME, vault.cookie_name("reporter")}
    assert set(client.cookies) <= allowed
    for answer in answers:
        assert "no-store" in answer["Cache-Control"]
    assert not live.client().keys("*session*")


def test_closing_forgets_here_and_in_the_browser(received):
    client = follow_up(received.code)
    token = client.cookies[vault.cookie_name("reporter")].value

    answer = client.post("/lapor/status/tutup/", follow=True)

    assert "Percakapan ditutup" in words(answer)
    client.cookies[vault.cookie_name("reporter")] = token
    assert ASKED in words(client.get(STATUS))
    assert client.get("/lapor/status/tutup/").status_code == 405


def test_the_quick_exit_forgets_too(received):
    client = follow_up(received.code)
    token = client.cookies[vault.cookie_name("reporter")].value

    client.get("/lapor/keluar/")

    assert client.cookies[vault.cookie_name("reporter")].value == ""
    client.cookies[vault.cookie_name("reporter")] = token
    assert ASKED in words(client.get(STATUS))


def test_another_code_typed_on_the_same_phone_locks_the_first(examiner, report):
    examiner()
    first, second = report(), report()
    client = follow_up(first.code)
    token = client.cookies[vault.cookie_name("reporter")].value

    client.post(STATUS, {"code": second.code})

    assert second.report.number in words(client.get(STATUS))
    assert vault.find("reporter", token) is None


def idle(client):
    """A quarter of an hour without use: Redis has let go of the key."""
    vault.find("reporter", client.cookies[vault.cookie_name("reporter")].value).forget()


def test_an_idle_page_locks_itself_and_says_so_once(received):
    client = follow_up(received.code)
    place = live.client().keys("forkopimda:vault:reporter:*")
    assert 0 < live.client().ttl(place[0]) <= vault.IDLE == 15 * 60
    idle(client)

    page = words(client.get(STATUS))

    assert "terkunci sendiri karena 15 menit tidak dipakai" in page
    assert NARRATIVE not in page
    assert "terkunci sendiri" not in words(client.get(STATUS))


def test_what_was_being_written_when_the_page_locked_is_there_after_the_code(received):
    client = follow_up(received.code)
    idle(client)

    answer = client.post(MESSAGE, {"text": "pesan <panjang>", "token": "a"})
    assert answer.status_code == 422
    assert "pesan <panjang>" in words(answer)
    client.post(STATUS, {"code": received.code, "draft": "pesan <panjang>"})

    assert "pesan &lt;panjang&gt;</textarea>" in client.get(STATUS).content.decode()
    client.post(MESSAGE, {"text": "pesan <panjang>", "token": "a"})
    assert "</textarea>" in client.get(STATUS).content.decode()
    assert "pesan &lt;panjang&gt;</textarea>" not in client.get(STATUS).content.decode()


def test_the_receipt_is_a_pdf_without_the_code(received):
    client = follow_up(received.code)

    answer = client.get(RECEIPT)

    assert answer["Content-Type"] == "application/pdf"
    assert received.report.number not in answer["Content-Disposition"]
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(answer.content)).pages)
    digits = "".join(letter for letter in text if letter.isdigit())
    assert received.report.number in text
    assert received.code not in digits
    assert NARRATIVE not in text


@pytest.mark.parametrize(
    "address", [RECEIPT, MESSAGE, f"/lapor/status/bukti/{'0' * 8}-0000-4000-8000-{'0' * 12}/"]
)
def test_without_the_code_nothing_is_handed_out(address, db):
    answer = Client().get(address)

    assert answer.status_code == 302
    assert answer["Location"] == STATUS


def test_a_merged_report_keeps_its_channel_and_shows_how_its_new_case_stands(examiner, report):
    examiner()
    main, copy = report(), report(narrative={"what": "laporan kedua"})
    client = follow_up(copy.code)
    move_report(copy.report, main.report.case)

    page = words(client.get(STATUS))

    assert "laporan kedua" in page
    assert NARRATIVE not in page
    assert copy.report.number in page
    assert words(follow_up(copy.code).get(STATUS)) == page
