"""The dashboard: cases to those who see or count them, pledges to everybody."""

import datetime

from django.utils import timezone

from asn_neutrality.models import Report
from asn_neutrality.panels import open_cases, pledges
from forkopimda.lib.guard import writing
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .counting import add_cases
from .pledging import make_unit, text

NEW_YEAR = datetime.date(timezone.localdate().year, 1, 1)


def panel(client, key, code=BATU_BARA):
    answer = client.get(f"/panel/{key}/?wilayah={code}")
    return text(answer) if answer.status_code == 200 else answer.status_code


def test_examiners_and_auditors_see_their_open_overdue_and_unread_cases(
    examiner, report, regions, person, sign_in
):
    mine, other = examiner(), person("asn_examiner", ASAHAN)
    for _number in range(3):
        report()
    with writing():
        Report.objects.filter(pk=Report.objects.first().pk).update(is_unread=False)
    add_cases(2, late=True)
    add_cases(1, state="dismissed")
    add_cases(1, late=True, code=ASAHAN)

    for user in (mine, person("auditor")):
        words = panel(sign_in(user), "cases")
        assert "5 perkara dugaan yang masih terbuka" in words
        assert "2 lewat tenggat · 2 ada kabar dari pelapor" in words
    newcomer = panel(sign_in(person("asn_examiner")), "cases")
    assert "2 perkara dugaan" in newcomer  # of the sealed ones, none is theirs
    assert panel(sign_in(other), "cases") == 404
    assert "1 lewat tenggat" in panel(sign_in(other), "cases", ASAHAN)
    assert "Tidak ada yang lewat tenggat" in panel(
        sign_in(person("auditor", "12.09.08")), "cases", ASAHAN
    )


def test_who_may_only_count_sees_what_the_statistics_show(regions, person, sign_in):
    add_cases(4, received_on=NEW_YEAR, late=True)
    clients = [sign_in(person(role)) for role in ("viewer", "secretariat", "administrator")]
    year = NEW_YEAR.year
    for client in clients:
        assert f"Kurang dari lima laporan dugaan pada {year}" in panel(client, "cases")
    add_cases(9, received_on=NEW_YEAR, late=True)
    add_cases(5, received_on=NEW_YEAR)
    add_cases(9, received_on=NEW_YEAR, state="dismissed")
    for client in clients:
        words = panel(client, "cases")
        assert f"27 laporan dugaan pada {year}" in words
        assert "Masih berjalan: sedikitnya 18 · Lewat tenggat: 13" in words
        numbers = client.get("/netralitas-asn/statistik/").context["numbers"]
        assert (numbers.total, numbers.overdue) == (27, 13)
    page = clients[0].get("/").content.decode()
    assert f'href="/netralitas-asn/statistik/?wilayah={BATU_BARA}"' in page


def test_above_a_regency_and_for_who_serves_in_a_part_of_it_nothing_is_counted(
    regions, person, sign_in
):
    add_cases(9, received_on=NEW_YEAR)
    country = sign_in(person("administrator", ""))
    for code in ("", "12"):
        assert "tampil per kabupaten/kota" in panel(country, "cases", code)
    assert panel(sign_in(person("viewer", LAUT_TADOR)), "cases") == 404
    assert panel(sign_in(person("police_operator")), "cases") == 404


def test_everybody_sees_how_many_have_signed(regions, person, sign_in):
    police = sign_in(person("police_operator", LAUT_TADOR))
    assert "Belum ada unit" in panel(police, "pledges")
    make_unit(staff=1000, signed=600)
    make_unit(LAUT_TADOR, staff=234, signed=234)
    make_unit(ASAHAN, staff=50, signed=1)
    words = panel(police, "pledges")
    assert "67 % dari 1.234 ASN sudah menandatangani" in words
    assert "1 dari 2 unit tertinggal" in words
    assert panel(police, "pledges", ASAHAN) == 404


def test_the_panels_ask_one_query_each(regions, person, django_assert_num_queries):
    make_unit(staff=10, signed=4)
    for role in ("viewer", "asn_examiner", "auditor"):
        user = person(role)
        assert user.access.grants  # asked once per request
        for offer in (open_cases, pledges):
            with django_assert_num_queries(1):
                offer(user, BATU_BARA)
