"""What follows from a meeting: given out, worked on with its history, carried to the next one."""

import datetime

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import FollowUp, Meeting
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR


@pytest.fixture
def meeting(past_meeting):
    return past_meeting


@pytest.fixture
def client(person, sign_in):
    return sign_in(person("secretariat"))


def typed(meeting, forum, **changes):
    due_on = timezone.localdate() + datetime.timedelta(days=7)
    form = {"task": "Patroli", "institution": forum["polres"].pk, "due_on": due_on.isoformat()}
    return form | changes


def test_the_secretariat_gives_out_a_task_that_the_meeting_then_shows(client, meeting, forum):
    decision = actions.decide(by=SYSTEM, meeting=meeting, text="Patroli diperbanyak")
    item = actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Keamanan")
    address = f"/rapat/{meeting.pk}/tindak-lanjut/baru/"
    form = client.get(f"{address}?keputusan={decision.pk}").content.decode()
    assert f'<option value="{decision.pk}" selected>' in form

    parts = {"decision": decision.pk, "item": item.pk, "place": LAUT_TADOR, "person": "Kabag Ops"}
    answer = client.post(address, typed(meeting, forum, **parts))

    assert answer["Location"] == f"/rapat/{meeting.pk}/#tindak-lanjut"
    row = FollowUp.objects.get()
    assert (row.decision, row.item, row.place_id) == (decision, item, LAUT_TADOR)
    page = client.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "Kabag Ops" in page
    event = AuditEvent.objects.get(action="meetings.add_follow_up")
    assert "memberi Polres Batu Bara tindak lanjut dari rapat" in str(event)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"task": "  "}, "Bidang ini tidak boleh kosong"),
        ({"task": "a" * 501}, "paling banyak 500 karakter"),
        ({"institution": ""}, "Bidang ini tidak boleh kosong"),
        ({"institution": "999999"}, "Masukkan pilihan yang valid"),
        ({"due_on": "besok"}, "Masukkan tanggal yang valid"),
        ({"due_on": "2020-01-01"}, "Tenggat tidak boleh sebelum hari rapat."),
        ({"place": "12.09.08"}, "Masukkan pilihan yang valid"),
        ({"decision": "999999"}, "Masukkan pilihan yang valid"),
    ],
)
@pytest.mark.parametrize("changing", [False, True])
def test_a_bad_form_says_what_is_wrong_and_keeps_what_was_typed(
    client, meeting, forum, give, changes, message, changing
):
    address = f"/rapat/{meeting.pk}/tindak-lanjut/baru/"
    if changing:
        address = f"/rapat/tindak-lanjut/{give().pk}/ubah/"

    answer = client.post(address, typed(meeting, forum, person="Sudah diketik", **changes))

    page = answer.content.decode()
    assert answer.status_code == 422
    assert message in page
    assert 'value="Sudah diketik"' in page
    assert not FollowUp.objects.filter(person="Sudah diketik").exists()


def test_the_day_of_the_meeting_is_the_first_that_can_be_due(meeting, forum):
    day = meeting.day

    row = actions.add_follow_up(
        by=SYSTEM, meeting=meeting, task="x", institution=forum["polres"], due_on=day
    )

    assert row.due_on == day
    with pytest.raises(ValidationError, match="sebelum hari rapat"):
        actions.edit_follow_up(by=SYSTEM, follow_up=row, due_on=day - datetime.timedelta(days=1))


def test_approved_minutes_give_out_nothing_more_but_what_was_given_is_worked_on(
    client, meeting, forum, give
):
    row = give()
    with writing():
        Meeting.objects.update(minutes_state="approved")

    late = client.post(f"/rapat/{meeting.pk}/tindak-lanjut/baru/", typed(meeting, forum))
    assert late.status_code == 422
    assert "sudah disetujui dan terkunci" in late.content.decode()
    step = {"state": "done", "text": "Laporan terkirim"}
    assert client.post(f"/rapat/tindak-lanjut/{row.pk}/langkah/", step).status_code == 302


def test_the_responsible_institution_reports_from_start_to_evidence(person, sign_in, give, forum):
    row = give()
    client = sign_in(person("viewer", institution=forum["polres"], display_name="Kapolres"))
    address = f"/rapat/tindak-lanjut/{row.pk}/"

    client.post(f"{address}langkah/", {"state": "in_progress", "text": ""})
    refused = client.post(f"{address}langkah/", {"state": "done", "text": "  "})
    assert refused.status_code == 422
    assert "Tuliskan buktinya" in refused.content.decode()
    done = client.post(
        f"{address}langkah/", {"state": "done", "text": "Patroli 12 kali"}, follow=True
    )

    page = done.content.decode()
    row.refresh_from_db()
    assert (row.state, row.evidence) == ("done", "Patroli 12 kali")
    assert row.finished_at is not None
    assert page.index("Menjadi: Dikerjakan") < page.index("Menjadi: Selesai")
    assert "Kapolres" in page
    event = AuditEvent.objects.latest("pk")
    assert "Selesai (dari Dikerjakan)" in str(event)


