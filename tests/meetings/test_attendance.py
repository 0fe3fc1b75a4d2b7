"""On the day the secretariat notes who came, row by row, and sees whether enough are there."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Attendance, Meeting, Status
from forkopimda.meetings.quorum import Quorum, quorum_of

MEMBERS = ("pemkab", "polres", "dprd", "kodim", "kejari")


@pytest.fixture
def meeting(plan, forum):
    """A meeting of five, none of whom has been noted yet."""
    meeting = plan("Rapat koordinasi", days=0)
    for code in MEMBERS:
        actions.invite(by=SYSTEM, meeting=meeting, institution=forum[code])
    return meeting


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("secretariat"))


def row_of(meeting, code):
    return meeting.attendances.get(institution__code=code)


def post(client, row, *, htmx=True, **typed):
    form = {"status": "present", "seen": row.status, **typed}
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(f"/rapat/{row.meeting_id}/kehadiran/{row.pk}/", form, headers=headers)


def test_one_tap_notes_a_row_and_says_that_it_is_stored(client, meeting):
    row = row_of(meeting, "polres")

    answer = post(client, row)

    assert answer.status_code == 200
    assert "tersimpan" in answer.content.decode()
    row.refresh_from_db()
    assert row.status == "present"


def test_without_javascript_the_rows_button_stores_it_and_shows_the_page_again(client, meeting):
    row = row_of(meeting, "polres")

    answer = post(client, row, htmx=False, status="excused", reason="Dinas luar")

    assert answer["Location"] == f"/rapat/{meeting.pk}/kehadiran/#hadir-{row.pk}"
    page = client.get(answer["Location"]).content.decode()
    assert 'value="Dinas luar"' in page
    row.refresh_from_db()
    assert (row.status, row.reason) == ("excused", "Dinas luar")


@pytest.mark.parametrize("htmx", [True, False])
def test_who_is_represented_needs_a_name_and_nothing_typed_is_lost(client, meeting, htmx):
    row = row_of(meeting, "polres")

    answer = post(client, row, htmx=htmx, status="represented", representative_title="Wakapolres")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Tuliskan nama yang mewakili." in page
    assert 'value="Wakapolres"' in page
    row.refresh_from_db()
    assert row.status == "no_reply"


def test_a_representative_is_noted_with_name_and_office_and_shown_with_the_meeting(client, meeting):
    post(
        client,
        row_of(meeting, "polres"),
        status="represented",
        representative_name="Contoh Wakil",
        representative_title="Wakapolres",
    )

    row = row_of(meeting, "polres")
    assert (row.representative_name, row.representative_title) == ("Contoh Wakil", "Wakapolres")
    assert "Contoh Wakil" in client.get(f"/rapat/{meeting.pk}/").content.decode()


def test_who_comes_in_person_after_all_is_no_longer_represented(client, meeting):
    row = row_of(meeting, "polres")
    with writing():
        row.answer, row.answered_at = "represented", meeting.starts_at
        row.representative_name, row.representative_title = "Contoh Wakil", "Wakapolres"
        row.save()

    assert post(client, row, representative_name="Contoh Wakil").status_code == 200

    row.refresh_from_db()
    assert (row.status, row.representative_name, row.representative_title) == ("present", "", "")


def test_a_row_that_somebody_else_has_noted_meanwhile_is_not_overwritten(client, meeting):
    row = row_of(meeting, "polres")
    actions.record_attendance(by=SYSTEM, attendance=row, status="present")

    answer = post(client, row, status="absent", reason="Tidak terlihat")  # saw "no_reply"

    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Orang lain sudah mencatat: Hadir." in page
    assert 'value="Tidak terlihat"' in page
    fresh = row_of(meeting, "polres")
    assert fresh.status == "present"
    assert post(client, fresh, status="absent", reason="Tidak terlihat").status_code == 200


def test_a_status_that_there_is_not_is_refused(client, meeting):
    answer = post(client, row_of(meeting, "polres"), status="entah")

    assert answer.status_code == 422
    assert "Masukkan pilihan yang valid" in answer.content.decode()


def test_a_draft_a_cancelled_and_an_approved_meeting_take_no_attendance(client, meeting):
    row = row_of(meeting, "polres")
    refusals = {
        "belum dikirim": {"stage": "draft", "sent_at": None},
        "dibatalkan": {
            "stage": "cancelled",
            "sent_at": meeting.sent_at,
            "cancelled_at": meeting.sent_at,
            "cancel_reason": "Banjir",
        },
        "sudah disetujui": {
            "stage": "sent",
            "cancelled_at": None,
            "cancel_reason": "",
            "minutes_state": "approved",
        },
    }
    for words, state in refusals.items():
        with writing():
            Meeting.objects.filter(pk=meeting.pk).update(**state)
        answer = post(client, row)
        assert answer.status_code == 422
        assert words in answer.content.decode()
    assert row_of(meeting, "polres").status == "no_reply"


def test_a_withdrawn_invitation_has_no_row(client, meeting):
    row = row_of(meeting, "polres")
    with writing():
        Attendance.objects.filter(pk=row.pk).update(removed_at=meeting.sent_at)

    assert f"hadir-{row.pk}" not in client.get(f"/rapat/{meeting.pk}/kehadiran/").content.decode()
    assert post(client, row).status_code == 404


def test_a_row_of_another_meeting_is_not_found(client, meeting, plan, forum):
    other = actions.invite(by=SYSTEM, meeting=plan("Lain"), institution=forum["polres"])

    answer = client.post(
        f"/rapat/{meeting.pk}/kehadiran/{other.pk}/", {"status": "present", "seen": "no_reply"}
    )

    assert answer.status_code == 404


def test_the_quorum_counts_who_is_there_or_represented_and_is_shown_to_readers(
    client, meeting, person, sign_in
):
    post(client, row_of(meeting, "polres"))
    post(client, row_of(meeting, "dprd"), status="represented", representative_name="Contoh Wakil")
    post(client, row_of(meeting, "kodim"), status="excused", reason="Sakit")
    reader = sign_in(person("viewer"))

    short = reader.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "dari 5 undangan hadir atau diwakili; kuorum 3." in short
    assert "Kuorum belum tercapai, kurang 1." in short
    post(client, row_of(meeting, "kejari"))
    assert "Kuorum tercapai." in reader.get(f"/rapat/{meeting.pk}/kuorum/").content.decode()


def test_a_quorum_of_its_own_goes_before_the_half(meeting):
    with writing():
        meeting.quorum = 1
        meeting.save()
    actions.record_attendance(by=SYSTEM, attendance=row_of(meeting, "polres"), status="present")

    assert quorum_of(meeting) == Quorum(invited=5, there=1, needed=1)
    assert quorum_of(meeting).reached


def test_nobody_invited_is_no_quorum(plan):
    assert not quorum_of(plan()).reached


@settings(
    max_examples=30,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(statuses=st.lists(st.sampled_from(Status.values), min_size=5, max_size=5))
def test_the_quorum_is_reached_when_more_than_half_are_there(meeting, statuses):
    with writing():
        for row, status in zip(meeting.attendances.all(), statuses, strict=True):
            named = "Wakil" if status == "represented" else ""
            Attendance.objects.filter(pk=row.pk).update(status=status, representative_name=named)

    there = sum(status in ("present", "represented") for status in statuses)
    assert quorum_of(meeting).reached == (2 * there > 5)


def test_noting_the_attendance_reads_in_words(client, meeting):
    post(client, row_of(meeting, "kejari"))

    event = AuditEvent.objects.get(action="meetings.record_attendance")
    assert "Diky Oktavia pada rapat “Rapat koordinasi”: Hadir (dari Belum dicatat)" in str(event)


def test_the_page_asks_no_more_queries_when_many_are_invited(
    client, meeting, forum, plan, django_assert_max_num_queries
):
    def cost(of):
        client.get(f"/rapat/{of.pk}/kehadiran/")
        with django_assert_max_num_queries(60) as captured:
            assert client.get(f"/rapat/{of.pk}/kehadiran/").status_code == 200
        return len(captured)

    small = plan("Kecil")
    actions.invite(by=SYSTEM, meeting=small, institution=forum["polres"])

    assert cost(meeting) == cost(small)
