"""The pages of guards, as the police and their readers use them."""

import re

import pytest

from forkopimda.elections.actions import save_election
from forkopimda.lib.authority import SYSTEM
from security.models import Posting
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .made import MORNING, NEXT, at, make_stations, make_unit, post
from .reading import text

NEW = f"/pengamanan/penempatan/baru/?kecamatan={LAUT_TADOR}"
SHARE = f"/pengamanan/penempatan/bagi/?kecamatan={LAUT_TADOR}"
PERIOD = {"starts_at": "2031-11-27T06:00", "ends_at": "2031-11-28T06:00"}


@pytest.fixture
def polres(person, sign_in):
    return sign_in(person("police_approver"))


def test_the_shortage_is_read_at_a_glance(regions, polres):
    stations = make_stations(["high"] * 4)
    post(make_unit(), 2, stations=stations[:2])

    answer = polres.get("/pengamanan/?per=2031-11-27T07:00")

    said = text(answer)
    assert "2 polisi kurang" in said
    assert "2 dari 4 ditempatkan di TPS" in said
    assert "2 TPS tanpa polisi" in said
    assert "▲ kurang 2" in said
    assert "Keadaan pada 27 November 2031, 07.00 WIB" in said
    assert f'href="/pengamanan/penempatan/baru/?kecamatan={LAUT_TADOR}"' in answer.content.decode()
    assert "▲ kurang 4" in text(polres.get("/pengamanan/?per=2031-11-29T07:00"))


def test_the_overview_opens_on_the_voting_day_ahead(regions, polres):
    save_election(
        by=SYSTEM,
        region=regions[BATU_BARA],
        kind="regent",
        name="Contoh",
        voting_day=at(27, 0).date(),
    )

    assert "27 November 2031, 07.00 WIB" in text(polres.get("/pengamanan/"))
    form = polres.get(NEW).content.decode()
    assert 'value="2031-11-27T06:00"' in form
    assert 'value="2031-11-28T06:00"' in form


def test_a_wrong_moment_is_said_and_kept(regions, polres):
    answer = polres.get("/pengamanan/?per=besok")

    assert answer.status_code == 422
    assert 'value="besok"' in answer.content.decode()


def test_readers_see_no_forms(regions, person, sign_in):
    post(make_unit(), 2)
    client = sign_in(person("police_operator", LAUT_TADOR))

    for address in ("/pengamanan/", "/pengamanan/satuan/", "/pengamanan/penempatan/"):
        page = client.get(address).content.decode()
        assert "/penempatan/baru/" not in page
        assert "/bagi/" not in page
    assert (
        "/tarik/"
        not in client.get(f"/pengamanan/penempatan/{Posting.objects.get().pk}/").content.decode()
    )


def test_people_are_posted_to_stations_by_the_form(regions, polres):
    first, _second = make_stations(["high", "low"])
    unit = make_unit()

    page = polres.get(NEW).content.decode()
    assert page.count('name="stations"') == 2
    sent = {"unit": unit.pk, "people": 2, "note": "Jaga", "stations": [first.pk], **PERIOD}
    answer = polres.post(NEW, sent, follow=True)

    posting = Posting.objects.get()
    assert (posting.starts_at, posting.ends_at, posting.people) == (MORNING, NEXT, 2)
    assert [row.station for row in posting.guarded.all()] == [first]
    assert "2 orang Polsek Uji ditempatkan di Kecamatan Laut Tador" in text(answer)
    assert "TPS 001" in text(answer)
    again = polres.get(NEW + "&x=1")
    assert again.status_code == 200


