"""The page of a region: its level and why, and all that is known around it."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from forkopimda.elections import actions as elections
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions as meetings
from forkopimda.meetings.models import FollowUp
from forkopimda.people import actions as officials
from forkopimda.people import example as people
from forkopimda.regions.models import Region
from security import actions
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

from .assessing import assess
from .happening import computed, verified
from .incidents.reporting import report

ADDRESS = f"/kerawanan/{LAUT_TADOR}/"
VILLAGE = f"{LAUT_TADOR}.2001"
QUERIES_MOST = 45  # whatever is known of a region


@pytest.fixture
def laut_tador(regions):
    return regions[LAUT_TADOR]


@pytest.fixture
def village(laut_tador):
    with writing():
        return Region.objects.create(
            code=VILLAGE, name="Tanjung Kasau", level="village", parent=laut_tador
        )


@pytest.fixture
def show(person, sign_in):
    """The page as a reader sees it, without the markup's line breaks."""

    def page(address=ADDRESS, role="viewer", code=BATU_BARA):
        answer = sign_in(person(role, code)).get(address)
        assert answer.status_code == 200
        return re.sub(r"\s+", " ", answer.content.decode())

    return page


def test_a_region_of_which_nothing_is_known_says_so_in_one_line_each(regions, show):
    page = show()

    for line in (
        "Wilayah ini belum pernah dinilai.",
        "Belum ada asesmen.",
        "Tidak ada insiden dalam 12 pekan ini.",
        "Belum ada TPS yang tercatat.",
        "Belum ada penempatan pengamanan.",
        "Tidak ada tindak lanjut terbuka untuk wilayah ini.",
        "Belum ada lembaga atau satuan yang tercatat.",
        "Belum ada penilaian",
    ):
        assert line in page, line


def test_the_indicators_of_the_last_assessment_are_shown_as_bars(laut_tador, show):
    assess(laut_tador, 0)
    newest = assess(laut_tador, 4)

    page = show()

    assert "score-bar" in page
    assert f"{ADDRESS}asesmen/{newest.pk}/" in page


def test_the_police_are_led_to_assess_and_to_the_last_assessment(laut_tador, show):
    newest = assess(laut_tador)
    links = (f"{ADDRESS}nilai/", f"?asesmen={newest.pk}#tetapkan", 'href="#tetapkan"')

    officer = show(role="police_operator", code=LAUT_TADOR)
    assert all(link in officer for link in links)
    assert not any(link in show() for link in links)


def test_the_trend_counts_twelve_weeks_by_state_and_links_the_latest_five(laut_tador, show):
    now = timezone.now()
    for weeks in (0, 0, 3, 11, 13):
        verified(laut_tador, "minor", days=7 * weeks)
    waiting = report(laut_tador)
    actions.step_incident(by=SYSTEM, incident=report(laut_tador), state="rejected", note="keliru")

    page = show()

    monday = timezone.localdate(now) - timedelta(days=timezone.localdate(now).weekday())
    rows = dict(
        re.findall(r'datetime="([\d-]+)">[^<]+</time></th> <td>(\d+</td> <td>\d+)</td>', page)
    )
    assert len(rows) == 12
    assert rows[str(monday)] == "2</td> <td>1"
    assert rows[str(monday - timedelta(weeks=3))] == "1</td> <td>0"
    assert rows[str(monday - timedelta(weeks=1))] == "0</td> <td>0"
    assert page.count("trend-confirmed") == 13  # twelve bars and the key
    assert f"/insiden/{waiting.pk}/" in page
    assert len(set(re.findall(r"/insiden/(\d+)/", page))) == 5


def test_stations_by_class_and_guards_posted_now_beside_those_needed(laut_tador, village, show):
    for number, risk_class in enumerate(("high", "high", "low"), start=1):
        station = elections.save_station(by=SYSTEM, village=village, number=number)
        actions.class_station(by=SYSTEM, station=station, risk_class=risk_class, note="uji")
    unit = actions.save_unit(
        by=SYSTEM, region=laut_tador, kind="polsek", name="Polsek Uji", strength=9, phone="0622 1"
    )
    now = timezone.now()
    actions.post_guards(
        by=SYSTEM,
        unit=unit,
        region=laut_tador,
        people=1,
        starts_at=now - timedelta(minutes=1),
        ends_at=now + timedelta(hours=8),
        stations=[station],
    )

    page = show()

    assert '<span class="fw-bold">2</span> sangat rawan' in page
    assert '<span class="fw-bold">1</span> kurang rawan' in page
    assert f"/tps/?wilayah={LAUT_TADOR}" in page
    # Two police for two very exposed stations and two for the other one; one is there.
    numbers = re.search(r"Polisi</th>(.*?)</tr>", page)[1]
    assert re.findall(r">(\d+)<", numbers) == ["1", "4", "3"]
    assert re.findall(r">(\d+)<", re.search(r"Linmas</th>(.*?)</tr>", page)[1]) == ["0", "6", "6"]


def test_open_follow_ups_of_the_region_are_those_that_the_reader_may_open(
    regions, laut_tador, show
):
    people.load(password=None)
    start = timezone.now() - timedelta(hours=1)
    meeting = meetings.plan_meeting(
        by=SYSTEM,
        region=regions[BATU_BARA],
        title="Rapat",
        place="Aula",
        starts_at=start,
        ends_at=start + timedelta(hours=3),
    )
    polres = regions[BATU_BARA].institutions.get(code="polres")
    meetings.invite(by=SYSTEM, meeting=meeting, institution=polres)
    meeting = meetings.send_invitations(by=SYSTEM, meeting=meeting)
    for task, place in (("Patroli Laut Tador", laut_tador), ("Patroli lain", regions[SEI_SUKA])):
        meetings.add_follow_up(
            by=SYSTEM,
            meeting=meeting,
            task=task,
            place=place,
            institution=polres,
            due_on=meeting.day,
        )

    page = show()

    mine = FollowUp.objects.get(place=laut_tador)
    assert "Patroli Laut Tador" in page
    assert f"/{mine.pk}/" in page
    assert "Patroli lain" not in page
    assert "Patroli Laut Tador" not in show(role="police_operator", code=LAUT_TADOR)


