"""A list is uploaded, looked through, and stored when its owner confirms what they saw."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from openpyxl import Workbook, load_workbook

from forkopimda.elections import actions as elections
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from security import actions
from security.forms import stations as forms
from security.models import StationRating, StationUpload
from tests.conftest import ASAHAN

from .conftest import TANJUNG, table

GOOD = (f"{TANJUNG},1,Balai desa,3.31,99.28,tidak,rawan,K1,", f"{TANJUNG},2,,,,,,,")


@pytest.fixture
def client(villages, person, sign_in):
    return sign_in(person("police_approver"))


def upload(client, content, name="daftar.csv"):
    """Uploads a list; gives the address of its check."""
    answer = client.post("/tps/impor/", {"upload": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"]


def digest(client, address):
    return client.get(address).context["plan"].digest


def test_a_list_is_first_shown_and_then_stored(client):
    address = upload(client, table(*GOOD))

    page = client.get(address)
    assert page.status_code == 200
    assert (page.context["plan"].added, page.context["plan"].classed) == (2, 1)
    assert not PollingStation.objects.exists()

    answer = client.post(address, {"seen": digest(client, address)}, follow=True)

    assert "Daftar disimpan: 2 TPS baru, 0 berubah, 1 kelas baru" in answer.content.decode()
    assert PollingStation.objects.count() == 2
    assert not StationUpload.objects.exists()
    assert client.get(address).status_code == 404


def test_an_excel_list_is_taken_as_well(client):
    book = Workbook()
    book.active.append(["Kode desa", "Nomor TPS", "Lintang", "Bujur", "Khusus"])
    book.active.append([TANJUNG, 7, 3.31, "99,28", True])
    file = BytesIO()
    book.save(file)

    address = upload(client, file.getvalue(), "daftar.xlsx")
    client.post(address, {"seen": digest(client, address)})

    station = PollingStation.objects.get()
    assert (station.number, station.longitude, station.special) == (7, 99.28, True)


def test_the_template_has_the_columns_that_the_upload_knows(client):
    content = b"".join(client.get("/tps/impor/templat.xlsx").streaming_content)
    head = next(iter(load_workbook(BytesIO(content)).active.values))
    file = BytesIO(content)
    book = load_workbook(file)
    book.active.append([TANJUNG, "", "", 1, *[None] * (len(head) - 4)])
    filled = BytesIO()
    book.save(filled)

    assert client.get(upload(client, filled.getvalue(), "t.xlsx")).context["plan"].added == 1


def test_faults_are_listed_and_fetched_as_a_file_and_nothing_is_stored(client):
    bad = [f"{TANJUNG},{number},,99.28,3.31,,gawat,," for number in range(1, 151)]
    address = upload(client, table(*bad))

    page = client.get(address)

    text = page.content.decode()
    assert page.status_code == 422
    assert "Ada 300 yang harus diperbaiki" in text
    assert "200 pertama dari 300" in text
    assert text.count("tampak tertukar") == 100
    report = client.get(f"{address}perbaikan.csv")
    assert len(report.content.decode("utf-8-sig").splitlines()) == 301
    assert client.post(address, {"seen": ""}).status_code == 422
    assert not PollingStation.objects.exists()


def test_what_changed_meanwhile_is_shown_again_before_it_is_overwritten(client):
    actions.import_stations(by=SYSTEM, stream=BytesIO(table(*GOOD)), source="lama")
    station = PollingStation.objects.get(number=1)
    address = upload(client, table(f"{TANJUNG},1,,,,,low,,"))
    seen = digest(client, address)
    assert "Kelas yang berubah" in client.get(address).content.decode()
    actions.class_station(by=SYSTEM, station=station, risk_class="high", note="Baru saja")

    answer = client.post(address, {"seen": seen})

    assert answer.status_code == 409
    assert "Data TPS berubah sejak ringkasan tadi" in answer.content.decode()
    assert StationRating.objects.current().get().risk_class == "high"
    assert client.post(address, {"seen": answer.context["plan"].digest}).status_code == 302
    assert StationRating.objects.current().get().risk_class == "low"


def test_a_changed_station_makes_the_summary_stale_too(client):
    actions.import_stations(by=SYSTEM, stream=BytesIO(table(*GOOD)), source="lama")
    station = PollingStation.objects.select_related("village").get(number=2)
    address = upload(client, table(f"{TANJUNG},2,Menurut berkas,,,,,,"))
    seen = digest(client, address)
    elections.save_station(
        by=SYSTEM, station=station, village=station.village, number=2, place="Dari lapangan"
    )

    assert client.post(address, {"seen": seen}).status_code == 409
    assert PollingStation.objects.get(number=2).place == "Dari lapangan"


def test_what_the_browser_sends_back_does_not_count(client):
    address = upload(client, table(*GOOD))
    assert client.post(address, {"seen": "", "content": "lain"}).status_code == 409
    assert client.post(address, {}).status_code == 409
    assert not PollingStation.objects.exists()


def test_nobody_opens_another_persons_list(client, person, sign_in):
    address = upload(client, table(*GOOD))
    for other in (person("police_approver"), person("administrator", ASAHAN)):
        visitor = sign_in(other)
        assert visitor.get(address).status_code == 404
        assert visitor.post(address).status_code == 404
        assert visitor.get(f"{address}perbaikan.csv").status_code == 404
        assert visitor.post(f"{address}batal/").status_code == 404


def test_a_list_can_be_dropped_and_goes_by_itself_after_a_while(client):
    address = upload(client, table(*GOOD))
    assert client.post(f"{address}batal/").status_code == 302
    assert client.get(address).status_code == 404

    old = upload(client, table(*GOOD))
    with writing():
        StationUpload.objects.update(uploaded_at=timezone.now() - timedelta(hours=13))
    assert client.get(old).status_code == 404
    upload(client, table(*GOOD))
    assert StationUpload.objects.count() == 1


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("daftar.csv", b"", "kosong"),
        ("daftar.xlsx", b"PK\x03\x04 bukan Excel", "tidak dikenali"),
        ("besar.csv", b"x" * 2000, "paling besar"),
    ],
)
def test_a_file_that_a_page_does_not_take_is_refused_with_what_to_do(
    client, monkeypatch, name, content, words
):
    monkeypatch.setattr(forms, "UPLOAD_BYTES", 1000)
    answer = client.post("/tps/impor/", {"upload": SimpleUploadedFile(name, content)})

    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not StationUpload.objects.exists()


def test_a_file_that_is_no_table_is_said_to_be_none(client):
    page = client.get(upload(client, b"\xff\xd8\xff\xe0 gambar", "foto.csv"))
    assert page.status_code == 422
    assert "bukan teks UTF-8" in page.content.decode()


def test_the_check_asks_a_bounded_number_of_queries(client, django_assert_max_num_queries):
    small = upload(client, table(*GOOD))
    large = upload(client, table(*[f"{TANJUNG},{n},,,,,low,," for n in range(1, 900)]))
    with django_assert_max_num_queries(35) as few:
        client.get(small)
    with django_assert_max_num_queries(len(few)):
        client.get(large)
