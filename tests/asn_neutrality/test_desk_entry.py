"""A report that came on paper or by telephone, written down by an examiner."""

import datetime

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from asn_neutrality.models import Case
from tests.conftest import ASAHAN, BATU_BARA

from .reporter import WHAT, code_on, filled, report_of

pytestmark = pytest.mark.django_db
ADDRESS = "/netralitas-asn/baru/"


@pytest.fixture
def desk_of(examiner, sign_in):
    """A signed-in examiner with a key: `desk_of("12.09")`."""
    return lambda code=BATU_BARA: sign_in(examiner(code))


def test_what_came_by_telephone_is_entered_with_its_day_and_its_code_is_handed_over(desk_of):
    client = desk_of()
    yesterday = timezone.localdate() - datetime.timedelta(days=1)
    answer = client.post(ADDRESS, filled(received_on=yesterday.isoformat()))
    assert answer["Location"] == "/lapor/terkirim/"

    page = client.get("/lapor/terkirim/")
    assert "Serahkan nomor dan kode ini kepada pelapor" in page.content.decode()
    report, opened = report_of(code_on(page))
    assert (report.source, report.received_on) == ("desk", yesterday)
    assert opened.read(report.entries.get())["what"] == WHAT


def test_the_same_entry_sent_again_is_stored_once(desk_of):
    client = desk_of()
    form = filled(received_on=timezone.localdate().isoformat())

    client.post(ADDRESS, form)
    again = client.post(ADDRESS, form)
    assert again["Location"] == "/lapor/terkirim/?sudah"
    assert code_on(client.get(again["Location"]))
    assert Case.objects.count() == 1


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"received_on": "2999-01-01"}, "tidak boleh di masa depan"),
        ({"received_on": "0001-01-01"}, "terlalu jauh di masa lalu"),
        ({"received_on": ""}, "is-invalid"),
        ({"what": " "}, "is-invalid"),
        ({"files": SimpleUploadedFile("a.pdf", b"MZ" + bytes(99))}, "tidak dikenali"),
    ],
)
def test_what_can_not_be_entered_is_shown_again_with_all_that_was_typed(desk_of, fields, told):
    form = filled(received_on=timezone.localdate().isoformat(), where="kantor lurah") | fields
    answer = desk_of().post(ADDRESS, form)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert 'value="kantor lurah"' in answer.content.decode()
    assert not Case.objects.exists()


def test_who_has_no_key_is_led_to_making_one(person, sign_in):
    page = sign_in(person("asn_examiner")).get(ADDRESS).content.decode()

    assert 'href="/netralitas-asn/kunci/"' in page
    assert 'name="what"' not in page


def test_an_examiner_enters_reports_of_their_own_region_alone(desk_of, examiner):
    examiner(ASAHAN)
    client = desk_of()
    form = filled(received_on=timezone.localdate().isoformat())

    answer = client.post(f"{ADDRESS}?wilayah={ASAHAN}", form)
    assert "Kabupaten Asahan" not in answer.content.decode()
    assert not Case.objects.exists()
    client.post(ADDRESS, form)
    assert Case.objects.get().region_id == BATU_BARA


def test_an_examiner_of_the_country_says_in_which_region(desk_of, regions):
    client = desk_of("")
    form = filled(received_on=timezone.localdate().isoformat())

    assert "Kabupaten Asahan" in client.get(ADDRESS).content.decode()
    client.post(f"{ADDRESS}?wilayah={ASAHAN}", form)
    assert Case.objects.get().region_id == ASAHAN


@pytest.mark.parametrize("role", ["auditor", "administrator", "viewer"])
def test_nobody_else_enters_reports(person, sign_in, role):
    assert sign_in(person(role)).get(ADDRESS).status_code == 403
