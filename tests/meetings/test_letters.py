"""Invitees get mail with a calendar entry; changes and cancellations keep it up to date."""

import datetime
import re

import pytest
from django.conf import settings
from django.core import mail
from django.utils import timezone

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.lib.outbox import State
from forkopimda.meetings import actions, letters
from forkopimda.meetings.models import Letter
from forkopimda.meetings.tasks import send_letters
from forkopimda.people import actions as people

from .letters import change, event_of, parts

LINK = re.compile(r"/rapat/undangan/\S+/")


@pytest.fixture
def draft(plan, forum):
    return plan("Rapat koordinasi", draft=True)


@pytest.fixture
def invited(draft, forum):
    """The draft with the Kapolres invited and one point on the agenda."""
    actions.set_agenda_item(by=SYSTEM, meeting=draft, title="Keamanan", presenter="Kapolres")
    actions.invite(
        by=SYSTEM, meeting=draft, institution=forum["polres"], email="kapolres@contoh.example"
    )
    return draft


def test_an_invitation_carries_the_entry_the_letter_and_the_way_to_answer(invited):
    invited = actions.send_invitations(by=SYSTEM, meeting=invited)

    assert send_letters() == 1

    (message,) = mail.outbox
    assert message.to == ["kapolres@contoh.example"]
    assert message.subject == "Undangan: Rapat koordinasi"
    for text in ("Kepada AKBP Taufiq Hidayat Thayeb", "1. Keamanan (Kapolres)", "Aula", "WIB"):
        assert text in message.body
    assert f"{settings.BASE_URL}/rapat/undangan/" in message.body
    found, calendar = parts(message)
    assert calendar["METHOD"] == "REQUEST"
    assert found["text/calendar"].get_param("method") == "REQUEST"
    assert found["application/ics"].get_payload(decode=True) == calendar.to_ical()
    assert found["application/pdf"].get_payload(decode=True).startswith(b"%PDF")
    event = event_of(message)
    assert str(invited.uid) in event["UID"]
    assert (event["SEQUENCE"], event["STATUS"]) == (0, "CONFIRMED")
    assert event["DTSTART"].dt == invited.starts_at.replace(microsecond=0)
    assert event["DTEND"].dt == invited.ends_at.replace(microsecond=0)
    assert (event["SUMMARY"], event["LOCATION"]) == ("Rapat koordinasi", "Aula")
    assert "Keamanan" in event["DESCRIPTION"]
    assert LINK.search(event["URL"])[0] == LINK.search(message.body)[0]
    assert event["ORGANIZER"] == "mailto:siaga@batubara.example"
    attendee = event["ATTENDEE"]
    assert attendee == "mailto:kapolres@contoh.example"
    assert attendee.params["CN"] == "AKBP Taufiq Hidayat Thayeb"
    assert (attendee.params["PARTSTAT"], attendee.params["ROLE"]) == (
        "NEEDS-ACTION",
        "REQ-PARTICIPANT",
    )


def test_who_leads_the_meeting_is_its_chair_and_an_answer_is_in_the_next_entry(draft, forum):
    row = actions.invite(
        by=SYSTEM, meeting=draft, institution=forum["pemkab"], email="bupati@contoh.example"
    )
    meeting = actions.send_invitations(by=SYSTEM, meeting=draft)
    send_letters()
    with writing():
        row.answer, row.answered_at = "comes", timezone.now()
        row.save()
    change(meeting, place="Aula Polres")
    send_letters()

    first, second = (event_of(message)["ATTENDEE"] for message in mail.outbox)
    assert first.params["ROLE"] == "CHAIR"
    assert second.params["PARTSTAT"] == "ACCEPTED"


def test_a_change_and_a_cancellation_follow_with_the_same_uid_and_a_higher_sequence(invited):
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    send_letters()
    hour = datetime.timedelta(hours=1)
    meeting = change(meeting, starts_at=meeting.starts_at + hour, ends_at=meeting.ends_at + hour)
    send_letters()
    meeting = actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Banjir")
    send_letters()

    invitation, update, cancellation = mail.outbox
    events = [event_of(message) for message in mail.outbox]
    assert len({event["UID"] for event in events}) == 1
    assert [event["SEQUENCE"] for event in events] == [0, 1, 2]
    assert [parts(message)[1]["METHOD"] for message in mail.outbox] == [
        "REQUEST",
        "REQUEST",
        "CANCEL",
    ]
    assert events[1]["DTSTART"].dt - events[0]["DTSTART"].dt == hour
    assert events[2]["STATUS"] == "CANCELLED"
    assert update.subject == "Perubahan undangan: Rapat koordinasi"
    assert cancellation.subject == "Rapat dibatalkan: Rapat koordinasi"
    assert "Alasan: Banjir" in cancellation.body
    assert "application/pdf" not in parts(cancellation)[0]
    assert "application/pdf" in parts(update)[0]
    assert len({message.extra_headers["Message-ID"] for message in mail.outbox}) == 3
    assert LINK.search(invitation.body)[0] == LINK.search(update.body)[0], "the link stays"


@pytest.mark.parametrize(
    "small", [{"note": "Bawa laporan"}, {"quorum": 3}, {"restricted": True}, {}]
)
def test_a_small_change_sends_nothing(invited, small):
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)

    changed = change(meeting, **small)

    assert changed.sequence == 0
    assert Letter.objects.count() == 1