def test_officials_up_to_the_regency_are_listed_police_and_members_first_with_phone_links(
    regions, laut_tador, show
):
    people.load(password=None)
    camat = officials.save_institution(
        by=SYSTEM,
        region=laut_tador,
        code="kecamatan",
        name="Kantor Camat",
        head_title="Camat",
        membership="invited",
        phone="0622 12-34",
        position=1,
    )
    actions.save_unit(
        by=SYSTEM,
        region=laut_tador,
        kind="polsek",
        name="Polsek Contoh",
        strength=9,
        phone="0622 99",
    )

    page = show()

    assert 'href="tel:062299"' in page
    assert 'href="tel:110"' in page
    assert 'href="tel:06221234"' in page
    assert "Kapolres: AKBP Taufiq Hidayat Thayeb" in page
    names = [
        "Polsek Contoh",
        "Polres Batu Bara",
        "Undangan forum",
        camat.name,
        "KPU Kabupaten Batu Bara",
    ]
    order = [page.index(name) for name in names]
    assert order == sorted(order)
    assert "tel:" not in show(f"/kerawanan/{ASAHAN}/", code=ASAHAN)


def test_the_early_warning_is_shown_with_its_parts(regions, laut_tador, show):
    verified(laut_tador)
    computed(regions[BATU_BARA])

    page = show()

    assert "Peringatan dini" in page
    assert "Nilai adalah jumlah lima bagian" in page


def test_the_history_tells_level_reason_who_and_on_what_it_rested(laut_tador, show):
    high = assess(laut_tador, 4)
    actions.rate_region(by=SYSTEM, region=laut_tador, level="low", reason="Awalnya tenang")
    actions.rate_region(
        by=SYSTEM,
        region=laut_tador,
        level="medium",
        reason="Mulai ramai",
        assessment=high,
        departure="Aparat sudah siaga",
    )

    history = show().split('id="history-title"')[1]

    for words in ("Awalnya tenang", "Mulai ramai", "naik dari rendah", "Aparat sudah siaga"):
        assert words in history
    assert f"{ADDRESS}asesmen/{high.pk}/" in history


def test_a_long_history_is_paged(laut_tador, show):
    for number in range(22):
        actions.rate_region(by=SYSTEM, region=laut_tador, level="low", reason=f"alasan-{number}-")

    assert "alasan-21-" in show()
    last = show(f"{ADDRESS}?page=2")
    assert "alasan-0-" in last
    assert "alasan-20-" not in last


def test_a_village_shows_its_kecamatans_level_and_what_applies_to_it(laut_tador, village, show):
    actions.rate_region(by=SYSTEM, region=laut_tador, level="high", reason="x")
    incident = report(village)

    page = show(f"/kerawanan/{VILLAGE}/", role="police_approver")

    assert "Tingkat desa/kelurahan mengikuti Kecamatan Laut Tador" in page
    assert "Tinggi" in page
    assert f"/insiden/{incident.pk}/" in page
    assert "Pengamanan diatur per kecamatan" in page
    assert "tetapkan" not in page.split("<main")[1]
    assert "Riwayat" not in page


def test_a_village_can_not_be_rated(village, person, sign_in):
    sent = {"level": "high", "reason": "x"}

    for role, code in (("police_approver", BATU_BARA), ("police_operator", LAUT_TADOR)):
        answer = sign_in(person(role, code)).post(f"/kerawanan/{VILLAGE}/", sent)
        assert answer.status_code == 403


def test_a_province_is_shown_to_who_serves_it(laut_tador, show):
    report(laut_tador)

    page = show("/kerawanan/12/", role="administrator", code="")

    assert "Tingkat ditetapkan untuk kabupaten/kota dan kecamatan." in page
    assert "trend-title" in page


def test_an_open_page_asks_for_its_level_alone(laut_tador, person, sign_in):
    actions.rate_region(by=SYSTEM, region=laut_tador, level="high", reason="Bentrok")
    client = sign_in(person("viewer"))

    part = client.get(ADDRESS, headers={"HX-Request": "true", "HX-Target": "region-level"})

    assert "Bentrok" in part.content.decode()
    assert "<main" not in part.content.decode()


def test_the_page_asks_no_more_queries_the_more_is_known(
    regions, laut_tador, village, person, sign_in, django_assert_max_num_queries
):
    people.load(password=None)
    client = sign_in(person("police_approver"))
    with django_assert_max_num_queries(QUERIES_MOST):
        client.get(ADDRESS)

    for _ in range(3):
        actions.rate_region(by=SYSTEM, region=laut_tador, level="low", reason="x")
        verified(laut_tador, "minor")
        asked = assess(laut_tador, 4)
        actions.rate_region(
            by=SYSTEM, region=laut_tador, level="high", reason="x", assessment=asked
        )
    for number in range(1, 6):
        station = elections.save_station(by=SYSTEM, village=village, number=number)
        actions.class_station(by=SYSTEM, station=station, risk_class="low")
    actions.propose_level(
        by=person("police_operator", LAUT_TADOR), region=laut_tador, level="low", reason="x"
    )
    computed(regions[BATU_BARA])
    with django_assert_max_num_queries(QUERIES_MOST):
        client.get(f"{ADDRESS}?asesmen={asked.pk}&per={timezone.localdate()}")
