"""The list of units, one unit's history, and the admin: found, sorted, paged, in few queries."""

import datetime

import pytest

from tests.conftest import ASAHAN, LAUT_TADOR

from .pledging import LIST, count, make_unit, page_of, text


@pytest.fixture
def secretary(person, sign_in):
    return sign_in(person("secretariat"))


def test_the_list_is_searched_narrowed_and_sorted(regions, secretary):
    make_unit(name="Beta", staff=10, signed=10)
    make_unit(name="Alfa", staff=10, signed=5, counted_on=datetime.date(2024, 11, 2))
    make_unit(name="Gama", staff=10, signed=1, code="1.99")
    make_unit(name="Delta", staff=10)

    def names(query):
        page = secretary.get(LIST + query).context["page"]
        return [unit.name for unit in page]

    assert names("") == ["Alfa", "Beta", "Delta", "Gama"]
    assert names("?keadaan=tertinggal") == ["Alfa", "Delta", "Gama"]
    assert names("?keadaan=lengkap") == ["Beta"]
    assert names("?urut=persen") == ["Delta", "Gama", "Alfa", "Beta"]
    assert names("?urut=tanggal") == ["Delta", "Alfa", "Beta", "Gama"]
    assert names("?cari=am") == ["Gama"]
    assert names("?cari=1.99") == ["Gama"]
    assert names("?cari=%25") == []
    refused = secretary.get(f"{LIST}?keadaan=entah")
    assert refused.status_code == 422
    assert "Hapus saringan" in text(refused)
    assert secretary.get(f"{LIST}ekspor/?keadaan=entah").status_code == 422


def test_many_units_are_paged_printed_whole_and_ask_no_more_queries(
    regions, secretary, django_assert_max_num_queries
):
    make_unit(name="Satu", staff=10, signed=5)
    with django_assert_max_num_queries(14) as few:
        secretary.get(LIST)
    for number in range(30):
        make_unit(LAUT_TADOR, name=f"Unit {number:02}", staff=10, signed=number % 3)
    with django_assert_max_num_queries(len(few)):
        page = text(secretary.get(LIST))
    assert "Halaman 1 dari 2" in page
    assert "Unit 29" not in page
    assert "Unit 29" in text(secretary.get(f"{LIST}?page=2"))
    printed = text(secretary.get(f"{LIST}?cetak=1"))
    assert "Unit 29" in printed
    assert "Satu" in printed


def test_the_history_of_a_unit_asks_no_more_queries_when_it_is_long(
    regions, secretary, django_assert_max_num_queries
):
    unit = make_unit(staff=50, signed=1)
    with django_assert_max_num_queries(10) as few:
        secretary.get(page_of(unit))
    most = len(few)
    for day in range(1, 28):
        count(secretary, unit, counted_on=f"2024-10-{day:02}", signed=day, staff=50)
    with django_assert_max_num_queries(most):
        assert "Halaman 1 dari 2" in text(secretary.get(page_of(unit)))


def test_the_admin_shows_units_and_counts_and_keeps_the_rule(regions, person, sign_in):
    unit = make_unit(name="Dinas Uji", staff=10, signed=4)
    admin = sign_in(person("administrator"))
    page = "/admin/asn_neutrality/civilunit/"
    assert "Dinas Uji" in text(admin.get(page))
    assert "Dinas Uji" in text(admin.get("/admin/asn_neutrality/pledge/"))
    form = {"code": unit.code, "name": "Dinas Baru", "staff": 3, "email": "", "is_active": "on"}
    assert "sudah menandatangani" in text(admin.post(f"{page}{unit.pk}/change/", form))
    assert admin.post(f"{page}{unit.pk}/change/", {**form, "staff": 12}).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Dinas Baru"

    auditor = sign_in(person("auditor"))
    assert auditor.get(f"{page}{unit.pk}/change/").status_code == 200
    assert auditor.post(f"{page}{unit.pk}/change/", form).status_code == 403
    elsewhere = sign_in(person("administrator", ASAHAN))
    assert elsewhere.post(f"{page}{unit.pk}/change/", form).status_code == 302
    unit.refresh_from_db()
    assert unit.name == "Dinas Baru"
