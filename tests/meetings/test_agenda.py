"""The agenda of a meeting: points in order, numbered without a gap, until it is settled."""

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions


@pytest.fixture
def secretariat(person, sign_in):
    return sign_in(person("secretariat", username="kesbang"))


@pytest.fixture
def draft(plan):
    return plan("Rapat koordinasi", draft=True)


def titles(meeting):
    return [(item.number, item.title) for item in meeting.agenda.all()]


def test_points_are_added_in_order_changed_moved_and_removed_without_a_gap(secretariat, draft):
    page = f"/rapat/{draft.pk}/rencana/"
    for title in ("Keamanan", "Logistik", "Lain-lain"):
        answer = secretariat.post(f"{page}acara/", {"title": title, "presenter": "Kapolres"})
        assert answer["Location"] == page
    assert titles(draft) == [(1, "Keamanan"), (2, "Logistik"), (3, "Lain-lain")]

    second = draft.agenda.get(number=2)
    secretariat.post(f"{page}acara/{second.pk}/pindah/", {"arah": "naik"})
    assert titles(draft) == [(1, "Logistik"), (2, "Keamanan"), (3, "Lain-lain")]
    secretariat.post(f"{page}acara/{second.pk}/pindah/", {"arah": "naik"})
    assert titles(draft)[0] == (1, "Logistik"), "the first stays the first"
    secretariat.post(f"{page}acara/{second.pk}/pindah/", {"arah": "turun"})
    assert titles(draft)[0] == (1, "Keamanan")

    secretariat.post(
        f"{page}acara/{second.pk}/", {"title": "Logistik TPS", "presenter": "Ketua KPU"}
    )
    shown = secretariat.get(page).content.decode()
    assert "2. Logistik TPS" in shown
    assert "Penyaji: Ketua KPU" in shown

    first = draft.agenda.get(number=1)
    address = f"{page}acara/{first.pk}/hapus/"
    assert "Hapus acara ini?" in secretariat.get(address).content.decode()
    assert draft.agenda.count() == 3, "asking removes nothing"
    secretariat.post(address)
    assert titles(draft) == [(1, "Logistik TPS"), (2, "Lain-lain")]


def test_a_point_without_a_title_is_refused_beside_the_field_and_the_rest_kept(secretariat, draft):
    answer = secretariat.post(
        f"/rapat/{draft.pk}/rencana/acara/", {"title": " ", "presenter": "Kapolres Contoh"}
    )

    assert answer.status_code == 422
    assert list(answer.context["item_form"].errors) == ["title"]
    assert "Kapolres Contoh" in answer.content.decode()


def test_what_was_said_or_decided_keeps_its_point_on_the_agenda(secretariat, plan):
    meeting = plan()
    said = actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Acara", minutes="Disepakati.")

    answer = secretariat.post(f"/rapat/{meeting.pk}/rencana/acara/{said.pk}/hapus/")

    assert answer.status_code == 422
    assert "sudah mempunyai notulen" in answer.content.decode()
    assert titles(meeting) == [(1, "Acara")]


def test_a_new_title_leaves_the_minutes_alone_and_minutes_count_as_a_new_version(plan):
    meeting = plan()
    item = actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Acara", minutes="Satu.")
    assert item.minutes_version == 1

    item = actions.set_agenda_item(by=SYSTEM, meeting=meeting, item=item, title="Acara baru")

    assert (item.minutes, item.minutes_version, item.number) == ("Satu.", 1, 1)


def test_numbers_have_no_gap_even_where_one_is_asked_for(draft):
    with pytest.raises(ValidationError, match="Nomor acara berikutnya adalah 1"):
        actions.set_agenda_item(by=SYSTEM, meeting=draft, number=3, title="Acara")
    actions.set_agenda_item(by=SYSTEM, meeting=draft, title="Acara")
    with pytest.raises(ValidationError, match="sudah dipakai"):
        actions.set_agenda_item(by=SYSTEM, meeting=draft, number=1, title="Lain")


@pytest.mark.parametrize("state", ["approved", "cancelled"])
def test_agenda_and_invitees_of_a_finished_or_cancelled_meeting_stay(
    secretariat, plan, institution, state
):
    meeting = plan()
    item = actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Acara")
    row = actions.invite(by=SYSTEM, meeting=meeting, institution=institution)
    if state == "cancelled":
        actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Ditunda")
    else:
        with connection.cursor() as cursor:
            cursor.execute("UPDATE meetings_meeting SET minutes_state = 'approved'")
    base = f"/rapat/{meeting.pk}"

    shown = secretariat.get(f"{base}/rencana/").content.decode()
    assert "tidak dapat diubah lagi" in shown
    assert "Tambah acara" not in shown
    for address, sent in (
        ("rencana/acara/", {"title": "Lain"}),
        (f"rencana/acara/{item.pk}/", {"title": "Lain"}),
        (f"rencana/acara/{item.pk}/pindah/", {"arah": "naik"}),
        (f"rencana/acara/{item.pk}/hapus/", {}),
        ("undangan/orang/", {"name": "A", "title": "B", "email": "a@contoh.example"}),
        (f"undangan/{row.pk}/tarik/", {}),
        ("batal/", {"reason": "Lain"}),
    ):
        assert secretariat.post(f"{base}/{address}", sent).status_code == 422, address
    assert titles(meeting) == [(1, "Acara")]
    assert meeting.attendances.filter(removed_at=None).count() == 1


def test_the_database_refuses_two_points_with_one_number(draft):
    for title in ("Satu", "Dua"):
        actions.set_agenda_item(by=SYSTEM, meeting=draft, title=title)
    with pytest.raises(IntegrityError), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE; UPDATE meetings_agendaitem SET number = 1")