def test_what_other_postings_hold_is_named_with_links_and_nothing_typed_is_lost(regions, polres):
    first, second = make_stations(["high", "low"])
    unit = make_unit(strength=5)
    held = post(unit, 3, stations=[first])

    sent = {"unit": unit.pk, "people": 4, "note": "Jaga gudang", "stations": [second.pk], **PERIOD}
    answer = polres.post(NEW, sent)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Hanya 2 dari 5 orang" in page
    assert f'href="/pengamanan/penempatan/{held.pk}/"' in page
    assert 'value="Jaga gudang"' in page
    assert f'value="{second.pk}" checked' in page
    assert "dijaga" in page

    answer = polres.post(NEW, sent | {"people": 1, "stations": [first.pk]})
    assert answer.status_code == 409
    assert "TPS 001 Tanjung Kasau sudah dijaga satuan ini" in answer.content.decode()
    assert f'href="/pengamanan/penempatan/{held.pk}/"' in answer.content.decode()
    assert Posting.objects.count() == 1


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"people": "0"}, "lebih besar"),
        ({"people": "banyak"}, "bilangan"),
        ({"unit": "99999999999999999999"}, "valid"),
        ({"unit": ""}, "tidak boleh kosong"),
        ({"ends_at": "2031-11-27T06:00"}, "harus sesudah mulainya"),
        ({"starts_at": "2024-11-27T06:00", "ends_at": "2024-11-28T06:00"}, "sudah lewat"),
        ({"starts_at": "0031-11-27T06:00"}, "antara 2000 dan 2099"),
        ({"stations": ["7777"]}, "valid"),
        ({"stations": ["\x00"]}, "tidak diizinkan"),
    ],
)
def test_a_wrong_form_is_refused_and_keeps_the_rest(regions, polres, wrong, said):
    unit = make_unit()
    sent = {"unit": unit.pk, "people": 2, "note": "Tetap ada", **PERIOD} | wrong

    answer = polres.post(NEW, sent)

    assert answer.status_code == 422
    assert said in text(answer)
    assert 'value="Tetap ada"' in answer.content.decode()
    assert not Posting.objects.exists()


def test_a_unit_of_the_next_regency_is_not_offered(regions, polres):
    make_unit(region=ASAHAN, name="Polres Tetangga")
    make_unit(region="12", name="Brimob Provinsi", kind="brimob")

    page = polres.get(NEW).content.decode()

    assert "Brimob Provinsi" in page
    assert "Polres Tetangga" not in page
    assert "Polres Tetangga" not in polres.get("/pengamanan/satuan/").content.decode()


def test_stations_are_picked_by_class_for_the_people_at_hand(regions, polres):
    stations = make_stations(["low", "high", "high", "high"])
    sent = {"unit": make_unit().pk, "people": 2, "note": "Tetap", "usul": "1", **PERIOD}

    page = polres.post(NEW, sent).content.decode()

    ticked = [station.pk for station in stations if f'value="{station.pk}" checked' in page]
    assert ticked == [stations[1].pk, stations[2].pk]
    assert 'value="Tetap"' in page
    assert not Posting.objects.exists()


def test_the_form_tells_how_many_people_are_free(regions, polres):
    unit = make_unit(strength=9)
    post(unit, 4)
    address = f"/pengamanan/penempatan/baru/bebas/?kecamatan={LAUT_TADOR}&unit={unit.pk}"

    free = text(polres.get(address, PERIOD | {"kecamatan": LAUT_TADOR, "unit": unit.pk}))
    assert "5 dari 9 orang bebas" in free
    assert "4 orang di Kecamatan Laut Tador" in free
    assert "Pilih satuan" in text(polres.get(f"{address[:-1]}"))


def test_a_unit_is_shared_out_once_it_was_looked_at(regions, polres):
    make_stations(["high"] * 3 + ["low"] * 9)
    unit = make_unit(strength=8)
    page = polres.post(SHARE, {"unit": unit.pk, **PERIOD})
    said = text(page)
    assert "8 orang untuk 12 TPS, dalam 4 penempatan" in said
    assert not Posting.objects.exists()
    seen = re.search(r'name="seen" value="(\w+)"', page.content.decode())[1]

    post(unit, 3, region="12.19.02")
    changed = polres.post(SHARE, {"unit": unit.pk, "seen": seen, "simpan": "1", **PERIOD})
    assert changed.status_code == 409
    assert "Keadaan berubah" in text(changed)
    assert Posting.objects.count() == 1
    seen = re.search(r'name="seen" value="(\w+)"', changed.content.decode())[1]

    answer = polres.post(
        SHARE, {"unit": unit.pk, "seen": seen, "simpan": "1", **PERIOD}, follow=True
    )
    assert "2 penempatan disimpan" in text(answer)
    assert Posting.objects.filter(region=LAUT_TADOR).count() == 2


