"""Who keeps the list of stations adds and changes them one by one."""

import pytest

from forkopimda.elections import actions as elections
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from tests.conftest import BATU_BARA, LAUT_TADOR

from .conftest import ACROSS, PADANG, TANJUNG


def edited(**changed):
    return {
        "number": "3",
        "place": "Balai desa",
        "latitude": "3,31",
        "longitude": "99.28",
        **changed,
    }


def test_an_election_officer_adds_and_changes_a_station(villages, person, sign_in):
    client = sign_in(person("election_officer"))
    form = client.get("/tps/baru/").content.decode()
    assert "Desa Tanjung Contoh (Laut Tador, 12.19.08.2001)" in form
    assert "Seberang" not in form

    answer = client.post("/tps/baru/", edited(village=TANJUNG))

    tps = PollingStation.objects.get()
    assert answer.headers["Location"] == f"/tps/{tps.pk}/"
    assert (tps.latitude, tps.longitude) == (3.31, 99.28)
    seen = tps.fingerprint
    sent = edited(place="Lapangan", special="on", seen=seen)
    assert client.post(f"/tps/{tps.pk}/ubah/", sent).status_code == 302
    tps.refresh_from_db()
    assert (tps.place, tps.special) == ("Lapangan", True)


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({}, "TPS 3 sudah ada di Desa Tanjung Contoh. Pakai nomor lain."),
        ({"number": "4", "latitude": "99,28", "longitude": "3,31"}, "Tampak tertukar"),
        ({"number": "4", "latitude": "abc"}, "Bukan derajat desimal. Tulis seperti 3,2145."),
        ({"number": "4", "longitude": ""}, "Isi lintang dan bujur"),
        ({"number": "tiga"}, "Masukkan keseluruhan angka bilangan"),
        ({"number": "4", "village": ACROSS}, "Masukkan pilihan yang valid"),
    ],
)
def test_bad_input_is_refused_beside_its_field_and_nothing_typed_is_lost(
    station, person, sign_in, sent, words
):
    station(3)
    client = sign_in(person("election_officer"))

    answer = client.post(
        "/tps/baru/", edited(**{"village": TANJUNG, "place": "Ketikan saya", **sent})
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert words in page
    assert "Ketikan saya" in page
    assert "is-invalid" in page
    assert PollingStation.objects.count() == 1


def test_a_stale_form_of_a_station_shows_both_and_keeps_what_was_typed(station, person, sign_in):
    tps = station(3)
    seen = tps.fingerprint
    elections.save_station(
        by=SYSTEM, station=tps, village=tps.village, number=3, place="Tersimpan lain"
    )
    client = sign_in(person("police_approver"))

    answer = client.post(f"/tps/{tps.pk}/ubah/", edited(place="Ketikan saya", seen=seen))

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Tersimpan lain" in page
    assert "Ketikan saya" in page
    fresh = PollingStation.objects.get(pk=tps.pk).fingerprint
    assert f'name="seen" value="{fresh}"' in page
    assert client.post(f"/tps/{tps.pk}/ubah/", edited(seen=fresh)).status_code == 302


def test_who_keeps_a_province_or_the_country_chooses_the_regency_first(villages, person, sign_in):
    client = sign_in(person("administrator", ""))

    assert 'href="?wilayah=12"' in client.get("/tps/baru/").content.decode()
    assert f'href="?wilayah={BATU_BARA}"' in client.get("/tps/baru/?wilayah=12").content.decode()
    page = client.get(f"/tps/baru/?wilayah={LAUT_TADOR}&desa={PADANG}").content.decode()
    assert f'value="{PADANG}" selected' in page


def test_a_region_whose_villages_are_not_loaded_says_so(regions, person, sign_in):
    page = sign_in(person("election_officer")).get("/tps/baru/").content.decode()
    assert "Desa di wilayah ini belum dimuat" in page
