"""The dashboard: a region at a glance, for those who may see it, in a bounded number of queries."""

import gzip

import pytest
from django.test import Client

from forkopimda.elections import example as elections
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import example as meetings
from forkopimda.people import example as people
from security import actions
from security import example as security
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, PASSWORD


@pytest.fixture
def batu_bara(regions):
    people.load(password=PASSWORD)
    security.load()
    elections.load()
    meetings.load()


def test_an_official_sees_levels_election_meeting_and_alerts(batu_bara, person, sign_in):
    page = sign_in(person("viewer")).get("/").content.decode()

    assert "Kabupaten Batu Bara" in page
    for name in ("Laut Tador", "Sei Suka", "Sei Balai"):
        assert f'data-name="{name}" data-level="medium"' in page
    assert page.count('data-level="low"') == 9
    assert "27 November 2024" in page
    assert "Perubahan terakhir" in page
    assert "Peringatan yang menunggu Anda" in page


def test_a_polsek_officer_sees_the_whole_regency(batu_bara, person, sign_in):
    page = sign_in(person("police_operator", LAUT_TADOR)).get("/").content.decode()

    assert page.count("data-region=") == 12


def test_an_official_of_another_regency_sees_their_own_and_not_batu_bara(
    batu_bara, person, sign_in
):
    client = sign_in(person("viewer", ASAHAN))

    page = client.get("/").content.decode()
    assert "Kabupaten Asahan" in page
    assert "Laut Tador" not in page
    assert client.get(f"/?wilayah={BATU_BARA}").status_code == 404
    assert client.get(f"/panel/levels/?wilayah={BATU_BARA}").status_code == 404
    assert client.get("/?wilayah=").status_code == 404
    assert client.get(f"/wilayah/{BATU_BARA}/batas.json").status_code == 404


def test_who_serves_the_country_starts_with_its_provinces(batu_bara, person, sign_in):
    client = sign_in(person("administrator", ""))

    assert "Sumatera Utara" in client.get("/").content.decode()
    assert "Kabupaten Batu Bara" in client.get("/?wilayah=12").content.decode()
    assert client.get("/wilayah/batas.json").status_code == 200


def test_who_has_no_role_is_told_whom_to_ask(person, sign_in):
    page = sign_in(person(None)).get("/").content.decode()

    assert "Anda belum diberi peran" in page


def test_who_is_signed_out_is_sent_to_the_door(db):
    assert Client().get("/").headers["Location"] == "/akun/masuk/"
    assert Client().get("/panel/levels/").status_code == 401
    assert Client().get("/langsung/").status_code == 401


def test_the_dashboard_asks_no_more_queries_when_there_is_much_history(
    batu_bara, regions, person, sign_in, django_assert_max_num_queries
):
    client = sign_in(person("viewer"))

    def change(times):
        for number in range(times):
            actions.rate_region(
                by=SYSTEM,
                region=regions[LAUT_TADOR],
                level=("low", "medium")[number % 2],
                reason=f"penilaian {number}",
            )

    change(10)
    with django_assert_max_num_queries(26) as few:
        client.get("/")
    change(50)
    with django_assert_max_num_queries(len(few)):
        client.get("/")


def test_the_first_view_is_light_enough_for_a_poor_network(batu_bara, person, sign_in):
    answer = sign_in(person("viewer")).get("/", headers={"Accept-Encoding": "gzip"})

    assert answer.headers["Content-Encoding"] == "gzip"
    assert len(answer.content) < 12_000
    assert "Laut Tador" in gzip.decompress(answer.content).decode()


def test_outlines_are_not_sent_twice(batu_bara, person, sign_in):
    client = sign_in(person("viewer"))
    address = f"/wilayah/{BATU_BARA}/batas.json"
    first = client.get(address)
    assert len(first.json()["features"]) == 12
    assert all(feature["properties"]["schematic"] for feature in first.json()["features"])

    again = client.get(address, headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_a_kecamatan_without_parts_shows_its_own_outline(batu_bara, person, sign_in):
    answer = sign_in(person("viewer")).get(f"/wilayah/{LAUT_TADOR}/batas.json")

    assert [f["properties"]["code"] for f in answer.json()["features"]] == [LAUT_TADOR]
