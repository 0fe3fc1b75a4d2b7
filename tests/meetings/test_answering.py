"""Invitees answer by the link in their letter, without signing in, until the meeting starts."""

import datetime
import re

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.test import Client
from django.utils import timezone

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.invitee import Invitee, token_of
from forkopimda.meetings.letters import answer_link

REPRESENTED = {
    "answer": "represented",
    "representative_name": "Wakapolres Contoh",
    "representative_title": "Wakapolres",
}


@pytest.fixture
def meeting(plan):
    return plan("Rapat koordinasi")


@pytest.fixture
def invited(meeting, forum):
    return actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])


@pytest.fixture
def link(invited):
    return f"/rapat/undangan/{token_of(invited)}/"


def moved(meeting, **times):
    """The meeting at another time, as when time passes."""
    with writing():
        for name, hours in times.items():
            setattr(meeting, name, timezone.now() + datetime.timedelta(hours=hours))
        meeting.save()


def test_the_link_of_the_letter_is_the_page_of_the_answer(invited, link):
    assert answer_link(invited).endswith(link)
    page = Client().get(link)

    assert page.status_code == 200
    text = page.content.decode()
    for words in ("Rapat koordinasi", "Kapolres", "Aula", "WIB", "Belum menjawab"):
        assert words in text
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "no-store" in page.headers["Cache-Control"]
    assert page.headers["Referrer-Policy"] == "same-origin"


def test_who_opens_the_link_has_not_answered(invited, link):
    """Programs that look through mail open every link."""
    for _ in range(3):
        Client().get(link)
        Client().head(link)

    invited.refresh_from_db()
    assert invited.answer == "none"
    assert not AuditEvent.objects.filter(action="meetings.answer_invitation").exists()


@pytest.mark.parametrize(
    ("sent", "shown"),
    [
        ({"answer": "comes"}, "Akan hadir"),
        (REPRESENTED, "Akan diwakili · Wakapolres Contoh, Wakapolres"),
        ({"answer": "declines", "reason": "Dinas luar"}, "Berhalangan · Dinas luar"),
    ],
)
def test_an_answer_is_stored_shown_and_noted_without_signing_in(invited, link, sent, shown):
    client = Client()

    page = client.post(link, sent, follow=True).content.decode()

    assert "Jawaban Anda tercatat" in page
    assert shown in " ".join(re.sub(r"<[^>]+>", "", page).split())
    invited.refresh_from_db()
    assert invited.answer == sent["answer"]
    event = AuditEvent.objects.get(action="meetings.answer_invitation")
    assert event.actor == "undangan: Kapolres"
    assert "menjawab undangan Kapolres" in str(event)


def test_an_answer_may_be_changed_and_leaves_nothing_of_the_one_before(invited, link):
    client = Client()
    client.post(link, REPRESENTED)
    client.post(link, {**REPRESENTED, "answer": "comes"})

    invited.refresh_from_db()
    assert (invited.answer, invited.representative_name) == ("comes", "")


@pytest.mark.parametrize(
    ("sent", "fields"),
    [
        ({}, ["answer"]),
        ({"answer": "perhaps"}, ["answer"]),
        ({"answer": "represented"}, ["representative_name", "representative_title"]),
        ({**REPRESENTED, "representative_title": " "}, ["representative_title"]),
        ({"answer": "declines", "reason": "  "}, ["reason"]),
        ({"answer": "declines", "reason": "a" * 301}, ["reason"]),
    ],
)
def test_an_incomplete_answer_says_what_is_missing_and_keeps_the_text(invited, link, sent, fields):
    answer = Client().post(link, {"representative_name": "", **sent})

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == fields
    if name := sent.get("representative_name"):
        assert name in answer.content.decode()
    invited.refresh_from_db()
    assert invited.answer == "none"


def test_the_form_is_protected_against_other_sites(link):
    assert Client(enforce_csrf_checks=True).post(link, {"answer": "comes"}).status_code == 403


@pytest.mark.parametrize("spoil", ["cut", "changed", "foreign", "nothing", "long"])
def test_a_broken_or_foreign_link_says_so(invited, link, spoil, settings):
    token = token_of(invited)
    if spoil == "foreign":
        settings.SECRET_KEY = "another-installation-with-another-key-of-enough-length"
    broken = {
        "cut": token[:-4],
        "changed": f"{invited.pk + 1}.{token.split('.')[1]}",
        "foreign": f"{invited.pk}.{'A' * 43}",
        "nothing": "x",
        "long": "9" * 3000,
    }[spoil]

    for answer in (
        Client().get(f"/rapat/undangan/{broken}/"),
        Client().post(f"/rapat/undangan/{broken}/", {"answer": "comes"}),
    ):
        assert answer.status_code == 404
        assert "Tautan tidak dikenal" in answer.content.decode()
        assert "Rapat koordinasi" not in answer.content.decode()


