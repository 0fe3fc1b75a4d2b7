"""Cases in numbers: nobody's, and no number under five can be had from them."""

import datetime
from io import BytesIO

import pytest
from django.utils import timezone
from openpyxl import load_workbook

from asn_neutrality.concealing import SMALLEST
from asn_neutrality.models import Case, Kind, State
from asn_neutrality.statistics import YEARS
from forkopimda.lib.guard import writing
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .counting import YEAR, add_cases
from .pledging import text

PAGE = "/netralitas-asn/statistik/"
EXPORT = f"{PAGE}ekspor/"
WHO = "wilayah=12.19"


def address(page=PAGE, code=BATU_BARA, year=YEAR):
    return f"{page}?wilayah={code}&tahun={year}"


def lines(answer, table):
    return {str(line.label): line.count for line in getattr(answer.context["numbers"], table)}


def test_those_who_may_count_see_the_same_numbers_and_no_others(regions, person, sign_in):
    add_cases(7, kind="photo")
    add_cases(9, state="study", kind="hoax", size_class="large")
    add_cases(2, state="dismissed", kind="gifts")
    add_cases(9, code=ASAHAN)
    pages = [
        sign_in(person(role)).get(address())
        for role in ("viewer", "secretariat", "administrator", "asn_examiner", "auditor")
    ]
    for page in pages:
        assert page.context["numbers"] == pages[0].context["numbers"]
    assert pages[0].context["numbers"].total == 18
    kinds = lines(pages[0], "kinds")
    assert kinds[str(Kind.PHOTO.label)] == 7
    assert kinds[str(Kind.GIFTS.label)] is None
    words = text(pages[0])
    assert f"{Kind.GIFTS.label} disamarkan" in words
    assert "Angka di bawah 5, termasuk nol, disamarkan" in words
    assert "/UJI/" not in words
    for role in ("police_operator", "election_officer"):
        assert sign_in(person(role)).get(address()).status_code == 403


def test_under_five_reports_nothing_is_told_but_that(regions, person, sign_in):
    add_cases(4)
    page = sign_in(person("viewer")).get(address())
    assert "Laporan diterima &lt; 5" in text(page)
    numbers = page.context["numbers"]
    tables = (numbers.states, numbers.kinds, numbers.sizes, numbers.months)
    assert {line.count for table in tables for line in table} == {None}
    assert (numbers.running, numbers.overdue, numbers.percent_proven) == (None, None, None)
    assert {stay.days for stay in page.context["stays"]} == {None}


def test_only_registers_are_counted_and_nothing_above_or_below_them(regions, person, sign_in):
    add_cases(5)
    add_cases(5, code=LAUT_TADOR)
    add_cases(6, code="12")
    country = sign_in(person("administrator", ""))

    assert country.get(address()).context["numbers"].total == 10
    assert country.get(address(code="12")).context["numbers"].total == 6
    assert country.get(address(code=LAUT_TADOR)).status_code == 404
    start = country.get(PAGE)
    assert "Pilih wilayah" in text(start)
    assert "numbers" not in start.context
    assert country.get(EXPORT).status_code == 404
    near = country.get(address(code="12")).context["asked"].regions
    assert [place.pk for place in near] == ["12", ASAHAN, BATU_BARA]

    kecamatan = sign_in(person("viewer", LAUT_TADOR))
    assert "Tidak ada statistik untuk kecamatan" in text(kecamatan.get(PAGE))
    for code in (LAUT_TADOR, BATU_BARA, "12", "", "x", "9" * 50):
        for page in (PAGE, EXPORT):
            answer = kecamatan.get(address(page, code=code))
            assert answer.status_code == 404 or "numbers" not in answer.context
    assert sign_in(person("viewer", ASAHAN)).get(address()).status_code == 404


def test_years_stand_apart_and_have_no_sum(regions, person, sign_in):
    now = timezone.localdate().year
    add_cases(5, received_on=datetime.date(now - 1, 5, 1))
    add_cases(2, received_on=datetime.date(now, 1, 1))
    client = sign_in(person("viewer"))

    page = client.get(f"{PAGE}?{WHO}")
    assert page.context["numbers"].total is None
    assert page.context["by_year"] == [(now, None), (now - 1, 5)] + [
        (now - back, None) for back in range(2, YEARS)
    ]
    assert client.get(address(year=now - 1)).context["numbers"].total == 5
    for year in (now + 1, now - YEARS, "semua", "", "²", "9" * 30):
        assert client.get(address(year=year)).status_code == 404
    months = page.context["numbers"].months
    assert len(months) == timezone.localdate().month


