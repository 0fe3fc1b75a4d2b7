"""The page of levels: one table for everybody, with or without a map, and as files."""

import datetime
import json
from html.parser import HTMLParser
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.regions.models import Level, Region
from security import actions
from security.example import levels
from security.models import EarlyWarning
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

PAGE = "/kerawanan/"


@pytest.fixture
def rated(regions):
    levels.load()
    return regions


@pytest.fixture
def viewer(rated, person, sign_in):
    return sign_in(person("viewer"))


class Table(HTMLParser):
    """The names of the rows in their order, and which head sorts how."""

    def __init__(self, page):
        super().__init__()
        self.rows, self.sorted = [], {}
        self.head = None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if "data-region" in attributes:
            self.rows.append(attributes["data-name"])
        if tag == "th" and attributes.get("scope") == "col":
            self.head = attributes.get("aria-sort", "")

    def handle_data(self, data):
        if self.head is not None and data.strip():
            self.sorted.setdefault(data.strip(), self.head)
            self.head = None


def table(client, query=""):
    answer = client.get(PAGE + query)
    assert answer.status_code == 200
    return Table(answer.content.decode())


def test_the_graver_stand_first_and_the_head_says_so(viewer):
    shown = table(viewer)

    assert shown.rows[:4] == ["Laut Tador", "Sei Balai", "Sei Suka", "Air Putih"]
    assert shown.sorted["Tingkat"] == "descending"
    assert shown.sorted["Wilayah"] == ""


@pytest.mark.parametrize("sort", ["nama", "sejak", "perubahan", "tinjau", "saran", "insiden"])
def test_each_head_sorts_and_turns_the_order_round(viewer, sort):
    day = timezone.localdate()
    there = table(viewer, f"?urut={sort}&sejak={day}")
    back = table(viewer, f"?urut=-{sort}&sejak={day}")

    assert sorted(there.rows) == sorted(back.rows)
    assert set(there.sorted.values()) == {"", *(there.sorted.values())} - {None}
    orders = {next(filter(None, shown.sorted.values())) for shown in (there, back)}
    assert orders == {"ascending", "descending"}


def test_names_run_from_a_to_z_and_back(viewer):
    names = table(viewer, "?urut=nama").rows

    assert names == sorted(names)
    assert table(viewer, "?urut=-nama").rows == names[::-1]
    assert table(viewer, "?urut=lain").rows == table(viewer).rows


def test_the_table_says_what_changed_since_a_day(viewer, rated):
    day = timezone.localdate()
    actions.rate_region(by=SYSTEM, region=rated[SEI_SUKA], level="high", reason="contoh")

    page = viewer.get(f"{PAGE}?sejak={day}&urut=perubahan").content.decode()
    assert Table(page).rows[0] == "Sei Suka"
    assert "Naik" in page
    assert "dari sedang" in page
    assert "Perubahan</a>" not in viewer.get(PAGE).content.decode()


def test_the_early_warning_and_its_suggestion_stand_beside(viewer, rated):
    with writing():
        EarlyWarning.objects.create(
            region=rated[LAUT_TADOR],
            index=71,
            level="high",
            terms=[],
            computed_at=timezone.now(),
        )

    page = viewer.get(f"{PAGE}?urut=saran").content.decode()
    assert Table(page).rows[0] == "Laut Tador"
    assert "nilai 71" in page
    past = viewer.get(f"{PAGE}?per=2024-11-22").content.decode()
    assert "nilai 71" not in past


def test_a_kecamatan_shows_its_own_level(viewer):
    assert table(viewer, f"?wilayah={LAUT_TADOR}").rows == ["Laut Tador"]


@pytest.mark.parametrize("query", ["?per=kemarin", "?sejak=kemarin", "?sejak=2999-01-01"])
def test_a_day_that_is_none_is_said_and_no_file_is_made_of_it(viewer, query):
    page = viewer.get(PAGE + query)

    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    assert viewer.get(f"{PAGE}ekspor.xlsx{query}").status_code == 422
    assert viewer.get(f"{PAGE}ekspor.geojson{query}").status_code == 422


