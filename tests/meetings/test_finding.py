"""Officials find a meeting by what was said, by institution, stage, time, and in a calendar."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import AgendaItem, Decision, Stage
from forkopimda.regions.actions import edit_region
from tests.conftest import ASAHAN, BATU_BARA

WIB = ZoneInfo("Asia/Jakarta")


def on(year, month, day, hour=9, hours=2, zone=WIB):
    start = datetime.datetime(year, month, day, hour, tzinfo=zone)
    return {"starts_at": start, "ends_at": start + datetime.timedelta(hours=hours)}


@pytest.fixture
def point():
    def add(meeting, title="Acara", minutes="", number=1):
        with writing():
            return AgendaItem.objects.create(
                meeting=meeting, number=number, title=title, minutes=minutes
            )

    return add


@pytest.fixture
def decide():
    def add(meeting, text, number=1):
        with writing():
            return Decision.objects.create(meeting=meeting, number=number, text=text)

    return add


@pytest.fixture
def page(person, sign_in):
    client = sign_in(person("viewer"))

    def get(**query):
        return client.get("/rapat/", query)

    return get


def titles(answer):
    return [meeting.title for meeting, _found in answer.context["rows"]]


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("keamanan", ["Rapat dengan notulen"]),
        ("mengamankan", ["Rapat dengan notulen"]),
        ("logistik", ["Rapat dengan acara"]),
        ("penganggaran", ["Rapat dengan keputusan"]),
        ("pendopo", ["Rapat di pendopo"]),
        ("PENDOPO", ["Rapat di pendopo"]),
        ("rapat pendopo", ["Rapat di pendopo"]),
        ("sesuatu yang lain", []),
    ],
)
def test_a_meeting_is_found_by_a_word_of_any_of_its_parts_in_any_of_its_forms(
    plan, page, point, decide, words, found
):
    point(plan("Rapat dengan notulen"), minutes="Polres menambah pengamanan di pasar.")
    point(plan("Rapat dengan acara"), title="Kesiapan logistik pemilihan")
    decide(plan("Rapat dengan keputusan"), "Pemerintah kabupaten menganggarkan perlindungan.")
    plan("Rapat di pendopo", place="Pendopo Kabupaten")

    assert titles(page(cari=words)) == found


def test_words_may_stand_in_different_parts_and_a_minus_leaves_out(plan, page, point):
    one = plan("Rapat koordinasi", days=1)
    point(one, minutes="Hoaks dibahas.")
    point(one, title="Turut campur orang luar", number=2)
    plan("Rapat koordinasi tanpa pembahasan", days=2)

    assert titles(page(cari="koordinasi hoaks")) == ["Rapat koordinasi"]
    assert titles(page(cari="koordinasi -hoaks")) == ["Rapat koordinasi tanpa pembahasan"]
    assert titles(page(cari='"turut campur"')) == ["Rapat koordinasi"]
    assert titles(page(cari='"campur turut"')) == []
    assert titles(page(cari="rapat dan hoaks")) == ["Rapat koordinasi"]


def test_a_result_shows_where_the_words_stand_and_nothing_in_it_is_markup(
    plan, page, point, decide
):
    meeting = plan("Rapat koordinasi")
    point(meeting, minutes="Dibahas <b>hoaks</b> & \ue000fitnah.")
    decide(meeting, "Menangkal hoaks <script>alert(1)</script> bersama.")

    text = page(cari="hoaks").content.decode()

    assert "Acara dan notulen: " in text
    assert "Keputusan: " in text
    assert text.count("<mark>hoaks</mark>") == 2
    assert "<b>hoaks" not in text
    assert "<script>alert" not in text
    assert "\ue000" not in text


@pytest.mark.parametrize("words", ['"', "-", "& | !", "'; --", "a" * 100, "dan", "<->"])
def test_no_words_break_the_search(plan, page, words):
    plan("Rapat koordinasi")

    assert page(cari=words).status_code == 200


def test_meetings_are_filtered_by_who_is_invited_or_chairs(plan, page, forum):
    invited, chaired = plan("Diundang", days=1), plan("Dipimpin", days=2)
    withdrawn = plan("Ditarik", days=3)
    plan("Lain", days=4)
    actions.invite(by=SYSTEM, meeting=invited, institution=forum["polres"])
    gone = actions.invite(by=SYSTEM, meeting=withdrawn, institution=forum["polres"])
    with writing():
        chaired.chair = forum["polres"]
        chaired.save()
        gone.removed_at = gone.meeting.starts_at
        gone.save()

    assert titles(page(lembaga=forum["polres"].pk)) == ["Dipimpin", "Diundang"]


def test_meetings_are_filtered_by_stage(plan, person, sign_in):
    plan("Masih draf", draft=True)
    plan("Sudah terkirim")
    cancelled = plan("Dibatalkan saja")
    with writing():
        cancelled.stage, cancelled.cancel_reason = Stage.CANCELLED, "Banjir"
        cancelled.cancelled_at = cancelled.starts_at
        cancelled.save()
    client = sign_in(person("secretariat"))

    def shown(stage):
        return titles(client.get("/rapat/", {"tahap": stage}))

    assert shown("draf") == ["Masih draf"]
    assert shown("terkirim") == ["Sudah terkirim"]
    assert shown("dibatalkan") == ["Dibatalkan saja"]
    assert shown("notulen-disetujui") == []
    assert len(shown("")) == 3


def test_meetings_are_filtered_by_the_days_on_which_they_start_where_the_reader_is(plan, page):
    plan("Hari pertama", **on(2024, 11, 1, hour=0))
    plan("Hari terakhir", **on(2024, 11, 30, hour=23))
    plan("Sehari sesudahnya", **on(2024, 12, 1, hour=0))

    answer = page(dari="2024-11-01", sampai="2024-11-30")

    assert titles(answer) == ["Hari terakhir", "Hari pertama"]


@pytest.mark.parametrize(
    ("query", "field", "message"),
    [
        ({"dari": "kemarin"}, "dari", "Masukkan tanggal yang valid"),
        ({"dari": "0001-01-01"}, "dari", "Tahunnya harus antara 2000 dan 2099."),
        ({"sampai": "9999-12-31"}, "sampai", "Tahunnya harus antara 2000 dan 2099."),
        ({"dari": "2024-11-02", "sampai": "2024-11-01"}, "sampai", "tidak boleh sebelum"),
        ({"tahap": "entah"}, "tahap", "Masukkan pilihan yang valid"),
        ({"waktu": "entah"}, "waktu", "Masukkan pilihan yang valid"),
        ({"lembaga": "999999"}, "lembaga", "Masukkan pilihan yang valid"),
        ({"lembaga": "polres"}, "lembaga", "Masukkan pilihan yang valid"),
        ({"cari": "a" * 101}, "cari", "paling banyak 100 karakter"),
    ],
)
def test_a_filter_that_can_not_be_is_explained_and_shows_no_meeting(
    plan, page, query, field, message
):
    plan("Rapat koordinasi")

    answer = page(**query)

    text = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["filters"].errors) == [field]
    assert message in text
    assert "Saringan ini tidak dapat dipakai" in text
    assert "Rapat koordinasi" not in text


def test_filters_stay_when_turning_pages_and_when_choosing_upcoming(plan, page):
    for number in range(21):
        plan(f"Logistik {number:02d}", days=number + 1)

    text = page(cari="logistik", dari="2024-01-01").content.decode()

    assert "cari=logistik&amp;dari=2024-01-01&amp;page=2" in text
    assert "cari=logistik&amp;dari=2024-01-01&amp;waktu=mendatang" in text


# --- the calendar


@pytest.fixture
def month(person, sign_in):
    client = sign_in(person("viewer"))

    def get(text=None):
        return client.get("/rapat/kalender/", {} if text is None else {"bulan": text})

    return get


def cells(answer):
    """Titles by day, of the days that have any."""
    return {
        day.isoformat(): [meeting.title for meeting in meetings]
        for week in answer.context["weeks"]
        for day, meetings in week
        if meetings
    }


def test_the_calendar_shows_each_meeting_on_its_day(plan, month):
    plan("Rapat 21 November", **on(2024, 11, 21))
    plan("Larut malam", **on(2024, 11, 30, hour=22, hours=4))
    plan("Bulan lain", **on(2024, 12, 20))

    answer = month("2024-11")

    assert cells(answer) == {
        "2024-11-21": ["Rapat 21 November"],
        "2024-11-30": ["Larut malam"],
        "2024-12-01": ["Larut malam"],
    }
    text = answer.content.decode()
    assert "November 2024" in text
    assert "Kamis, </span>21<" in text
    assert "09.00 WIB" in text
    assert "?bulan=2024-10" in text
    assert "?bulan=2024-12" in text
    assert text.count('scope="col"') == 7


def test_a_meeting_that_ends_at_midnight_is_not_on_the_next_day(plan, month):
    plan("Sampai tengah malam", **on(2024, 11, 5, hour=22, hours=2))

    assert list(cells(month("2024-11"))) == ["2024-11-05"]


def test_the_day_is_the_one_where_the_meeting_takes_place(plan, person, sign_in, regions):
    asahan = regions[ASAHAN]
    place = {"name": asahan.name, "latitude": None, "longitude": None}
    edit_region(by=SYSTEM, region=asahan, time_zone="Asia/Jayapura", **place)
    plan("Pagi di timur", ASAHAN, **on(2024, 11, 2, hour=0, zone=ZoneInfo("Asia/Jayapura")))
    client = sign_in(person("viewer", ""))

    assert cells(client.get("/rapat/kalender/?bulan=2024-11")) == {"2024-11-02": ["Pagi di timur"]}


def test_the_calendar_opens_on_this_month_and_marks_today(plan, month):
    plan("Sekarang juga", days=0)

    answer = month()

    assert "Sekarang juga" in answer.content.decode()
    assert answer.content.decode().count('aria-current="date"') == 1


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "1999-12", "2100-01", "entah", "2024-1"])
def test_a_month_that_can_not_be_is_explained(month, text):
    answer = month(text)

    assert answer.status_code == 422
    assert f"“{text}” bukan bulan yang dikenal" in answer.content.decode()


@pytest.mark.parametrize(("text", "absent"), [("2000-01", "1999-12"), ("2099-12", "2100-01")])
def test_the_calendar_leads_to_no_month_that_it_does_not_have(month, text, absent):
    answer = month(text)

    assert answer.status_code == 200
    assert f"?bulan={absent}" not in answer.content.decode()


def test_an_empty_month_says_so(month):
    assert "Tidak ada rapat pada bulan ini" in month("2030-05").content.decode()


def test_a_month_with_more_meetings_than_a_calendar_holds_says_so(plan, month, monkeypatch):
    monkeypatch.setattr("forkopimda.meetings.month.MOST_SHOWN", 2)
    for hour in (8, 10, 12):
        plan(f"Pukul {hour}", BATU_BARA, **on(2024, 11, 21, hour=hour))

    text = month("2024-11").content.decode()

    assert "sebagian tidak tampil di sini" in text
    assert "Pukul 12" not in text
