"""The list of stations, one station's page, and the forms of who keeps the list."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from forkopimda.elections import actions as elections
from forkopimda.lib.authority import SYSTEM
from security import actions
from security import stations as listing
from security.models import StationRating
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .conftest import ACROSS, PADANG, SUKA, TANJUNG


@pytest.fixture
def classed(station):
    """Adds a station of a class: `classed("high", 3)`."""

    def make(risk_class, number=1, code=TANJUNG, **fields):
        tps = station(number, code, **fields)
        actions.class_station(
            by=SYSTEM, station=tps, risk_class=risk_class, reasons=["K1"], note="Catatan uji"
        )
        return tps

    return make


def shown(client, query=""):
    """Names of the stations that the list shows, in order."""
    answer = client.get(f"/tps/{query}")
    assert answer.status_code == 200
    return [str(row) for row in answer.context["page"]]


def test_the_list_goes_down_from_region_to_region_with_the_classes_of_each(
    classed, station, person, sign_in
):
    classed("high", 1)
    classed("low", 2)
    station(1, SUKA)
    client = sign_in(person("viewer"))

    page = client.get("/tps/").content.decode()
    assert "TPS · Kabupaten Batu Bara" in page
    assert "3 TPS" in page
    assert f'href="?wilayah={LAUT_TADOR}"' in page
    assert f"/kerawanan/?wilayah={BATU_BARA}&amp;lapis=tps" in page
    assert shown(client, f"?wilayah={SEI_SUKA}") == ["TPS 001 Suka Contoh"]
    assert (
        f'href="?wilayah={TANJUNG}"' in client.get(f"/tps/?wilayah={LAUT_TADOR}").content.decode()
    )
    assert shown(client, f"?wilayah={TANJUNG}") == [
        "TPS 001 Tanjung Contoh",
        "TPS 002 Tanjung Contoh",
    ]


@pytest.mark.parametrize(
    ("query", "numbers"),
    [
        ("", [1, 2, 3, 4]),
        ("?kelas=high", [2]),
        ("?kelas=belum", [3, 4]),
        ("?keadaan=khusus", [3]),
        ("?keadaan=tanpa-titik", [1, 3, 4]),
        ("?keadaan=tidak-dipakai", [5]),
        ("?cari=tanjung+3", [3]),
        ("?cari=contoh&kelas=low", [1]),
        ("?urut=kelas", [2, 1, 3, 4]),
        ("?kelas=high&keadaan=khusus", []),
    ],
)
def test_the_list_is_narrowed_and_sorted(classed, station, person, sign_in, query, numbers):
    classed("low", 1)
    classed("high", 2, latitude=3.31, longitude=99.28)
    station(3, special=True)
    station(4)
    elections.retire_station(by=SYSTEM, station=station(5))

    names = shown(sign_in(person("viewer")), query)

    assert names == [f"TPS {number:03} Tanjung Contoh" for number in numbers]


def test_who_serves_another_regency_finds_none_of_ours(station, person, sign_in):
    station()
    station(1, ACROSS)
    client = sign_in(person("viewer", ASAHAN))

    assert shown(client) == ["TPS 001 Seberang Contoh"]
    assert client.get(f"/tps/?wilayah={BATU_BARA}").status_code == 404
    assert client.get("/tps/?wilayah=").status_code == 404


def test_a_wrong_filter_shows_nothing_and_says_so(station, person, sign_in):
    station()
    answer = sign_in(person("viewer")).get("/tps/?kelas=gawat")

    assert answer.status_code == 422
    assert not list(answer.context["page"])


def test_a_long_list_is_cut_and_says_how_to_see_the_rest(station, person, sign_in, monkeypatch):
    monkeypatch.setattr(listing, "DEEPEST", 3)
    for number in range(1, 7):
        station(number)
    client = sign_in(person("viewer"))

    assert len(shown(client)) == 3
    page = client.get("/tps/").content.decode()
    assert "6 TPS" in page
    assert "Yang tampil 3 pertama" in page
    assert "Lebih dari 3 TPS" in client.get("/tps/?cari=tanjung").content.decode()
    monkeypatch.setattr(listing, "SORTED_MOST", 5)
    page = client.get("/tps/?urut=kelas").content.decode()
    assert "Urutan menurut kelas hanya untuk wilayah sampai" in page


def test_the_list_asks_no_more_queries_when_it_is_long(
    station, classed, person, sign_in, django_assert_max_num_queries
):
    classed("low", 1)
    client = sign_in(person("viewer"))
    address = f"/tps/?wilayah={LAUT_TADOR}&cari=contoh"
    with django_assert_max_num_queries(12) as few:
        client.get(address)
    for number in range(2, 60):
        station(number)
        station(number, PADANG)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_what_is_taken_out_as_excel_can_be_handed_in_again(classed, station, person, sign_in):
    classed("high", 1, latitude=3.31234567, longitude=99.28, place="=balai; desa")
    station(2, special=True)
    answer = sign_in(person("police_approver")).get("/tps/daftar.xlsx")
    content = b"".join(answer.streaming_content)

    rows = list(load_workbook(BytesIO(content)).active.values)
    assert rows[0][:4] == ("Kode desa", "Nama desa", "Kecamatan", "Nomor TPS")
    assert [row[3] for row in rows[1:]] == [1, 2]
    plan = actions.import_stations(by=SYSTEM, stream=BytesIO(content), source="unduhan")
    assert (plan.rows, plan.unchanged) == (2, 2)


def test_a_file_that_would_be_too_long_is_not_made(station, person, sign_in, monkeypatch):
    monkeypatch.setattr("security.views.stations.browse.EXPORT_MOST", 1)
    station(1)
    station(2)
    answer = sign_in(person("viewer")).get("/tps/daftar.xlsx")

    assert answer.status_code == 422
    assert "paling banyak 1 TPS" in answer.content.decode()


def test_the_page_of_a_station_shows_class_guards_and_incidents(
    classed, regions, person, sign_in, django_assert_max_num_queries
):
    tps = classed("high", 3, latitude=3.31, longitude=99.28)
    now = timezone.now()
    unit = actions.save_unit(
        by=SYSTEM, region=regions[BATU_BARA], kind="polres", name="Regu Contoh", strength=9
    )
    actions.post_guards(
        by=SYSTEM,
        unit=unit,
        region=regions[LAUT_TADOR],
        people=2,
        starts_at=now - timedelta(hours=1),
        ends_at=now + timedelta(hours=9),
        stations=[tps],
    )
    actions.report_incident(
        by=SYSTEM,
        category="logistics",
        severity="minor",
        description="Kotak suara terlambat",
        occurred_at=now - timedelta(hours=1),
        region=tps.village,
        station=tps,
    )
    client = sign_in(person("viewer"))

    with django_assert_max_num_queries(18) as few:
        page = client.get(f"/tps/{tps.pk}/").content.decode()

    for words in (
        "Sangat rawan",
        "Riwayat kekerasan",
        "2 polisi untuk 2 TPS sekelas; 2 Linmas di tiap TPS",
        "Regu Contoh",
        "2 orang",
        "Gangguan logistik",
        "geo:3.31,99.28",
    ):
        assert words in page, words
    assert "Ubah data" not in page
    for risk_class in ("low", "risk", "high", "low"):
        actions.class_station(by=SYSTEM, station=tps, risk_class=risk_class, note="uji")
    with django_assert_max_num_queries(len(few)):
        client.get(f"/tps/{tps.pk}/")


def test_a_station_is_given_up_and_used_again_with_its_class(classed, person, sign_in):
    tps = classed("high", 1)
    client = sign_in(person("election_officer"))

    client.post(f"/tps/{tps.pk}/lepas/")
    assert shown(client) == []
    assert "TPS ini tidak dipakai lagi." in client.get(f"/tps/{tps.pk}/").content.decode()
    client.post(f"/tps/{tps.pk}/pakai/")
    assert shown(client, "?kelas=high") == ["TPS 001 Tanjung Contoh"]
    assert StationRating.objects.count() == 1


def test_staff_keep_stations_in_the_admin_by_the_same_rules(station, person, sign_in):
    tps = station(3)
    client = sign_in(person("administrator"))
    address = f"/admin/elections/pollingstation/{tps.pk}/change/"
    sent = {"village": TANJUNG, "number": "3", "place": "Dari admin", "in_use": "on"}

    assert client.post(address, {**sent, "latitude": "99.2", "longitude": "3.3"}).status_code == 200
    assert client.post(address, sent).status_code == 302
    tps.refresh_from_db()
    assert tps.place == "Dari admin"
    assert client.get("/admin/security/stationrating/").status_code == 200
    assert client.get("/admin/security/stationrating/add/").status_code == 403