@pytest.mark.parametrize("told", [{"title": "Rapat darurat"}, {"place": "Aula Polres"}])
def test_a_new_title_or_place_is_told(invited, told):
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    send_letters()

    change(meeting, **told)
    send_letters()

    assert next(iter(told.values())) in mail.outbox[-1].body
    assert event_of(mail.outbox[-1])["SEQUENCE"] == 1


def test_a_correction_of_a_meeting_that_is_over_is_not_told(plan, forum):
    meeting = plan(days=-5)
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])

    change(meeting, place="Aula yang benar")

    assert not Letter.objects.exists()


def test_who_is_added_later_gets_the_invitation_as_it_stands(invited, forum):
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    meeting = change(meeting, place="Aula Polres")
    actions.invite(
        by=SYSTEM, meeting=meeting, name="Ibu Contoh", title="Tokoh", email="ibu@contoh.example"
    )

    letter = Letter.objects.get(address="ibu@contoh.example")
    assert (letter.kind, letter.sequence) == ("invitation", 1)
    assert Letter.objects.exclude(pk=letter.pk).filter(kind="invitation", sequence=0).count() == 0


def test_who_is_withdrawn_is_told_so_and_of_nothing_more(invited, forum):
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    send_letters()
    row = meeting.attendances.get()
    actions.remove_invitee(by=SYSTEM, attendance=row)
    send_letters()

    message = mail.outbox[-1]
    assert message.subject == "Undangan ditarik: Rapat koordinasi"
    assert "Keamanan" not in message.body
    event = event_of(message)
    assert parts(message)[1]["METHOD"] == "CANCEL"
    assert event["SEQUENCE"] == 1
    assert "Keamanan" not in event["DESCRIPTION"]
    meeting.refresh_from_db()
    change(meeting, place="Tempat lain")
    assert send_letters() == 0


def test_news_replaces_what_no_letter_has_told_yet(invited):
    """Nobody hears of a change of what they never heard of, nor of its cancellation."""
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    meeting = change(meeting, place="Aula Polres")

    letter = Letter.objects.get()
    assert (letter.kind, letter.sequence) == ("invitation", 1)
    actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Banjir")
    assert not Letter.objects.exists()


def test_an_institutions_letters_go_to_its_accounts_that_serve_the_region_each_in_its_language(
    draft, forum
):
    user = forum["polres"].users.get(username="kapolres")
    people.edit_user(by=SYSTEM, user=user, language="en")
    left = forum["polres"].users.get(username="polres")
    people.edit_user(by=SYSTEM, user=left, is_active=False)
    actions.invite(by=SYSTEM, meeting=draft, institution=forum["polres"])

    actions.send_invitations(by=SYSTEM, meeting=draft)

    assert list(Letter.objects.values_list("address", "language")) == [
        ("kapolres@batubara.example", "en")
    ]


def test_a_letter_that_can_not_be_composed_waits_and_holds_up_no_other(
    invited, monkeypatch, person, sign_in
):
    actions.invite(
        by=SYSTEM, meeting=invited, name="Ibu Contoh", title="Tokoh", email="ibu@contoh.example"
    )
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    make = letters.invitation_pdf

    def failing(attendance):
        if attendance.name:
            raise RuntimeError("the typesetter is away")
        return make(attendance)

    monkeypatch.setattr(letters, "invitation_pdf", failing)
    assert send_letters() == 1
    waiting = Letter.objects.get(address="ibu@contoh.example")
    assert (waiting.state, waiting.attempts) == (State.QUEUED, 1)
    page = sign_in(person("secretariat")).get(f"/rapat/{meeting.pk}/").content.decode()
    assert "the typesetter is away" in page
    other = sign_in(person("viewer")).get(f"/rapat/{meeting.pk}/").content.decode()
    assert "the typesetter is away" not in other
    assert "ibu@contoh.example" not in other

    monkeypatch.setattr(letters, "invitation_pdf", make)
    with writing():
        Letter.objects.update(next_attempt_at=timezone.now())
    assert send_letters() == 1
    assert mail.outbox[-1].to == ["ibu@contoh.example"]


def test_the_secretariat_sends_a_failed_letter_once_more(invited, person, sign_in):
    meeting = actions.send_invitations(by=SYSTEM, meeting=invited)
    with writing():
        Letter.objects.update(state=State.FAILED, last_error="550 no such mailbox")
    letter = Letter.objects.get()
    client = sign_in(person("secretariat"))
    page = client.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "550 no such mailbox" in page
    address = f"/rapat/{meeting.pk}/surat/{letter.pk}/kirim-ulang/"
    assert address in page

    client.post(address)

    assert send_letters() == 1
    assert "terkirim" in client.get(f"/rapat/{meeting.pk}/").content.decode()
    again = client.post(address)
    assert again.status_code == 422
    assert "Hanya surat yang gagal" in again.content.decode()


def test_a_restricted_meetings_title_reaches_its_invitees_alone(invited):
    meeting = change(invited, restricted=True)
    actions.send_invitations(by=SYSTEM, meeting=meeting)
    send_letters()

    assert "Rapat koordinasi" in mail.outbox[0].subject
    events = AuditEvent.objects.filter(action="meetings.send_invitations")
    assert "Rapat koordinasi" not in str(events.get().data)