def test_the_excel_file_has_the_rows_of_the_page(viewer, rated):
    day = timezone.localdate()
    actions.rate_region(by=SYSTEM, region=rated[SEI_SUKA], level="high", reason="=1+1 bukan rumus")

    answer = viewer.get(f"{PAGE}ekspor.xlsx?urut=nama&sejak={day}")
    assert f"kerawanan-12.19-{day}.xlsx" in answer.headers["Content-Disposition"]
    sheet = load_workbook(BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert rows[0][:3] == ("Kode", "Wilayah", "Tingkat")
    assert [row[1] for row in rows[1:]] == table(viewer, "?urut=nama").rows
    raised = next(row for row in rows if row[0] == SEI_SUKA)
    assert raised[2] == "Tinggi"
    assert raised[4] == "=1+1 bukan rumus"
    assert raised[5] == "Naik"


def test_the_geojson_file_has_rows_and_outlines_of_the_day_asked_for(viewer, rated):
    actions.rate_region(by=SYSTEM, region=rated[SEI_SUKA], level="high", reason="contoh")

    answer = viewer.get(f"{PAGE}ekspor.geojson?per=2024-11-22&cari=sei")
    assert answer.headers["Content-Type"] == "application/geo+json"
    assert "2024-11-22.geojson" in answer.headers["Content-Disposition"]
    found = {
        feature["properties"]["name"]: feature for feature in json.loads(answer.content)["features"]
    }
    assert set(found) == {"Sei Suka", "Sei Balai"}
    assert found["Sei Suka"]["properties"]["level_code"] == "medium"
    assert found["Sei Suka"]["geometry"]["type"] == "Polygon"


def test_regions_are_found_by_a_piece_of_their_name(viewer, rated):
    with writing():
        Region.objects.create(
            code=f"{LAUT_TADOR}.2001",
            name="Tanjung Tador",
            level=Level.VILLAGE,
            parent_id=LAUT_TADOR,
        )

    page = viewer.get(f"{PAGE}cari/?cari=tador").content.decode()
    assert page.index("Kecamatan Laut Tador") < page.index("Desa Tanjung Tador")
    assert f"?wilayah={BATU_BARA}&amp;pusat=" in page
    assert "Tidak ada wilayah" in viewer.get(f"{PAGE}cari/?cari=x").content.decode()
    assert "Tidak ada wilayah" in viewer.get(f"{PAGE}cari/?cari=tiada-nama").content.decode()
    assert viewer.get(f"{PAGE}cari/").content.decode().strip() == ""


def test_the_search_finds_ten_at_most_and_nothing_of_the_neighbour(rated, person, sign_in):
    with writing():
        for number in range(1, 15):
            Region.objects.create(
                code=f"12.09.{10 + number}",
                name=f"Sei {number}",
                level=Level.KECAMATAN,
                parent_id=ASAHAN,
            )
    ours = sign_in(person("viewer")).get(f"{PAGE}cari/?cari=sei").content.decode()
    theirs = sign_in(person("viewer", ASAHAN)).get(f"{PAGE}cari/?cari=sei").content.decode()

    assert ours.count("<li>") == 2
    assert theirs.count("<li>") == 10
    assert "Sei Suka" not in theirs


def test_the_page_asks_as_many_queries_with_a_long_history_as_with_a_short_one(
    viewer, rated, django_assert_max_num_queries
):
    day = timezone.localdate()
    viewer.get(PAGE)
    with django_assert_max_num_queries(16) as few:
        viewer.get(f"{PAGE}?sejak={day}")
    for number in range(30):
        actions.rate_region(
            by=SYSTEM,
            region=rated[LAUT_TADOR],
            level=("low", "medium")[number % 2],
            reason="contoh",
        )
    with django_assert_max_num_queries(len(few)):
        viewer.get(f"{PAGE}?sejak={day}")
    past = day - datetime.timedelta(days=1)
    with django_assert_max_num_queries(len(few)):
        viewer.get(f"{PAGE}ekspor.geojson?per={past}")