def test_a_merged_duplicate_is_counted_once_and_what_was_erased_still(regions, person, sign_in):
    cases = add_cases(7, state="not_proven")
    doubles = add_cases(2, state="dismissed")
    with writing():
        Case.objects.filter(pk__in=[case.pk for case in doubles]).update(merged_into=cases[0])
        Case.objects.filter(pk=cases[1].pk).update(erased_at=timezone.now())
    page = sign_in(person("viewer")).get(address())
    assert page.context["numbers"].total == 7


def test_share_proven_open_and_overdue_come_from_what_is_shown(regions, person, sign_in):
    add_cases(5, state="sanctioned")
    add_cases(15, state="not_proven")
    add_cases(9, state="dismissed")
    add_cases(6, late=True)
    add_cases(6)
    client = sign_in(person("viewer"))
    page = client.get(address())
    numbers = page.context["numbers"]
    assert numbers.percent_proven == 25
    assert "Terbukti, dari yang sudah diputuskan 25 %" in text(page)
    assert numbers.overdue == 6
    assert numbers.running is None  # phases with no case are hidden

    add_cases(6, late=True, code=ASAHAN)
    add_cases(4, code=ASAHAN)
    few = sign_in(person("viewer", ASAHAN)).get(address(code=ASAHAN)).context["numbers"]
    assert (few.total, few.overdue) == (10, None)  # four are in time


def test_medians_take_five_cases_that_may_have_left_the_step(regions, person, sign_in):
    for days in (2, 3, 4, 5, 6, 30):
        add_cases(1, state="not_proven", stays={"study": days})
    add_cases(6)
    add_cases(9, state="dismissed")
    client = sign_in(person("viewer"))
    page = client.get(address())
    stays = {stay.label: stay.days for stay in page.context["stays"]}
    assert stays[State.STUDY.label] == pytest.approx(4.5)
    assert stays[State.RECEIVED.label] == 0
    assert stays[State.RECOMMENDED.label] is None
    assert f"{State.STUDY.label} 4,5" in text(page)

    add_cases(4, state="not_proven", stays={"study": 4}, code=ASAHAN)
    add_cases(9, code=ASAHAN)
    page = sign_in(person("viewer", ASAHAN)).get(address(code=ASAHAN))
    assert {stay.days for stay in page.context["stays"]} == {None}


def test_the_file_says_what_the_page_says(regions, person, sign_in):
    add_cases(7)
    add_cases(6, state="not_proven", kind="hoax")
    add_cases(1, kind="gifts")
    client = sign_in(person("viewer"))
    numbers = client.get(address()).context["numbers"]
    answer = client.get(address(EXPORT))
    rows = list(load_workbook(BytesIO(b"".join(answer.streaming_content))).active.values)
    told = {(table, line): count for table, line, count in rows}

    assert told["Laporan", "seluruhnya"] == 14
    for line in numbers.kinds:
        assert told["Jenis dugaan", str(line.label)] == (
            "disamarkan" if line.count is None else line.count
        )
    for line in numbers.states:
        assert told["Keadaan", str(line.label)] == (
            "disamarkan" if line.count is None else line.count
        )
    assert told["Per tahun", str(YEAR)] == 14
    figures = [count for *_words, count in rows if isinstance(count, int)]
    assert min(figures) >= SMALLEST
    assert not any(str(cell)[0] in "=+-@" for row in rows for cell in row if cell)


def test_many_cases_are_counted_in_as_many_queries(
    regions, person, sign_in, django_assert_max_num_queries
):
    client = sign_in(person("viewer"))
    add_cases(1)
    with django_assert_max_num_queries(12) as few:
        client.get(address())
    add_cases(30, state="study", kind="hoax")
    with django_assert_max_num_queries(len(few)):
        client.get(address())
