"""Finding incidents, and taking the list along as a file."""

import io
import json
from datetime import timedelta

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from security.views.incidents import browse, export
from security.whereabouts import Spot
from tests.conftest import ASAHAN, LAUT_TADOR, SEI_SUKA

from .reporting import report


@pytest.fixture
def incidents(regions):
    """Four incidents of Batu Bara, one of Asahan."""
    now = timezone.now()
    return {
        "fire": report(
            regions[LAUT_TADOR],
            description="Posko dibakar",
            category="terror",
            severity="moderate",
            spot=Spot(3.31, 99.28),
            occurred_at=now - timedelta(days=3),
        ),
        "flood": report(
            regions[SEI_SUKA],
            description='=HYPERLINK("http://jahat.example")',
            category="disaster",
            occurred_at=now - timedelta(days=1),
        ),
        "protest": report(regions[SEI_SUKA], description="Orasi di pasar", place="Pasar lama"),
        "there": report(regions["12.09.08"], description="Kejadian Asahan"),
    }


@pytest.fixture
def reader(person, sign_in):
    return sign_in(person("viewer"))


def shown(client, query=""):
    page = client.get(f"/insiden/{query}").content.decode()
    return [word for word in ("Posko", "HYPERLINK", "Orasi", "Asahan") if word in page]


FILTERS = [
    ("", ["Posko", "HYPERLINK", "Orasi"]),
    ("?wilayah=12.19.02", ["HYPERLINK", "Orasi"]),
    ("?wilayah=12.19", ["Posko", "HYPERLINK", "Orasi"]),
    ("?jenis=terror", ["Posko"]),
    ("?keparahan=moderate", ["Posko"]),
    ("?keparahan=berat-ke-atas", []),
    ("?keadaan=belum-selesai", ["Posko", "HYPERLINK", "Orasi"]),
    ("?keadaan=closed", []),
    ("?cari=ORASI", ["Orasi"]),
    ("?cari=pasar+lama", ["Orasi"]),
    ("?cari=INS-12.19", ["Posko", "HYPERLINK", "Orasi"]),
    ("?cari=tidak-ada", []),
]


def test_the_list_shows_what_the_filters_ask_for_and_no_neighbour(incidents, reader):
    for query, found in FILTERS:
        assert shown(reader, query) == found, query


def test_a_period_is_days_of_the_reader(incidents, reader):
    yesterday = (timezone.localtime() - timedelta(days=1)).date()

    assert "Posko" not in shown(reader, f"?dari={yesterday}")
    assert "Posko" in shown(reader, f"?sampai={yesterday}")


def test_a_wrong_filter_shows_nothing_and_says_so(incidents, reader):
    for query in (
        "?wilayah=12.09",
        "?wilayah=99",
        "?jenis=x",
        "?dari=besok",
        "?dari=2024-11-02&sampai=2024-11-01",
    ):
        answer = reader.get(f"/insiden/{query}")

        assert answer.status_code == 422, query
        assert "Saringan ini tidak dapat dipakai" in answer.content.decode()
        assert reader.get(f"/insiden/insiden.xlsx{query}").status_code == 422


def test_the_oldest_first_on_request(incidents, reader):
    page = reader.get("/insiden/?urut=lama").content.decode()

    assert page.index("Posko") < page.index("HYPERLINK") < page.index("Orasi")


def test_the_live_part_is_asked_for_alone(incidents, reader):
    answer = reader.get(
        "/insiden/?jenis=terror", headers={"HX-Request": "true", "HX-Target": "incidents"}
    )

    page = answer.content.decode()
    assert page.strip().startswith("<section")
    assert "Posko" in page
    assert "Orasi" not in page
    assert 'hx-get="/insiden/?jenis=terror"' in page


def test_the_excel_file_holds_the_same_rows_and_no_formula(incidents, reader):
    answer = reader.get("/insiden/insiden.xlsx?wilayah=12.19.02")

    sheet = load_workbook(io.BytesIO(b"".join(answer.streaming_content))).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[5] for row in rows[1:]] == ["Sei Suka", "Sei Suka"]
    evil = next(cell for row in sheet.iter_rows() for cell in row if "HYPER" in str(cell.value))
    assert evil.data_type == "s"
    assert evil.quotePrefix


def test_the_geojson_file_holds_points_longitude_first(incidents, reader):
    answer = reader.get("/insiden/insiden.geojson")

    assert answer["Content-Type"] == "application/geo+json"
    assert ".geojson" in answer["Content-Disposition"]
    data = json.loads(b"".join(answer.streaming_content))
    assert len(data["features"]) == 3
    by_number = {feature["id"]: feature for feature in data["features"]}
    fire = by_number[incidents["fire"].number]
    assert fire["geometry"] == {"type": "Point", "coordinates": [99.28, 3.31]}
    assert fire["properties"]["severity"] == "moderate"
    assert by_number[incidents["flood"].number]["geometry"] is None


def test_too_many_rows_for_a_file_are_refused_with_advice(incidents, reader, monkeypatch):
    monkeypatch.setattr(export, "MOST_ROWS", 2)

    for name in ("insiden.xlsx", "insiden.geojson"):
        answer = reader.get(f"/insiden/{name}?keadaan=belum-selesai")
        assert answer.status_code == 422
        assert "paling banyak 2 insiden" in answer.content.decode()
        assert "/insiden/?keadaan=belum-selesai" in answer.content.decode()


def test_counting_stops_where_nobody_turns_pages_any_more(incidents, reader, monkeypatch):
    monkeypatch.setattr(browse, "MOST_COUNTED", 2)

    assert "2 atau lebih" in reader.get("/insiden/").content.decode()


def test_the_list_asks_no_more_queries_when_there_is_much(
    incidents, reader, regions, django_assert_max_num_queries
):
    with django_assert_max_num_queries(12) as few:
        reader.get("/insiden/")
    for _number in range(30):
        report(regions[SEI_SUKA])
    with django_assert_max_num_queries(len(few)):
        page = reader.get("/insiden/?page=2").content.decode()
    assert "Halaman 2 dari 2" in page


def test_the_dashboard_shows_what_asks_for_work(incidents, reader, person, sign_in):
    panel = reader.get("/panel/incidents/?wilayah=12.19").content.decode()

    assert "Ringan" in panel
    assert incidents["fire"].number in panel
    assert incidents["there"].number not in panel
    neighbour = sign_in(person("viewer", ASAHAN))
    assert (
        incidents["there"].number
        in neighbour.get("/panel/incidents/?wilayah=12.09").content.decode()
    )


def test_only_the_police_are_offered_the_form(reader, client):
    assert "/insiden/baru/" not in reader.get("/insiden/").content.decode()
    assert "/insiden/baru/" in client.get("/insiden/").content.decode()
    assert "Belum ada insiden" in client.get("/insiden/").content.decode()
