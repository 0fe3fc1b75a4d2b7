"""An identity is shown once, for a reason of its own; auditors read every opening."""

import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from asn_neutrality import actions
from asn_neutrality.models import Opening
from forkopimda.lib.guard import writing
from tests.conftest import ASAHAN

from .made import unlock_desk

LOG = "/netralitas-asn/pembukaan/"
IDENTITY = {"name": "Fulanah binti Fulan", "contact": "0800-0000"}


@pytest.fixture
def member(examiner):
    return examiner(username="pemeriksa", display_name="Pemeriksa Satu")


@pytest.fixture
def told(member, report):
    """A report whose sender gave a name in confidence."""
    return report(standing="confidential", identity=IDENTITY).report


def address(report):
    return f"/netralitas-asn/{report.case_id}/identitas/{report.pk}/"


def test_an_identity_asks_for_its_own_reason_each_time_and_shows_once(member, told, sign_in):
    client = unlock_desk(sign_in(member), member, [told.case])
    page = client.get(f"/netralitas-asn/{told.case_id}/").content.decode()
    assert "Buka identitas pelapor" in page
    assert "Identitas dirahasiakan" in page
    assert IDENTITY["name"] not in page

    asked = client.get(address(told)).content.decode()
    assert "Mengapa Anda membuka identitas ini?" in asked
    assert IDENTITY["name"] not in asked
    assert not Opening.objects.exists()

    answer = client.post(address(told), {"purpose": "contact"})
    shown = answer.content.decode()
    assert IDENTITY["name"] in shown
    assert IDENTITY["contact"] in shown
    assert "no-store" in answer["Cache-Control"]
    assert IDENTITY["name"] not in client.get(address(told)).content.decode()

    client.post(address(told), {"purpose": "letter"})
    assert list(Opening.objects.values_list("what", "purpose")) == [
        ("identity", "letter"),
        ("identity", "contact"),
    ]


@pytest.mark.parametrize("sent", [{}, {"purpose": "x"}, {"purpose": "other"}])
def test_without_a_reason_the_identity_stays_sealed(member, told, sign_in, sent):
    client = unlock_desk(sign_in(member), member, [told.case])

    answer = client.post(address(told), sent)

    assert answer.status_code == 422
    assert IDENTITY["name"] not in answer.content.decode()
    assert not Opening.objects.exists()


def test_an_identity_opens_to_nobody_who_has_not_opened_the_case(
    member, told, report, examiner, person, sign_in, desk
):
    sent = {"purpose": "contact"}
    assert desk(member).post(address(told), sent).status_code == 302
    assert sign_in(member).post(address(told), sent).status_code == 302
    assert desk(examiner(role="auditor")).post(address(told), sent).status_code == 403
    assert desk(examiner()).post(address(told), sent).status_code == 404
    assert sign_in(person("administrator")).post(address(told), sent).status_code == 403
    client = unlock_desk(sign_in(member), member, [told.case])
    anonymous = report().report
    assert client.get(address(anonymous)).status_code == 404
    crossed = f"/netralitas-asn/{anonymous.case_id}/identitas/{told.pk}/"
    assert client.post(crossed, sent).status_code == 404
    assert not Opening.objects.exists()


@pytest.fixture
def log(member, told):
    """Three openings of one case."""
    for what, purpose, words in (
        ("case", "study", ""),
        ("identity", "contact", ""),
        ("evidence", "other", "=rapat tim"),
    ):
        actions.note_opening(
            by=member, case=told.case, what=what, purpose=purpose, explanation=words
        )


def shown(client, **asked):
    answer = client.get(LOG, asked)
    assert answer.status_code == 200
    return [opening.what for opening in answer.context["page"]]


def test_the_auditor_reads_who_opened_what_why_and_when(told, log, person, sign_in):
    page = sign_in(person("auditor")).get(LOG).content.decode()

    for words in (
        "Pemeriksa Satu",
        "identitas pelapor",
        "Menghubungi pelapor",
        "=rapat tim",
        told.case.number,
        "WIB",
    ):
        assert words in page
    assert IDENTITY["name"] not in page


def test_the_log_is_narrowed_by_person_case_thing_reason_and_days(told, log, person, sign_in):
    client = sign_in(person("auditor"))
    today = timezone.localdate()
    tomorrow = today + datetime.timedelta(days=1)

    assert shown(client) == ["evidence", "identity", "case"]
    assert shown(client, orang="satu") == ["evidence", "identity", "case"]
    assert shown(client, orang="dua") == []
    assert shown(client, nomor="001/NET") == ["evidence", "identity", "case"]
    assert shown(client, nomor="002/") == []
    assert shown(client, apa="identity") == ["identity"]
    assert shown(client, tujuan="study") == ["case"]
    assert len(shown(client, dari=today, sampai=today)) == 3
    assert shown(client, dari=tomorrow) == []
    for wrong in (
        {"apa": "x"},
        {"dari": "kemarin"},
        {"dari": tomorrow, "sampai": today},
        {"sampai": "9999-12-31"},
    ):
        assert client.get(LOG, wrong).status_code == 422
        assert client.get(f"{LOG}ekspor/", wrong).status_code == 422


def test_the_log_is_taken_out_as_a_file_in_which_no_text_is_a_formula(told, log, person, sign_in):
    answer = sign_in(person("auditor")).get(f"{LOG}ekspor/?tujuan=other")

    sheet = load_workbook(BytesIO(b"".join(answer.streaming_content))).active
    [head, row] = list(sheet.iter_rows())
    assert [cell.value for cell in head][:2] == ["Waktu", "Dibuka oleh"]
    assert [cell.value for cell in row][1:4] == ["Pemeriksa Satu", "bukti", told.case.number]
    assert row[-1].value == "=rapat tim"
    assert row[-1].data_type == "s"


def test_more_rows_than_a_file_takes_are_taken_out_by_periods(
    told, log, person, sign_in, monkeypatch
):
    monkeypatch.setattr("asn_neutrality.views.openings.MOST_ROWS", 2)

    answer = sign_in(person("auditor")).get(f"{LOG}ekspor/")

    assert answer.status_code == 422
    assert "Persempit dengan tanggal" in answer.content.decode()


def test_the_log_is_for_auditors_of_the_region_alone(told, log, member, person, sign_in):
    assert shown(sign_in(person("auditor", ""))) == ["evidence", "identity", "case"]
    assert shown(sign_in(person("auditor", ASAHAN))) == []
    for user in (member, person("administrator"), person("secretariat"), person("viewer")):
        assert sign_in(user).get(LOG).status_code == 403
        assert sign_in(user).get(f"{LOG}ekspor/").status_code == 403


def test_a_long_log_comes_in_pages_and_costs_no_more_queries(
    told, log, person, sign_in, django_assert_max_num_queries
):
    client = sign_in(person("auditor"))

    def cost():
        client.get(LOG)
        with django_assert_max_num_queries(40) as captured:
            client.get(LOG)
        return len(captured)

    few = cost()
    with writing():
        Opening.objects.bulk_create(
            Opening(
                case=told.case,
                region=told.case.region,
                what="case",
                purpose="study",
                by_name="Pemeriksa Satu",
            )
            for _ in range(60)
        )

    assert cost() == few
    assert "Halaman 1 dari 2" in client.get(LOG).content.decode()
    assert len(shown(client, page="2")) == 13
