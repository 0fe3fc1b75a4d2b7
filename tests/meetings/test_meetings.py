"""What a meeting keeps: times that follow each other, names of those who stand in, the trail."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from forkopimda.audit.models import AuditEvent
from forkopimda.audit.words import known_actions
from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import WriteOutsideAction
from forkopimda.meetings import actions, example
from forkopimda.meetings.models import AgendaItem, Attendance, Meeting
from forkopimda.meetings.panels import next_meeting
from forkopimda.meetings.reminders import give_due_reminders
from forkopimda.people import actions as people
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR


def test_an_invitation_takes_who_headed_the_institution_on_the_day_of_the_meeting(
    plan, institution
):
    old = people.save_official(by=SYSTEM, name="Pejabat Lama")
    new = people.save_official(by=SYSTEM, name="Pejabat Baru")
    today = timezone.localdate()
    people.save_tenure(
        by=SYSTEM,
        official=old,
        institution=institution,
        title="Pj. Kapolres",
        since=today - datetime.timedelta(days=100),
        until=today,
    )
    people.save_tenure(
        by=SYSTEM,
        official=new,
        institution=institution,
        title="Kapolres",
        since=today + datetime.timedelta(days=1),
    )

    past = actions.invite(by=SYSTEM, meeting=plan(days=-10), institution=institution)
    future = actions.invite(by=SYSTEM, meeting=plan(days=10), institution=institution)

    assert (past.official, past.title) == (old, "Pj. Kapolres")
    assert (future.official, future.title) == (new, "Kapolres")
    assert past.status == "no_reply"


def test_an_institution_is_invited_once(plan, institution):
    meeting = plan()
    actions.invite(by=SYSTEM, meeting=meeting, institution=institution)

    with pytest.raises(ValidationError, match="sudah diundang"):
        actions.invite(by=SYSTEM, meeting=meeting, institution=institution)


@pytest.mark.parametrize(
    ("status", "name", "field"),
    [("represented", "  ", "representative_name"), ("present", "Wakil", "representative_name")],
)
def test_who_is_represented_is_represented_by_somebody_with_a_name(
    plan, institution, status, name, field
):
    attendance = actions.invite(by=SYSTEM, meeting=plan(), institution=institution)

    with pytest.raises(ValidationError) as refused:
        actions.record_attendance(
            by=SYSTEM, attendance=attendance, status=status, representative_name=name
        )
    assert list(refused.value.message_dict) == [field]


def test_a_change_of_attendance_reads_in_words(plan, institution):
    attendance = actions.invite(by=SYSTEM, meeting=plan("Rapat"), institution=institution)
    actions.record_attendance(by=SYSTEM, attendance=attendance, status="excused", reason="Sakit")

    event = AuditEvent.objects.get(action="meetings.record_attendance")
    assert str(event) == (
        "sistem mencatat kehadiran Kapolres pada rapat “Rapat”: Izin (dari Belum dicatat)"
    )


@pytest.mark.django_db(transaction=True)
def test_open_pages_hear_of_a_new_meeting(plan):
    plan()

    topics = [fields["topic"] for _key, fields in live.client().xrange(live.STREAM)]
    assert topics == ["meetings"]


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meetings_meeting SET ends_at = starts_at",
        "UPDATE meetings_meeting SET title = '  '",
        "UPDATE meetings_meeting SET kind = 'pesta'",
        "UPDATE meetings_attendance SET status = 'represented'",
        "UPDATE meetings_attendance SET representative_name = 'Wakil'",
        "UPDATE meetings_attendance SET status = 'entah'",
        "UPDATE meetings_agendaitem SET number = 0",
        "UPDATE meetings_agendaitem SET title = ''",
        "INSERT INTO meetings_agendaitem (meeting_id, number, title, minutes)"
        " SELECT meeting_id, number, 'Lain', '' FROM meetings_agendaitem",
        "INSERT INTO meetings_attendance (meeting_id, institution_id, official_id, title, status,"
        " representative_name, reason) SELECT meeting_id, institution_id, NULL, 'x', 'present',"
        " '', '' FROM meetings_attendance",
        "DELETE FROM meetings_meeting",
    ],
)
def test_the_database_refuses_what_can_not_be(plan, institution, statement):
    meeting = plan()
    actions.invite(by=SYSTEM, meeting=meeting, institution=institution)
    actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Acara")

    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(f"SET CONSTRAINTS ALL IMMEDIATE; {statement}")


def test_code_outside_the_actions_can_not_store_a_meeting(plan):
    meeting = plan()
    for write in (
        meeting.save,
        meeting.delete,
        lambda: Meeting.objects.update(title="Lain"),
        lambda: AgendaItem.objects.create(meeting=meeting, number=1, title="x"),
        lambda: Attendance.objects.all().delete(),
    ):
        with pytest.raises(WriteOutsideAction):
            write()


def test_the_panel_shows_the_next_meeting_and_else_the_latest(person, plan):
    reader = person("viewer")
    empty = next_meeting(reader, BATU_BARA)
    assert (empty.title, empty.context["meeting"]) == ("Rapat berikutnya", None)

    plan("Lebih lama", days=-20)
    plan("Terakhir", days=-2)
    panel = next_meeting(reader, BATU_BARA)
    assert (panel.title, str(panel.context["meeting"])) == ("Rapat terakhir", "Terakhir")

    plan("Jauh", days=9)
    plan("Dekat", days=1)
    plan("Tetangga", ASAHAN, days=0)
    panel = next_meeting(reader, BATU_BARA)
    assert (panel.title, str(panel.context["meeting"])) == ("Rapat berikutnya", "Dekat")


def test_the_panel_of_a_polsek_shows_the_meeting_of_its_kecamatan(person, plan):
    plan("Rapat kabupaten", days=1)
    plan("Rapat Forkopimcam", LAUT_TADOR, days=2)

    panel = next_meeting(person("police_operator", LAUT_TADOR), BATU_BARA)

    assert str(panel.context["meeting"]) == "Rapat Forkopimcam"


def test_the_dashboard_carries_the_meeting(person, sign_in, plan):
    plan("Rapat di dasbor")

    page = sign_in(person("viewer")).get("/").content.decode()

    assert "Rapat berikutnya" in page
    assert "Rapat di dasbor" in page


def test_the_example_is_the_meeting_of_21_november_with_seven_present_and_four_points(
    forum, person, sign_in
):
    meeting = example.load()

    assert meeting.day == datetime.date(2024, 11, 21)
    assert [a.status for a in meeting.attendances.all()] == ["present"] * 7
    page = sign_in(person("viewer")).get(f"/rapat/{meeting.pk}/").content.decode()
    for text in (
        "Kamis, ",
        "21 November 2024",
        "Aula Rumah Dinas Bupati, Komplek Tanjung Gading",
        "jam di halaman ini hanya contoh",
        "Pj. Bupati",
        "Heri Wahyudi",
        "AKBP Taufiq Hidayat Thayeb",
        "M. Safii",
        "Letkol Inf. Bassarewan",
        "Diky Oktavia",
        "Halida Rahardhini",
        "Letkol Laut (P) Wido Dwi Nugraha",
        "Laut Tador, Sei Suka, dan Sei Balai",
        "BPJS Ketenagakerjaan",
    ):
        assert text in page
    assert [point.title for point in meeting.agenda.all()] == [
        "Situasi keamanan menjelang pemungutan suara",
        "Netralitas ASN dan hoaks",
        "Partisipasi pemilih",
        "Perlindungan petugas badan adhoc",
    ]
    assert str(meeting.chair) == "Pemerintah Kabupaten Batu Bara"


def test_what_the_example_adds_to_what_was_reported_is_marked_as_example(forum):
    meeting = example.load()

    texts = [decision.text for decision in meeting.decisions.all()]
    rows = list(meeting.follow_ups.all())
    texts += [row.task for row in rows]
    texts += [row.evidence or row.cancel_reason for row in rows if row.finished_at]
    assert len(texts) == 4 + 7 + 6
    assert all(text.startswith("Contoh") for text in texts)


def test_the_example_reminds_of_nothing_long_past(forum):
    meeting = example.load()
    today = timezone.localdate(timezone=meeting.zone)

    unfinished = meeting.follow_ups.unfinished()
    assert [row.due_on for row in unfinished] == [today + datetime.timedelta(days=3)]
    morning = datetime.datetime.combine(today, datetime.time(8), tzinfo=meeting.zone)
    assert give_due_reminders(now=morning) == 1


def test_the_example_loaded_again_changes_nothing(forum):
    first = example.load()
    events = AuditEvent.objects.count()

    assert example.load() == first
    assert AuditEvent.objects.count() == events


def test_every_act_on_a_meeting_has_its_sentence(forum):
    example.load()

    acts = set(AuditEvent.objects.values_list("action", flat=True))
    assert "meetings.invite" in acts
    assert acts <= known_actions()