def test_a_withdrawn_invitation_says_so_and_tells_nothing_of_the_meeting(invited, link):
    actions.remove_invitee(by=SYSTEM, attendance=invited)

    answer = Client().get(link)

    assert answer.status_code == 410
    assert "Undangan ini sudah ditarik" in answer.content.decode()
    assert "Rapat koordinasi" not in answer.content.decode()


def test_a_cancelled_meeting_says_so_and_why(meeting, link):
    actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Banjir")

    answer = Client().get(link)

    assert answer.status_code == 410
    assert "Rapat ini dibatalkan." in answer.content.decode()
    assert "Banjir" in answer.content.decode()


def test_the_link_ends_with_the_meeting_and_what_was_typed_is_shown(meeting, invited, link):
    moved(meeting, starts_at=-3, ends_at=-1)

    assert Client().get(link).status_code == 410
    answer = Client().post(link, {"answer": "declines", "reason": "Alasan yang panjang"})
    assert answer.status_code == 410
    page = answer.content.decode()
    assert "sudah selesai" in page
    assert "Alasan yang panjang" in page
    invited.refresh_from_db()
    assert invited.answer == "none"


def test_an_answer_after_the_start_is_refused_with_the_text_kept(meeting, invited, link):
    Client().post(link, {"answer": "comes"})
    moved(meeting, starts_at=-1, ends_at=1)

    shown = Client().get(link)
    assert shown.status_code == 200
    assert "Kirim jawaban" not in shown.content.decode()
    answer = Client().post(link, {"answer": "declines", "reason": "Jalan putus"})

    assert answer.status_code == 422
    assert "Rapat sudah dimulai" in answer.content.decode()
    assert "Jalan putus" in answer.content.decode()
    invited.refresh_from_db()
    assert invited.answer == "comes", "the earlier answer stands"


def test_an_answer_no_longer_changes_what_the_secretariat_has_noted(invited, link):
    actions.record_attendance(by=SYSTEM, attendance=invited, status="present")

    answer = Client().post(link, {"answer": "declines", "reason": "Sakit"})

    assert answer.status_code == 422
    assert "sudah dicatat oleh sekretariat" in answer.content.decode()


def test_the_link_of_a_draft_is_not_known(plan, forum):
    row = actions.invite(by=SYSTEM, meeting=plan(draft=True), institution=forum["polres"])

    assert Client().get(f"/rapat/undangan/{token_of(row)}/").status_code == 404


def test_a_link_answers_its_own_invitation_alone(meeting, invited, forum):
    other = actions.invite(by=SYSTEM, meeting=meeting, institution=forum["dprd"])

    with pytest.raises(PermissionDenied):
        actions.answer_invitation(by=Invitee.of(invited), attendance=other, answer="comes")


def test_the_invited_institutions_account_answers_on_the_page(meeting, invited, person, sign_in):
    client = sign_in(person("viewer", institution=invited.institution))
    address = f"/rapat/{meeting.pk}/jawab/"
    assert address in client.get(f"/rapat/{meeting.pk}/").content.decode()

    client.post(address, {"answer": "comes"})

    invited.refresh_from_db()
    assert invited.answer == "comes"
    page = client.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "Akan hadir: <strong>1</strong>" in page


@pytest.mark.parametrize("role", ["viewer", "secretariat", "administrator"])
def test_nobody_answers_for_another_institution(meeting, invited, forum, person, sign_in, role):
    user = person(role, institution=forum["dprd"])
    client = sign_in(user)

    assert client.get(f"/rapat/{meeting.pk}/jawab/").status_code == 404
    assert client.post(f"/rapat/{meeting.pk}/jawab/", {"answer": "comes"}).status_code == 404
    with pytest.raises(PermissionDenied):
        actions.answer_invitation(by=user, attendance=invited, answer="comes")


def test_who_is_asked_by_name_and_has_no_account_answers_by_link(meeting):
    row = actions.invite(
        by=SYSTEM, meeting=meeting, name="Ibu Contoh", title="Tokoh", email="ibu@contoh.example"
    )

    Client().post(f"/rapat/undangan/{token_of(row)}/", {"answer": "comes"})

    row.refresh_from_db()
    assert row.answer == "comes"


def test_an_answer_that_is_none_of_the_three_is_refused(invited):
    with pytest.raises(ValidationError):
        actions.answer_invitation(by=Invitee.of(invited), attendance=invited, answer="none")
