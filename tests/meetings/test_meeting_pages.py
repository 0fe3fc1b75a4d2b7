"""Officials find a meeting and read who came and what was said; the secretariat keeps it."""

import datetime
from zoneinfo import ZoneInfo

import pytest

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Meeting
from forkopimda.people import actions as people
from forkopimda.regions.actions import edit_region
from tests.conftest import ASAHAN, BATU_BARA

TYPED = {
    "title": "Rapat kesiapan TPS",
    "kind": "forum",
    "region": BATU_BARA,
    "place": "Aula Polres",
    "starts_at": "2026-12-01T09:00",
    "ends_at": "2026-12-01T11:30",
    "note": "",
}


def test_the_list_shows_the_newest_meeting_first_and_marks_what_is_to_come(person, sign_in, plan):
    plan("Rapat bulan lalu", days=-30)
    plan("Rapat pekan depan", days=7)

    page = sign_in(person("viewer")).get("/rapat/").content.decode()

    assert page.index("Rapat pekan depan") < page.index("Rapat bulan lalu")
    assert page.count("· mendatang") == 1


def test_upcoming_and_past_meetings_can_be_shown_apart(person, sign_in, plan):
    plan("Rapat bulan lalu", days=-30)
    plan("Rapat pekan depan", days=7)
    client = sign_in(person("viewer"))

    upcoming = client.get("/rapat/?waktu=mendatang").content.decode()
    past = client.get("/rapat/?waktu=lewat").content.decode()

    assert "Rapat pekan depan" in upcoming
    assert "Rapat bulan lalu" not in upcoming
    assert "Rapat bulan lalu" in past
    assert "Rapat pekan depan" not in past


def test_a_meeting_is_found_by_a_word_of_its_title(person, sign_in, plan):
    plan("Rapat kesiapan logistik")
    plan("Evaluasi pengamanan")
    client = sign_in(person("viewer"))

    page = client.get("/rapat/", {"cari": "LOGISTIK"}).content.decode()
    assert "Rapat kesiapan logistik" in page
    assert "Evaluasi pengamanan" not in page
    nothing = client.get("/rapat/", {"cari": "tidak ada ini"}).content.decode()
    assert "Tidak ada rapat yang cocok" in nothing


def test_an_empty_list_says_what_will_be_there(person, sign_in):
    page = sign_in(person("viewer")).get("/rapat/").content.decode()

    assert "Belum ada rapat" in page
    assert "setelah dijadwalkan oleh sekretariat" in page


def test_many_meetings_come_in_pages(person, sign_in, plan):
    for number in range(21):
        plan(f"Rapat nomor {number:02d}", days=number)
    client = sign_in(person("viewer"))

    assert "Halaman 1 dari 2" in client.get("/rapat/").content.decode()
    second = client.get("/rapat/?page=2").content.decode()
    assert "Rapat nomor 00" in second
    assert "Rapat nomor 20" not in second


def test_a_meeting_shows_its_time_in_the_zone_of_its_region(person, sign_in, plan, regions):
    asahan = regions[ASAHAN]
    place = {"name": asahan.name, "latitude": None, "longitude": None}
    edit_region(by=SYSTEM, region=asahan, time_zone="Asia/Makassar", **place)
    zone = ZoneInfo("Asia/Makassar")
    meeting = plan(
        "Rapat di zona lain",
        ASAHAN,
        starts_at=datetime.datetime(2024, 11, 21, 9, tzinfo=zone),
        ends_at=datetime.datetime(2024, 11, 21, 11, 30, tzinfo=zone),
    )

    page = sign_in(person("viewer", "12")).get(f"/rapat/{meeting.pk}/").content.decode()

    assert "Kamis, " in page
    assert "21 November 2024, 09.00 WITA" in page
    assert "11.30 WITA" in page


def test_a_meeting_shows_who_came_who_was_represented_and_what_was_said(
    person, sign_in, plan, institution
):
    meeting = plan("Rapat koordinasi")
    official = people.save_official(by=SYSTEM, name="Contoh Pejabat", rank="AKBP")
    people.save_tenure(
        by=SYSTEM, official=official, institution=institution, title="Pj. Kapolres", acting=True
    )
    attendance = actions.invite(by=SYSTEM, meeting=meeting, institution=institution)
    actions.record_attendance(
        by=SYSTEM,
        attendance=attendance,
        status="represented",
        representative_name="Wakapolres Contoh",
        reason="Dinas luar",
    )
    actions.set_agenda_item(
        by=SYSTEM, meeting=meeting, number=1, title="Keamanan", minutes="Keadaan terkendali."
    )

    page = sign_in(person("viewer")).get(f"/rapat/{meeting.pk}/").content.decode()

    for text in ("Pj. Kapolres", "AKBP Contoh Pejabat", "Diwakili", "oleh Wakapolres Contoh"):
        assert text in page
    for text in ("Dinas luar", "1. Keamanan", "Keadaan terkendali."):
        assert text in page


def test_the_secretariat_plans_a_meeting_and_is_shown_it(person, sign_in):
    client = sign_in(person("secretariat", username="kesbangpol"))
    assert "Rapat baru" in client.get("/rapat/").content.decode()
    assert f'<option value="{BATU_BARA}" selected>' in client.get("/rapat/baru/").content.decode()

    answer = client.post("/rapat/baru/", TYPED)

    meeting = Meeting.objects.get()
    assert answer["Location"] == f"/rapat/{meeting.pk}/rencana/"
    page = client.get(answer["Location"]).content.decode()
    assert "Rapat disimpan sebagai draf." in page
    assert "1 Desember 2026, 09.00 WIB" in page
    event = AuditEvent.objects.get(action="meetings.plan_meeting")
    assert str(event) == "kesbangpol menjadwalkan rapat “Rapat kesiapan TPS”"
    assert event.region == BATU_BARA


