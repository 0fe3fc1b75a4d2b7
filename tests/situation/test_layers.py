"""The map's layers: who gets what, whole and by part, bounded and told once."""

import datetime
import gzip
import json
import math

import pytest
from django.test import Client
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions as meetings
from forkopimda.people import example as people
from forkopimda.people.models import Institution
from security import actions
from security.example import levels
from security.layers.grid import CELLS_MOST, POINTS_MOST
from security.models import Posting, Unit
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .laut_tador import classed, incidents, stations, village

#: A box around Laut Tador.
NEAR = "?kotak=99.2,3.2,99.45,3.45&z=13"


@pytest.fixture
def rated(regions):
    levels.load()
    return regions


@pytest.fixture
def viewer(rated, person, sign_in):
    return sign_in(person("viewer"))


def features(client, address):
    answer = client.get(address)
    assert answer.status_code == 200, answer.content[:300]
    assert answer.headers["Content-Type"] == "application/geo+json"
    return answer.json()["features"]


def named(found):
    return {feature["properties"]["name"]: feature["properties"] for feature in found}


def test_a_reader_is_told_which_layers_there_are(viewer):
    layers = viewer.get("/peta/").json()["layers"]

    assert [layer["key"] for layer in layers] == [
        *("tingkat", "perubahan", "insiden", "tps", "pengamanan", "tindak-lanjut")
    ]
    assert layers[0]["title"] == "Tingkat kerawanan"
    assert {"style": "high", "sign": "▲", "word": "Tinggi"} in layers[0]["legend"]
    assert layers[2]["topics"] == ["incidents"]
    assert Client().get("/peta/").status_code == 401


def test_levels_are_drawn_with_word_and_outline(viewer):
    found = features(viewer, "/peta/tingkat/")

    assert len(found) == 12
    assert named(found)["Laut Tador"]["word"] == "Sedang"
    assert named(found)["Laut Tador"]["link"] == f"/kerawanan/{LAUT_TADOR}/"
    assert all(feature["geometry"]["type"] == "MultiPolygon" for feature in found)


def test_a_past_day_and_its_colours_come_without_outlines_when_the_map_has_them(viewer, rated):
    actions.rate_region(by=SYSTEM, region=rated[LAUT_TADOR], level="high", reason="contoh")

    now = features(viewer, "/peta/tingkat/?garis=0")
    then = features(viewer, "/peta/tingkat/?garis=0&per=2024-11-22")

    assert named(now)["Laut Tador"]["word"] == "Tinggi"
    assert named(then)["Laut Tador"]["word"] == "Sedang"
    assert all(feature["geometry"] is None for feature in [*now, *then])


def test_changes_say_up_down_same_and_new(viewer, rated):
    today = timezone.localdate()
    for code, level in ((LAUT_TADOR, "high"), (SEI_SUKA, "low"), ("12.19.07", "medium")):
        actions.rate_region(by=SYSTEM, region=rated[code], level=level, reason="contoh")

    found = named(features(viewer, f"/peta/perubahan/?sejak={today}"))
    assert found["Laut Tador"]["word"] == "Naik"
    assert ["Semula", "Sedang"] in found["Laut Tador"]["facts"]
    assert found["Sei Suka"]["word"] == "Turun"
    assert found["Sei Balai"]["word"] == "Tetap"

    before_all = named(features(viewer, "/peta/perubahan/?sejak=2024-01-01"))
    assert before_all["Laut Tador"]["word"] == "Baru dinilai"


def test_incidents_are_counted_by_kecamatan_from_afar_and_stand_apart_nearby(viewer):
    incidents(3, severity="severe")
    incidents(2, state="reported", place=None)
    incidents(1, state="rejected")
    incidents(1, days=40)

    afar = named(features(viewer, "/peta/insiden/?z=9"))
    assert afar == {"Laut Tador": afar["Laut Tador"]}
    assert afar["Laut Tador"]["label"] == "5"
    assert ["Terkonfirmasi", "3"] in afar["Laut Tador"]["facts"]
    assert ["Baru dilaporkan", "2"] in afar["Laut Tador"]["facts"]
    assert ["Paling berat", "Berat"] in afar["Laut Tador"]["facts"]

    near = features(viewer, f"/peta/insiden/{NEAR}")
    kinds = [feature["properties"]["kind"] for feature in near]
    assert kinds.count("point") == 3
    assert features(viewer, "/peta/insiden/?kotak=99.6,3.0,99.7,3.1&z=13") == []


