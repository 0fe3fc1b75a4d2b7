"""The pages of early warnings: what is suggested beside what is in force, and why."""

import pytest

from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .happening import computed, rated, verified

TIRAM = "12.19.06"  # Tanjung Tiram, far from Laut Tador
PAGE = "/kerawanan/peringatan-dini/"


@pytest.fixture
def regency(regions):
    return regions[BATU_BARA]


def test_the_list_shows_the_suggestion_beside_the_level_and_tells_the_difference(
    regions, regency, person, sign_in
):
    rated(regions[LAUT_TADOR], "low")
    rated(regions[TIRAM], "high")
    rated(regions[SEI_SUKA], "low")
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    page = sign_in(person("viewer")).get(PAGE).content.decode()

    rows = page.split('<li data-region="')[1:]
    assert rows[0].startswith(LAUT_TADOR)
    assert "saran di atas tingkat yang berlaku" in rows[0]
    by_code = {row[:8]: row for row in rows}
    assert "saran di bawah tingkat yang berlaku" in by_code[TIRAM]
    assert "sama dengan tingkat yang berlaku" in by_code[SEI_SUKA]
    assert "belum ada tingkat yang berlaku" in by_code["12.19.01"]
    assert "1 kecamatan disarankan di atas tingkat yang berlaku" in page


def test_each_kecamatan_opens_the_formula_with_every_terms_share(regions, regency, person, sign_in):
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    page = sign_in(person("viewer")).get(f"{PAGE}?wilayah={LAUT_TADOR}").content.decode()

    assert page.count("<details open>") == 1
    for words in (
        "1 insiden terverifikasi, 20 poin",
        "tidak ada insiden terverifikasi",
        "1 peringatan belum diketahui penyelia",
        "tidak ada pemilihan yang tercatat",
        "belum ada asesmen",
        "tidak pernah mengubah tingkat",
        "ringan 1, sedang 3, berat 8, kritis 20",
        "menjadi separuh tiap 7 hari",
        "tidak diketahui 1, ringan 1, sedang 2, berat 4, ekstrem 8",
    ):
        assert words in page, words
    assert page.count('<rect class="warning-fill"') == 5


def test_the_list_is_searched_and_sorted(regions, regency, person, sign_in):
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    client = sign_in(person("viewer"))

    assert client.get(PAGE, {"cari": "tador"}).content.decode().count("<li data-region") == 1
    assert "Tidak ada kecamatan yang cocok" in client.get(PAGE, {"cari": "zzz"}).content.decode()
    by_name = client.get(PAGE, {"urut": "nama"}).content.decode()
    assert by_name.index("Air Putih</a>") < by_name.index("Laut Tador</a>")
    assert client.head(PAGE).status_code == 200


def test_before_the_first_computation_the_page_says_so(regions, person, sign_in):
    page = sign_in(person("viewer")).get(PAGE).content.decode()

    assert "Belum ada peringatan dini" in page


def test_another_regencys_warnings_are_not_there(regions, regency, person, sign_in):
    verified(regions[LAUT_TADOR], "critical")
    computed(regency)
    client = sign_in(person("viewer", ASAHAN))

    assert "Laut Tador" not in client.get(PAGE).content.decode()
    assert client.get(PAGE, {"wilayah": BATU_BARA}).status_code == 404
    assert client.get(PAGE, {"wilayah": ""}).status_code == 404


def test_the_list_asks_as_many_queries_for_few_as_for_many(
    regions, regency, person, sign_in, django_assert_max_num_queries
):
    client = sign_in(person("viewer"))
    computed(regency)
    with django_assert_max_num_queries(12) as one:
        client.get(PAGE, {"cari": "tador"})
    for code in (LAUT_TADOR, SEI_SUKA, TIRAM):
        rated(regions[code], "low")
    with django_assert_max_num_queries(len(one)):
        client.get(PAGE)


def test_the_dashboard_names_those_above_their_level(regions, regency, person, sign_in):
    rated(regions[TIRAM], "high")
    verified(regions[LAUT_TADOR], "critical")
    verified(regions[TIRAM], "critical")
    computed(regency)
    client = sign_in(person("viewer"))
    panel = client.get("/panel/warnings/").content.decode()

    assert "Laut Tador" in panel
    assert "Tanjung Tiram" not in panel
    assert (
        "Tidak ada saran di atas tingkat yang berlaku"
        in sign_in(person("viewer", ASAHAN)).get("/panel/warnings/").content.decode()
    )