def test_cancelling_needs_a_reason_and_opening_again_a_remark(client, give):
    row = give()
    address = f"/rapat/tindak-lanjut/{row.pk}/langkah/"

    assert "Tuliskan alasan" in client.post(address, {"state": "cancelled"}).content.decode()
    long = client.post(address, {"state": "cancelled", "text": "a" * 301})
    assert "paling panjang 300 karakter" in long.content.decode()
    client.post(address, {"state": "cancelled", "text": "Sudah ditangani provinsi"})
    row.refresh_from_db()
    assert (row.state, row.cancel_reason) == ("cancelled", "Sudah ditangani provinsi")

    assert "mengapa dibuka kembali" in client.post(address, {"state": "open"}).content.decode()
    client.post(address, {"state": "open", "text": "Ternyata belum"})
    row.refresh_from_db()
    assert (row.state, row.cancel_reason, row.finished_at) == ("open", "", None)
    assert [note.text for note in row.notes.all()] == [
        "Sudah ditangani provinsi",
        "Ternyata belum",
    ]


def test_who_is_late_with_a_step_is_told_where_it_stands(client, give):
    row = give()
    actions.step_follow_up(by=SYSTEM, follow_up=row, state="done", text="Bukti pertama")

    answer = client.post(
        f"/rapat/tindak-lanjut/{row.pk}/langkah/", {"state": "done", "text": "Bukti kedua"}
    )

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "sekarang “Selesai”" in page
    assert "Bukti kedua" in page
    row.refresh_from_db()
    assert row.evidence == "Bukti pertama"


def test_other_institutions_may_comment_and_not_work_on_it(person, sign_in, give, forum):
    row, other = give(), person("viewer", institution=forum["dprd"], display_name="Ketua DPRD")
    client = sign_in(other)
    address = f"/rapat/tindak-lanjut/{row.pk}/"

    assert "Ubah keadaan" not in client.get(address).content.decode()
    assert client.post(f"{address}langkah/", {"state": "done", "text": "x"}).status_code == 403
    client.post(f"{address}catatan/", {"text": "Mohon dipercepat"})

    page = client.get(address).content.decode()
    assert "Mohon dipercepat" in page
    assert "Ketua DPRD" in page
    empty = client.post(f"{address}catatan/", {"text": " "})
    assert empty.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.edit_follow_up(by=other, follow_up=row, task="Lain")


def test_a_remark_stays_as_it_was_written(give):
    actions.comment_follow_up(by=SYSTEM, follow_up=give(), text="Catatan")

    for statement in (
        "UPDATE meetings_followupnote SET text = 'lain'",
        "DELETE FROM meetings_followupnote",
    ):
        with (
            pytest.raises(IntegrityError),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


def test_a_new_due_date_is_in_the_history_with_the_old_one(client, meeting, forum, give):
    row = give(days=7)
    later = timezone.localdate() + datetime.timedelta(days=20)

    client.post(
        f"/rapat/tindak-lanjut/{row.pk}/ubah/",
        typed(meeting, forum, task=row.task, due_on=later.isoformat()),
    )

    note = row.notes.get()
    assert f"Tenggat diubah dari “{row.due_on}” menjadi “{later}”." in note.text
    assert "Tindak lanjut diubah" not in note.text


def test_what_has_ended_is_opened_again_before_it_is_changed(client, meeting, forum, give):
    row = give()
    actions.step_follow_up(by=SYSTEM, follow_up=row, state="done", text="Bukti")

    assert "/ubah/" not in client.get(f"/rapat/tindak-lanjut/{row.pk}/").content.decode()
    answer = client.post(f"/rapat/tindak-lanjut/{row.pk}/ubah/", typed(meeting, forum))
    assert answer.status_code == 422
    assert "Buka kembali dahulu" in answer.content.decode()


def test_follow_ups_of_a_restricted_meeting_are_not_there_for_others(
    person, sign_in, meeting, give
):
    row = give("Tugas rahasia")
    with writing():
        Meeting.objects.update(restricted=True)
    client = sign_in(person("viewer"))

    assert client.get(f"/rapat/tindak-lanjut/{row.pk}/").status_code == 404
    assert client.post(f"/rapat/tindak-lanjut/{row.pk}/catatan/", {"text": "x"}).status_code == 404
    trail = " ".join(str(event) + str(event.data) for event in AuditEvent.objects.all())
    actions.comment_follow_up(by=SYSTEM, follow_up=FollowUp.objects.get(), text="Isi rahasia")
    assert "Tugas rahasia" not in trail
    assert "Isi rahasia" not in str(AuditEvent.objects.latest("pk").data)


@settings(
    max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["open", "in_progress", "done", "cancelled", "entah"]),
            st.sampled_from(["", "Keterangan"]),
        ),
        max_size=8,
    )
)
def test_whatever_steps_are_tried_each_end_has_its_record(give, steps):
    row, taken = give(), []
    for state, text in steps:
        try:
            row = actions.step_follow_up(by=SYSTEM, follow_up=row, state=state, text=text)
        except ValidationError:
            continue
        taken.append(state)
    row = FollowUp.objects.get(pk=row.pk)
    assert row.state == (taken[-1] if taken else "open")
    assert [note.state for note in row.notes.all()] == taken
    assert (row.finished_at is not None) == (row.state in {"done", "cancelled"})
    assert bool(row.evidence) == (row.state == "done")
    assert bool(row.cancel_reason) == (row.state == "cancelled")


def test_a_neighbours_secretariat_finds_no_such_follow_up(person, sign_in, give):
    row = give()
    client = sign_in(person("secretariat", ASAHAN))

    for path in ("", "ubah/"):
        assert client.get(f"/rapat/tindak-lanjut/{row.pk}/{path}").status_code == 404
    assert client.post(f"/rapat/{row.meeting_id}/tindak-lanjut/bawa/").status_code == 404
    assert row.meeting.region_id == BATU_BARA
