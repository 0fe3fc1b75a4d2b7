"""The list of a day's postings, printed and as a spreadsheet."""

from io import BytesIO

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from security import posting_list
from security.posting_list import numbers
from security.views.guards import printed
from tests.conftest import BATU_BARA, LAUT_TADOR

from .made import at, make_stations, make_unit, post

ASKED = f"?wilayah={BATU_BARA}&hari=2031-11-27"


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("police_operator", LAUT_TADOR))


@pytest.fixture
def posted(regions):
    stations = make_stations(["high"] * 5)
    unit = make_unit(phone="0622 123456", name="Polsek #strong[Uji]")
    post(unit, 2, stations=[*stations[:3], stations[4]], note="Jaga TPS")
    post(unit, 3, region="12.19.02", note="Patroli pesisir")
    post(unit, 4, at(29, 6), at(30, 6), region="12.19.03", note="Hari lain")
    return unit


def printed_text(answer):
    assert answer.headers["Content-Type"] == "application/pdf"
    reader = PdfReader(BytesIO(answer.content))
    sizes = {(round(page.mediabox.width), round(page.mediabox.height)) for page in reader.pages}
    assert sizes == {(595, 842)}
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


def test_the_printed_list_says_who_is_where_and_how_to_call_them(posted, client):
    answer = client.get(f"/pengamanan/penempatan/cetak/{ASKED}")

    said = printed_text(answer)
    assert "DAFTAR PENEMPATAN PENGAMANAN" in said
    assert "Kamis, 27 November 2031" in said
    assert "Jumlah: 5 orang" in said
    assert "Kecamatan Laut Tador" in said
    assert "TPS 001–003, 005 Desa Tanjung Kasau" in said
    assert "#strong[Uji]" in said
    assert "0622 123456" in said
    assert "Patroli wilayah Patroli pesisir" in said
    assert "Halaman 1 dari 1" in said
    assert "Hari lain" not in said
    assert "penempatan-12.19-2031-11-27.pdf" in answer.headers["Content-Disposition"]


def test_a_kecamatan_has_a_list_of_its_own_and_a_free_day_an_empty_one(posted, client):
    own = client.get(f"/pengamanan/penempatan/cetak/?wilayah={LAUT_TADOR}&hari=2031-11-27")
    assert "Patroli pesisir" not in printed_text(own)
    free = client.get(f"/pengamanan/penempatan/cetak/?wilayah={BATU_BARA}&hari=2031-01-01")
    assert "Tidak ada penempatan" in printed_text(free)


def test_the_spreadsheet_has_a_row_per_station(posted, client):
    answer = client.get(f"/pengamanan/penempatan/ekspor/{ASKED}")

    rows = list(load_workbook(BytesIO(answer.getvalue())).active.iter_rows(values_only=True))
    assert len(rows) == 1 + 4 + 1
    assert rows[1][:8] == (
        "Kabupaten Batu Bara",
        "Laut Tador",
        "Tanjung Kasau",
        1,
        "Balai 1",
        "Polsek #strong[Uji]",
        "Polsek",
        2,
    )
    assert rows[1][8:11] == ("2031-11-27 06:00", "2031-11-28 06:00", "0622 123456")


def test_too_long_a_list_is_refused_with_a_way_out(posted, client, monkeypatch):
    monkeypatch.setattr(printed, "MOST_PRINTED", 1)

    answer = client.get(f"/pengamanan/penempatan/cetak/{ASKED}")

    assert answer.status_code == 422
    assert "Pilih satu kecamatan" in answer.content.decode()


@pytest.mark.parametrize("query", ["?hari=besok", "?hari=1031-01-01"])
def test_a_wrong_day_is_said(posted, client, query):
    for address in ("cetak", "ekspor"):
        assert client.get(f"/pengamanan/penempatan/{address}/{query}").status_code == 422


def test_the_country_has_no_list(regions, person, sign_in):
    answer = sign_in(person("viewer", "")).get("/pengamanan/penempatan/cetak/")

    assert answer.status_code == 422
    assert "Pilih satu kabupaten/kota" in answer.content.decode()


def test_runs_of_stations_are_drawn_together():
    assert numbers([1, 2, 3, 7, 9, 10]) == "001–003, 007, 009–010"
    assert numbers([]) == ""
    assert posting_list.MOST_PRINTED < posting_list.MOST_EXPORTED
