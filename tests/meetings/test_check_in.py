"""The code on the wall: an invitee's phone opens it and says who is there."""

import datetime
from io import BytesIO

import pytest
from django.test import Client
from django.utils import timezone

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Meeting
from forkopimda.meetings.visitors import Visitor


@pytest.fixture
def meeting(plan, forum):
    """A meeting that began half an hour ago."""
    meeting = plan("Rapat koordinasi", starts_at=minutes(-30), ends_at=minutes(60))
    for code in ("polres", "dprd"):
        actions.invite(by=SYSTEM, meeting=meeting, institution=forum[code])
    return meeting


def minutes(count):
    return timezone.now() + datetime.timedelta(minutes=count)


def address(meeting):
    return f"/rapat/hadir/{meeting.checkin_key}/"


def row_of(meeting, code):
    return meeting.attendances.get(institution__code=code)


def test_an_invitee_says_by_phone_that_they_are_there_without_signing_in(meeting):
    phone = Client()
    page = phone.get(address(meeting)).content.decode()
    assert "Kapolres: AKBP Taufiq Hidayat Thayeb" in page
    assert "Rapat koordinasi" in page

    answer = phone.post(address(meeting), {"invitee": row_of(meeting, "polres").pk, "how": "self"})

    done = phone.get(answer["Location"]).content.decode()
    assert "Tercatat" in done
    row = row_of(meeting, "polres")
    assert row.status == "present"
    assert row.checked_in_at is not None
    event = AuditEvent.objects.get(action="meetings.record_attendance")
    assert event.actor == "QR: AKBP Taufiq Hidayat Thayeb"


def test_who_represents_somebody_gives_a_name(meeting):
    phone, row = Client(), row_of(meeting, "polres")
    typed = {"invitee": row.pk, "how": "for", "representative_title": "Wakapolres"}

    refused = phone.post(address(meeting), typed)
    assert refused.status_code == 422
    assert "Tuliskan nama Anda." in refused.content.decode()
    assert 'value="Wakapolres"' in refused.content.decode()

    phone.post(address(meeting), {**typed, "representative_name": "Contoh Wakil"})
    row.refresh_from_db()
    assert (row.status, row.representative_name) == ("represented", "Contoh Wakil")
    assert AuditEvent.objects.latest("pk").actor == "QR: Contoh Wakil"


def test_a_second_tap_changes_nothing_and_shows_what_was_noted(meeting):
    phone, row = Client(), row_of(meeting, "polres")
    first = phone.post(address(meeting), {"invitee": row.pk, "how": "self"})
    noted_at = row_of(meeting, "polres").checked_in_at

    second = phone.post(
        address(meeting), {"invitee": row.pk, "how": "for", "representative_name": "Orang lain"}
    )

    assert second["Location"] == first["Location"]
    row.refresh_from_db()
    assert (row.status, row.representative_name) == ("present", "")
    assert row.checked_in_at == noted_at
    assert AuditEvent.objects.filter(action="meetings.record_attendance").count() == 1


def test_who_is_there_already_is_not_offered_any_more(meeting):
    row = row_of(meeting, "polres")
    Client().post(address(meeting), {"invitee": row.pk, "how": "self"})

    page = Client().get(address(meeting)).content.decode()

    assert "Kapolres" not in page
    assert "Ketua DPRD" in page


def test_when_all_are_there_the_page_says_so(meeting):
    for code in ("polres", "dprd"):
        Client().post(address(meeting), {"invitee": row_of(meeting, code).pk, "how": "self"})

    assert "Semua undangan sudah tercatat" in Client().get(address(meeting)).content.decode()


def test_nobody_chosen_is_asked_to_choose(meeting):
    answer = Client().post(address(meeting), {"how": "self"})

    assert answer.status_code == 422
    assert answer.context["form"].errors["invitee"]


def test_an_invitee_of_another_meeting_can_not_be_chosen(meeting, plan, forum):
    other = actions.invite(by=SYSTEM, meeting=plan("Lain"), institution=forum["polres"])

    answer = Client().post(address(meeting), {"invitee": other.pk, "how": "self"})

    assert answer.status_code == 422
    other.refresh_from_db()
    assert other.status == "no_reply"