def test_the_secretariat_changes_a_meeting_and_the_trail_keeps_what_it_was(person, sign_in):
    client = sign_in(person("secretariat"))
    client.post("/rapat/baru/", TYPED)
    meeting = Meeting.objects.get()
    address = f"/rapat/{meeting.pk}/ubah/"
    form = client.get(address).content.decode()
    assert 'value="2026-12-01T09:00"' in form
    assert 'value="Aula Polres"' in form

    answer = client.post(address, {**TYPED, "place": "Aula Kantor Bupati"})

    assert answer.status_code == 302
    meeting.refresh_from_db()
    assert meeting.place == "Aula Kantor Bupati"
    event = AuditEvent.objects.get(action="meetings.edit_meeting")
    assert event.data["before"] == {"place": "Aula Polres"}
    assert event.data["after"] == {"place": "Aula Kantor Bupati"}


def test_who_saves_the_plan_second_is_told_and_overwrites_only_knowingly(person, sign_in):
    first, second = sign_in(person("secretariat")), sign_in(person("secretariat"))
    first.post("/rapat/baru/", TYPED)
    meeting = Meeting.objects.get()
    address = f"/rapat/{meeting.pk}/ubah/"
    seen = second.get(address).context["form"].initial["seen"]
    first.post(address, {**TYPED, "place": "Aula Kantor Bupati", "seen": seen})

    answer = second.post(address, {**TYPED, "title": "Rapat logistik", "seen": seen})

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Aula Kantor Bupati" in page
    assert 'value="Rapat logistik"' in page
    meeting.refresh_from_db()
    assert meeting.title == TYPED["title"]
    again = answer.context["form"]["seen"].value()
    assert (
        second.post(address, {**TYPED, "title": "Rapat logistik", "seen": again}).status_code == 302
    )
    meeting.refresh_from_db()
    assert meeting.title == "Rapat logistik"


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"ends_at": "2026-12-01T08:00"}, "Waktu selesai harus sesudah waktu mulai."),
        ({"ends_at": "2026-12-01T09:00"}, "Waktu selesai harus sesudah waktu mulai."),
        ({"ends_at": "besok pagi"}, "Masukkan tanggal/waktu yang valid"),
        ({"title": "   "}, "Bidang ini tidak boleh kosong"),
        ({"title": "a" * 201}, "Pastikan nilai ini mengandung paling banyak 200 karakter"),
        ({"region": ASAHAN}, "Masukkan pilihan yang valid"),
        ({"kind": "pesta"}, "Masukkan pilihan yang valid"),
    ],
)
@pytest.mark.parametrize("changing", [False, True])
def test_a_bad_form_says_what_is_wrong_and_keeps_what_was_typed(
    person, sign_in, plan, sent, message, changing
):
    client = sign_in(person("secretariat"))
    address = f"/rapat/{plan('Rapat lama').pk}/ubah/" if changing else "/rapat/baru/"

    answer = client.post(address, {**TYPED, "note": "catatan yang sudah diketik", **sent})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert "catatan yang sudah diketik" in page
    assert 'value="2026-12-01T09:00"' in page
    assert not Meeting.objects.exclude(title="Rapat lama").exists()


def test_an_error_of_the_times_stands_at_the_end_and_is_read_out_with_it(person, sign_in):
    client = sign_in(person("secretariat"))

    answer = client.post("/rapat/baru/", {**TYPED, "ends_at": "2026-12-01T08:00"})

    assert list(answer.context["form"].errors) == ["ends_at"]
    assert 'id="id_ends_at_error"' in answer.content.decode()


@pytest.mark.parametrize("scope", ["12", ""])
def test_who_serves_a_province_or_the_country_is_not_offered_every_kecamatan(
    person, sign_in, scope
):
    wide = sign_in(person("secretariat", scope)).get("/rapat/baru/").content.decode()
    local = sign_in(person("secretariat", BATU_BARA)).get("/rapat/baru/").content.decode()

    assert "Kabupaten Asahan" in wide
    assert "Kecamatan Laut Tador" not in wide
    assert "Kabupaten Asahan" not in local
    assert "Kecamatan Laut Tador" in local


@pytest.fixture
def cost(person, sign_in, django_assert_max_num_queries):
    """How many queries an address takes a viewer, after its first visit."""
    client = sign_in(person("viewer"))

    def count(address):
        client.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    return count


def test_the_list_asks_no_more_queries_when_it_is_long(plan, cost):
    for number in range(2):
        plan(f"Rapat {number}", days=number - 1)
    few = cost("/rapat/")
    for number in range(50):
        plan(f"Rapat banyak {number}", days=number - 25)

    assert cost("/rapat/") == few <= 9


def test_a_meeting_asks_no_more_queries_when_many_attend_and_much_is_said(
    plan, forum, regions, cost
):
    meeting = plan()
    address = f"/rapat/{meeting.pk}/"
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])
    actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Acara")
    few = cost(address)
    for number in range(2, 52):
        actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=number, title="Acara")
        institution = people.save_institution(
            by=SYSTEM,
            region=regions[BATU_BARA],
            code=f"lembaga-{number}",
            name=f"Lembaga {number}",
            head_title="Kepala",
            membership="invited",
        )
        actions.invite(by=SYSTEM, meeting=meeting, institution=institution)

    assert cost(address) == few <= 14