def test_a_posting_is_withdrawn_after_a_question_and_once(regions, polres):
    posting = post(make_unit(), 2)
    address = f"/pengamanan/penempatan/{posting.pk}/tarik/"

    assert "tidak dapat dibatalkan" in text(polres.get(address))
    assert Posting.objects.get().withdrawn_at is None
    assert "2 orang bebas lagi" in text(polres.post(address, follow=True))
    late = polres.post(address)
    assert late.status_code == 409
    assert "sudah ditarik" in text(late)


def test_postings_are_found_by_place_unit_kind_and_day(regions, polres):
    post(make_unit(name="Polsek Satu"), 2)
    post(make_unit(name="Koramil Dua", kind="koramil"), 3, region="12.19.02")
    post(make_unit(name="Polsek Lama"), 2, at(1, 6, year=2024), at(2, 6, year=2024))

    def found(query):
        page = text(polres.get(f"/pengamanan/penempatan/{query}"))
        return [name for name in ("Polsek Satu", "Koramil Dua", "Polsek Lama") if name in page]

    assert found("") == ["Polsek Satu", "Koramil Dua"]
    assert found(f"?wilayah={LAUT_TADOR}") == ["Polsek Satu"]
    assert found("?satuan=dua") == ["Koramil Dua"]
    assert found("?jenis=polsek") == ["Polsek Satu"]
    assert found("?hari=2024-11-01") == ["Polsek Lama"]
    assert found("?hari=2031-11-26") == []
    assert polres.get("/pengamanan/penempatan/?hari=1024-11-01").status_code == 422


def test_who_serves_more_than_a_regency_goes_down_by_region(regions, person, sign_in):
    make_stations(["high"])
    client = sign_in(person("police_approver", ""))

    assert 'href="?wilayah=12"' in client.get("/pengamanan/").content.decode()
    assert f'href="?wilayah={BATU_BARA}"' in client.get("/pengamanan/?wilayah=12").content.decode()
    assert "?wilayah=12" in client.get("/pengamanan/penempatan/baru/").content.decode()
    chosen = client.get(f"/pengamanan/penempatan/baru/?wilayah={BATU_BARA}").content.decode()
    assert f"?kecamatan={LAUT_TADOR}" in chosen
    assert client.get(NEW).status_code == 200


def test_every_page_asks_as_many_queries_with_many_rows_as_with_few(
    regions, person, sign_in, django_assert_max_num_queries
):
    client = sign_in(person("police_approver"))
    stations = make_stations(["high", "low", "risk", "special"] * 3)
    unit = make_unit(strength=5000)

    def fill(first, last):
        for number in range(first, last):
            other = make_unit(name=f"Satuan {number}", strength=9)
            post(other, 1, stations=stations[number % 12 : number % 12 + 2])
            post(unit, 1, region="12.19.02")

    fill(0, 2)
    posting = Posting.objects.first()
    most = {
        "/pengamanan/?per=2031-11-27T07:00": 12,
        "/pengamanan/satuan/": 11,
        f"/pengamanan/satuan/{unit.pk}/": 11,
        "/pengamanan/penempatan/": 12,
        f"/pengamanan/penempatan/{posting.pk}/": 11,
        NEW: 13,
        SHARE: 12,
        f"/pengamanan/penempatan/cetak/?hari=2031-11-27&wilayah={BATU_BARA}": 11,
    }
    few = {}
    for address, limit in most.items():
        with django_assert_max_num_queries(limit) as counted:
            client.get(address)
        few[address] = len(counted)
    fill(2, 9)
    for address, limit in few.items():
        with django_assert_max_num_queries(limit):
            client.get(address)