def test_who_is_signed_in_finds_their_own_institution_chosen(meeting, person, sign_in, forum):
    phone = sign_in(person("viewer", institution=forum["dprd"]))

    page = phone.get(address(meeting))

    assert page.context["form"].initial["invitee"] == row_of(meeting, "dprd").pk
    assert "checked" in page.content.decode()


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        (125, 200, "Daftar hadir belum dibuka"),
        (-300, -125, "Daftar hadir sudah ditutup"),
        (115, 200, None),
        (-300, -115, None),
    ],
)
def test_the_code_opens_two_hours_before_and_closes_two_hours_after(
    meeting, forum, start, end, words
):
    with writing():
        Meeting.objects.filter(pk=meeting.pk).update(starts_at=minutes(start), ends_at=minutes(end))
    row = row_of(meeting, "polres")

    shown = Client().get(address(meeting)).content.decode()
    answer = Client().post(address(meeting), {"invitee": row.pk, "how": "self"})

    row.refresh_from_db()
    assert (words or "Kapolres") in shown
    assert answer.status_code == (422 if words else 302)
    assert row.status == ("no_reply" if words else "present")


def test_a_cancelled_meeting_says_so_and_takes_nobody(meeting):
    with writing():
        Meeting.objects.filter(pk=meeting.pk).update(
            stage="cancelled", cancelled_at=timezone.now(), cancel_reason="Banjir"
        )
    row = row_of(meeting, "polres")

    assert "Rapat ini dibatalkan." in Client().get(address(meeting)).content.decode()
    assert Client().post(address(meeting), {"invitee": row.pk, "how": "self"}).status_code == 422


def test_the_code_of_a_draft_and_a_code_that_there_is_not_open_nothing(meeting):
    with writing():
        Meeting.objects.filter(pk=meeting.pk).update(stage="draft", sent_at=None)

    assert Client().get(address(meeting)).status_code == 404
    assert Client().get("/rapat/hadir/tebakan/").status_code == 404


def test_the_title_of_a_restricted_meeting_does_not_stand_behind_its_code(meeting):
    with writing():
        Meeting.objects.filter(pk=meeting.pk).update(restricted=True)

    page = Client().get(address(meeting)).content.decode()

    assert "Rapat koordinasi" not in page
    assert "Rapat tertutup" in page


def test_the_secretariats_page_shows_the_code_as_a_drawing_that_holds_the_address(
    meeting, person, sign_in, settings
):
    import segno

    settings.BASE_URL = "https://siaga.example"

    page = sign_in(person("secretariat")).get(f"/rapat/{meeting.pk}/qr/").content.decode()

    drawn = BytesIO()
    segno.make(f"https://siaga.example{address(meeting)}", error="m").save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, light="#fff", nl=False
    )
    path = drawn.getvalue().decode().split(' d="')[-1].split('"')[0]
    assert path in page
    assert f"https://siaga.example{address(meeting)}" in page


def test_a_new_code_makes_the_old_one_open_nothing(meeting, person, sign_in):
    client, old = sign_in(person("secretariat", username="petugas")), address(meeting)

    answer = client.post(f"/rapat/{meeting.pk}/qr/baru/", follow=True)

    assert "Kode QR diganti." in answer.content.decode()
    meeting.refresh_from_db()
    assert Client().get(old).status_code == 404
    assert Client().get(address(meeting)).status_code == 200
    event = AuditEvent.objects.get(action="meetings.renew_checkin_key")
    assert str(event) == "petugas mengganti kode QR daftar hadir rapat “Rapat koordinasi”"
    assert meeting.checkin_key not in str(event.data)


def test_who_holds_an_old_code_may_not_check_in(meeting):
    from django.core.exceptions import PermissionDenied

    with pytest.raises(PermissionDenied):
        actions.check_in(
            by=Visitor(key="kode-lama", who="Siapa saja"),
            meeting=meeting,
            attendance=row_of(meeting, "polres"),
        )
