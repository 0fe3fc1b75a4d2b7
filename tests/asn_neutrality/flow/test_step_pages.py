"""The page of a step: nothing that was typed is lost, nothing is taken twice."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from . import flowing
from .flowing import address, sent, state_of


def test_a_refused_step_shows_everything_that_was_typed(client, case, user, opened):
    flowing.walk(opened, user, "with_authority")
    typed = {"letter_number": "700/SALAH/2024", "letter_date": "2099-01-01", "note": "<b>teks</b>"}

    answer = client.post(address(case, "blocked"), sent(case, "blocked", **typed))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "masa depan" in page
    for words in ("700/SALAH/2024", "2099-01-01", "&lt;b&gt;teks&lt;/b&gt;"):
        assert words in page
    assert state_of(case) == "with_authority"


def test_a_locked_key_loses_nothing_that_was_typed(sign_in, case, user):
    client = sign_in(user)

    assert "Buka dahulu" in client.get(address(case, "dismissed")).content.decode()
    answer = client.post(
        address(case, "dismissed"),
        sent(case, "dismissed", reason="not_asn", grounds="Pegawai swasta", sure="on"),
    )

    assert answer.status_code == 422
    assert "Pegawai swasta" in answer.content.decode()
    assert "terkunci" in answer.content.decode()
    assert state_of(case) == "received"


def test_an_end_is_asked_about_once_more(client, case):
    fields = sent(case, "dismissed", reason="not_asn")

    assert client.post(address(case, "dismissed"), fields).status_code == 422
    assert client.post(address(case, "dismissed"), {**fields, "sure": "on"}).status_code == 302


def test_the_same_step_sent_twice_is_taken_once(client, case):
    fields = sent(case, "initial_review")

    assert client.post(address(case, "initial_review"), fields).status_code == 302
    assert client.post(address(case, "initial_review"), fields).status_code == 422
    again = client.post(address(case, "registered"), fields)
    assert again.status_code == 422
    assert "sudah berubah" in again.content.decode()
    assert state_of(case) == "initial_review"


def test_a_file_that_is_no_document_is_refused_at_its_field(client, case, user, opened):
    flowing.walk(opened, user, "sanctioned")
    disguised = SimpleUploadedFile("bukti.pdf", b"MZ\x90 program")

    answer = client.post(address(case, "carried_out"), sent(case, "carried_out", files=disguised))

    assert answer.status_code == 422
    assert "Berita acara nomor 5" in answer.content.decode()
    assert "bukti.pdf" in answer.content.decode()


def test_texts_keep_their_lines_and_numbers_are_one_line(user, opened):
    flowing.walk(opened, user, "recommended")
    details = {"letter_number": " 700 \n / 12 ", "letter_date": "20241125", "note": " a  \n\n b "}
    step = flowing.step(opened, user, "forwarded", details=details)

    assert opened.read(step.entry) == {
        "letter_number": "700 / 12",
        "letter_date": "2024-11-25",
        "note": "a\n\n b",
    }


def test_dates_before_the_report_and_after_today_are_refused(user, opened):
    flowing.walk(opened, user, "recommended")
    for day in ("2024-11-19", "2099-01-01", "kemarin", "2024-02-30"):
        details = {"letter_number": "1", "letter_date": day}
        with pytest.raises(ValidationError) as refused:
            flowing.step(opened, user, "forwarded", details=details)
        assert set(refused.value.message_dict) == {"letter_date"}


def test_nothing_that_is_sent_makes_a_page_fail_or_moves_the_case(client, case, user, opened):
    flowing.walk(opened, user, "examination")
    addresses = [address(case, state) for state in ("sanctioned", "dismissed", "information")]
    addresses += [reverse(f"asn_flow:{name}", args=[case.pk]) for name in ("violation", "lead")]
    names = "seen reason recipient sanction decree_number decree_date note grounds sure files"
    for where in addresses:
        for value in ("-1", "9" * 20, "😀'\"<b>", "NaN", "x" * 6000):
            fields = dict.fromkeys([*names.split(), "violation", "lead"], value)
            assert client.post(where, fields).status_code in {400, 422}, (where, value[:20])
    for query in ("kelompok=x", "page=-1", "page=99999999999999999999", "kelompok=nanti&page=x"):
        assert client.get(f"/netralitas-asn/tenggat/?{query}").status_code == 200
    assert client.get(address(case, "tidak-ada")).status_code == 404
    assert state_of(case) == "examination"