def test_only_reported_incidents_look_unlike_confirmed_ones(viewer):
    incidents(1, state="reported", severity="critical")

    (found,) = features(viewer, f"/peta/insiden/{NEAR}")
    assert (found["properties"]["style"], found["properties"]["sign"]) == ("reported", "?")


def test_stations_are_counted_by_class_and_shown_one_by_one(viewer):
    classed(stations(3, village(), step=0.001)[:2], "high")

    (afar,) = features(viewer, "/peta/tps/?z=9")
    assert afar["properties"]["label"] == "3"
    assert ["Sangat rawan", "2"] in afar["properties"]["facts"]
    assert ["Belum dikelaskan", "1"] in afar["properties"]["facts"]

    near = named(features(viewer, f"/peta/tps/{NEAR}"))
    assert near["TPS 001 Desa Contoh"]["word"] == "Sangat rawan"
    assert near["TPS 003 Desa Contoh"]["word"] == "Belum dikelaskan"


def test_many_points_are_gathered_and_none_is_lost(viewer):
    incidents(POINTS_MOST + 1)

    found = features(viewer, f"/peta/insiden/{NEAR}")
    assert {feature["properties"]["kind"] for feature in found} == {"cluster"}
    assert len(found) <= CELLS_MOST
    labels = [int(feature["properties"]["label"].replace(".", "")) for feature in found]
    assert sum(labels) == POINTS_MOST + 1


def test_guards_are_those_posted_at_the_moment(viewer, rated):
    now = timezone.now()
    day = datetime.timedelta(days=1)
    with writing():
        polres = Unit.objects.create(
            region=rated[BATU_BARA], kind="polres", name="Contoh", strength=100
        )
        for people, start, end in ((7, now - day, now + day), (9, now + day, now + 2 * day)):
            Posting.objects.create(
                unit=polres,
                region=rated[LAUT_TADOR],
                people=people,
                starts_at=start,
                ends_at=end,
                made_by_name="contoh",
            )

    (found,) = features(viewer, "/peta/pengamanan/")
    assert (found["properties"]["name"], found["properties"]["label"]) == ("Laut Tador", "7")
    assert ["Polisi", "7"] in found["properties"]["facts"]


def test_follow_ups_say_how_many_are_overdue_and_hide_closed_meetings(rated, person, sign_in):
    now = timezone.now()
    people.load(password=None)
    polres = Institution.objects.get(region=BATU_BARA, code="polres")
    meeting = meetings.plan_meeting(
        by=SYSTEM,
        region=rated[BATU_BARA],
        title="Rapat contoh",
        place="Aula",
        starts_at=now - datetime.timedelta(minutes=5),
        ends_at=now + datetime.timedelta(hours=1),
    )
    meetings.invite(by=SYSTEM, meeting=meeting, institution=polres)
    meeting = meetings.send_invitations(by=SYSTEM, meeting=meeting)
    meetings.add_follow_up(
        by=SYSTEM,
        meeting=meeting,
        task="Tugas contoh",
        institution=polres,
        due_on=meeting.day,
        place=rated[LAUT_TADOR],
    )

    official = sign_in(person("viewer"))
    (found,) = features(official, "/peta/tindak-lanjut/")
    assert ["Belum selesai", "1"] in found["properties"]["facts"]
    assert ["Terlambat", "0"] in found["properties"]["facts"]
    # Meetings of the regency are not read by who serves in a kecamatan.
    assert features(sign_in(person("police_operator", LAUT_TADOR)), "/peta/tindak-lanjut/") == []


