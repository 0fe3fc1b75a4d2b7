"""Finding assessments, and taking them along as a file."""

import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from openpyxl import load_workbook

from security import assessment_export
from security.models import Assessment
from tests.conftest import ASAHAN, LAUT_TADOR, SEI_SUKA

from .assessing import assess

LIST, FILE = "/kerawanan/asesmen/", "/kerawanan/asesmen.xlsx"


@pytest.fixture
def made(regions, person):
    """Three assessments of Batu Bara from the oldest to the newest, one of Asahan."""
    officer = person("police_operator", LAUT_TADOR, display_name="=Kanit Polsek")
    return [
        assess(regions[LAUT_TADOR], by=officer, value=1, politik_uang=4),
        assess(regions[SEI_SUKA], value=3),
        assess(regions[LAUT_TADOR], code="bawaslu-ikp", value=2),
        assess(regions["12.09.08"], value=2),
    ]


@pytest.fixture
def reader(person, sign_in):
    return sign_in(person("viewer"))


def address(row):
    return f"/kerawanan/{row.region_id}/asesmen/{row.pk}/"


def listed(client, query=""):
    """The keys of the assessments on the page, as they stand."""
    page = client.get(f"{LIST}{query}").content.decode()
    rows = [row for row in Assessment.objects.all() if address(row) in page]
    return [row.pk for row in sorted(rows, key=lambda row: page.index(address(row)))]


def sheet_of(answer):
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    return book.active


def table(answer):
    return [list(row) for row in sheet_of(answer).iter_rows(values_only=True)]


def test_assessments_are_listed_the_newest_first_with_all_that_names_them(made, reader):
    page = reader.get(LIST).content.decode()

    assert listed(reader) == [row.pk for row in reversed(made[:3])]
    for words in ("Kecamatan Laut Tador", "Kabupaten Batu Bara", str(made[0].frame), "Kanit"):
        assert words in page
    assert '<td data-label="Skor">28</td>' in page
    assert 'aria-current="page">Asesmen</a>' in page


def test_each_reader_sees_their_own_regions_alone(made, person, sign_in):
    neighbour = sign_in(person("police_approver", ASAHAN))
    polsek = sign_in(person("police_operator", SEI_SUKA))
    country = sign_in(person("viewer", ""))

    assert listed(neighbour) == [made[3].pk]
    assert {row[1] for row in table(neighbour.get(FILE))[1:]} == {"12.09.08"}
    assert listed(polsek) == [row.pk for row in reversed(made[:3])]  # the regency around them
    assert len(listed(country)) == 4


def test_filters_narrow_the_list_and_the_file_alike(made, reader):
    today = timezone.localdate()
    before, after = today - timedelta(days=1), today + timedelta(days=1)
    for query, wanted in (
        ("?cari=tador", [2, 0]),
        ("?cari=TADOR&kerangka=polri-ipkp", [0]),
        ("?kerangka=bawaslu-ikp", [2]),
        (f"?dari={today}&sampai={today}", [2, 1, 0]),
        (f"?dari={after}", []),
        (f"?sampai={before}", []),
        ("?cari=pasir", []),
    ):
        keys = [made[place].pk for place in wanted]

        assert listed(reader, query) == keys, query
        numbers = [row[0] for row in table(reader.get(f"{FILE}{query}"))[1:]]
        assert list(dict.fromkeys(numbers)) == keys, query


def test_wrong_filters_are_told_and_keep_what_was_typed(made, reader):
    for query in ("?dari=kemarin", "?kerangka=lain", "?dari=2024-11-22&sampai=2024-11-21"):
        for path in (LIST, FILE):
            answer = reader.get(f"{path}{query}&cari=tador")

            page = answer.content.decode()
            assert answer.status_code == 422, query
            assert "Saringan ini tidak dapat dipakai" in page
            assert 'value="tador"' in page
            assert f'action="{LIST}"' in page


def test_empty_lists_say_why(regions, reader):
    assert "Belum ada asesmen" in reader.get(LIST).content.decode()
    assert "Tidak ada asesmen yang cocok" in reader.get(f"{LIST}?cari=x").content.decode()
    assert FILE not in reader.get(LIST).content.decode()
    assert len(table(reader.get(FILE))) == 1


def test_the_file_has_a_row_per_indicator_with_value_and_weight(made, reader):
    answer = reader.get(f"{FILE}?kerangka=polri-ipkp&cari=tador")

    assert ".xlsx" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    sheet = sheet_of(answer)
    head, *rows = [list(row) for row in sheet.iter_rows(values_only=True)]
    assert head[0] == "Nomor asesmen"
    assert len(rows) == 17
    first = dict(zip(head, rows[0], strict=True))
    assert (first["Kode"], first["Wilayah"]) == (LAUT_TADOR, "Kecamatan Laut Tador")
    assert (first["Kerangka"], first["Versi"]) == (made[0].frame.name, 1)
    assert (first["Skor"], first["Tingkat yang disarankan"]) == (28, "Rendah")
    assert first["Waktu"].endswith(" WIB")
    values = {row[head.index("Indikator")]: row[-2:] for row in rows}
    weight = made[0].scores.get(value=4).indicator.weight
    assert values.pop("Politik uang dan sumber daya") == [4, float(weight)]
    assert {value for value, _weight in values.values()} == {1}
    author = sheet.cell(2, head.index("Penilai") + 1)
    assert (author.value, author.data_type, author.quotePrefix) == ("=Kanit Polsek", "s", True)


def test_too_many_rows_for_a_file_are_refused_with_advice(made, reader, monkeypatch):
    monkeypatch.setattr(assessment_export, "MOST_ROWS", 17)

    answer = reader.get(FILE)

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "paling banyak 17 nilai indikator" in page
    assert address(made[0]) in page
    assert len(table(reader.get(f"{FILE}?kerangka=polri-ipkp&cari=tador"))) == 18


def test_pages_and_queries_are_bounded(made, regions, reader):
    def asked(path):
        with CaptureQueriesContext(connection) as caught:
            answer = reader.get(path)
            if answer.streaming:
                b"".join(answer.streaming_content)
        return len(caught)

    reader.get(LIST)
    few = [asked(LIST), asked(FILE)]
    for number in range(23):
        assess(regions[SEI_SUKA if number % 2 else LAUT_TADOR], value=number % 5)
    many = [asked(LIST), asked(FILE)]

    assert many == few
    assert max(many) <= 12, many
    assert "Halaman 1 dari 2" in reader.get(LIST).content.decode()
    assert listed(reader, "?page=2") == [made[0].pk]