def test_the_neighbour_finds_nothing_of_ours_in_any_layer(rated, person, sign_in):
    incidents(2)
    stations(2, village())
    neighbour = sign_in(person("viewer", ASAHAN))

    for key in ("tingkat", "perubahan", "insiden", "tps", "pengamanan", "tindak-lanjut"):
        assert neighbour.get(f"/peta/{key}/?wilayah={BATU_BARA}").status_code == 404
        assert "Laut Tador" not in neighbour.get(f"/peta/{key}/{NEAR}").content.decode()
        assert "I-0" not in neighbour.get(f"/peta/{key}/{NEAR}").content.decode()
        assert "TPS 00" not in neighbour.get(f"/peta/{key}/{NEAR}").content.decode()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("kotak=1,2,3", "barat,selatan,timur,utara"),
        ("kotak=a,b,c,d", "barat,selatan,timur,utara"),
        ("kotak=nan,0,1,1", "barat,selatan,timur,utara"),
        ("kotak=1e9,0,1,1", "barat,selatan,timur,utara"),
        ("kotak=100,3,99,4", "terbalik"),
        ("kotak=99,3,99,3", "terbalik"),
        ("kotak=-999,3,99,4", "di luar bumi"),
        ("kotak=99,-91,100,4", "di luar bumi"),
        ("z=tinggi", "angka 0 sampai 20"),
        ("z=99", "angka 0 sampai 20"),
        ("z=-1", "angka 0 sampai 20"),
        ("per=kemarin", "Tanggal tidak dikenal"),
        ("sejak=2024-02-30", "Tanggal tidak dikenal"),
        ("per=2999-01-01", "belum tiba"),
    ],
)
def test_what_is_no_view_of_a_map_is_refused_in_words(viewer, query, words):
    answer = viewer.get(f"/peta/tingkat/?{query}")

    assert answer.status_code == 400
    assert words in answer.json()["error"]


def test_an_answer_that_still_holds_is_told_in_a_few_bytes(viewer, rated):
    for key in ("tingkat", "perubahan", "insiden", "tps", "pengamanan", "tindak-lanjut"):
        first = viewer.get(f"/peta/{key}/", headers={"Accept-Encoding": "gzip"})
        assert "private" in first.headers["Cache-Control"]
        known = {"If-None-Match": first.headers["ETag"]}
        again = viewer.get(f"/peta/{key}/", headers=known)
        assert (again.status_code, again.content) == (304, b"")

    levels = viewer.get("/peta/tingkat/").headers["ETag"]
    actions.rate_region(by=SYSTEM, region=rated[LAUT_TADOR], level="high", reason="contoh")
    changed = viewer.get("/peta/tingkat/", headers={"If-None-Match": levels})
    assert changed.status_code == 200


def test_another_reader_is_never_told_that_their_answer_still_holds(rated, person, sign_in):
    ours = sign_in(person("viewer")).get("/peta/insiden/").headers["ETag"]

    theirs = sign_in(person("viewer", ASAHAN)).get(
        "/peta/insiden/", headers={"If-None-Match": ours}
    )
    assert theirs.status_code == 200


def test_a_layer_asks_as_many_queries_with_much_as_with_little(
    viewer, django_assert_max_num_queries
):
    addresses = [
        f"/peta/{key}/{query}"
        for key in ("tingkat", "perubahan", "insiden", "tps", "pengamanan", "tindak-lanjut")
        for query in ("?z=9", NEAR)
    ]
    for address in addresses:
        with django_assert_max_num_queries(11):
            viewer.get(address)
    incidents(40)
    classed(stations(40, village(), step=0.0005), "risk")
    for address in addresses:
        with django_assert_max_num_queries(11):
            answer = viewer.get(address, headers={"Accept-Encoding": "gzip"})
        assert len(answer.content) < 4_000, address
        if answer.headers.get("Content-Encoding") == "gzip":
            assert len(json.loads(gzip.decompress(answer.content))["features"]) <= 2_000


def test_a_box_far_wider_than_any_screen_is_shown_from_afar(viewer):
    """Whatever zoom is claimed, a country's worth of points is never sent or gathered."""
    incidents(3)

    found = features(viewer, "/peta/insiden/?kotak=95,-11,141,6&z=18")
    assert {feature["properties"]["kind"] for feature in found} == {"group"}
    assert math.isclose(found[0]["geometry"]["coordinates"][1], 3.3, abs_tol=0.3)
