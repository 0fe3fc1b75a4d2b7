"""Another meeting of the same people at the same time is shown before anybody is sent for."""

import datetime

import pytest
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from tests.conftest import BATU_BARA


@pytest.fixture
def secretariat(person, sign_in):
    return sign_in(person("secretariat", username="kesbang"))


@pytest.fixture
def draft(plan):
    return plan("Rapat koordinasi", draft=True)


def test_another_meeting_of_the_same_people_at_the_same_time_is_shown(
    secretariat, plan, forum, draft
):
    inside = {"starts_at": draft.starts_at + datetime.timedelta(hours=1)}
    inside["ends_at"] = inside["starts_at"] + datetime.timedelta(hours=3)
    other = plan("Rapat Polres", **inside)
    apart = plan("Rapat dewan", **inside)
    after = plan(
        "Sesudahnya",
        starts_at=draft.ends_at,
        ends_at=draft.ends_at + datetime.timedelta(hours=1),
    )
    off = plan("Batal", **inside)
    for meeting in (draft, other, after, off):
        actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])
    actions.invite(by=SYSTEM, meeting=apart, institution=forum["dprd"])
    actions.cancel_meeting(by=SYSTEM, meeting=off, reason="Tidak jadi")

    for page in (f"/rapat/{draft.pk}/rencana/", f"/rapat/{draft.pk}/kirim/"):
        answer = secretariat.get(page)
        assert [clash.meeting for clash in answer.context["clashes"]] == [other]
        text = answer.content.decode()
        assert "Bentrok dengan rapat lain" in text
        assert "Rapat Polres" in text
        assert "Polres Batu Bara" in text


def test_a_clash_is_told_after_a_change_of_the_time(secretariat, plan, forum):
    meeting, other = plan("Rapat satu", days=3), plan("Rapat dua", days=5)
    for row in (meeting, other):
        actions.invite(by=SYSTEM, meeting=row, institution=forum["polres"])
    hour = timezone.localtime(other.starts_at, meeting.zone)
    sent = {
        "title": "Rapat satu",
        "kind": "forum",
        "region": BATU_BARA,
        "place": "Aula",
        "starts_at": f"{hour:%Y-%m-%dT%H:%M}",
        "ends_at": f"{hour + datetime.timedelta(hours=1):%Y-%m-%dT%H:%M}",
        "note": "",
    }

    page = secretariat.post(f"/rapat/{meeting.pk}/ubah/", sent, follow=True).content.decode()

    assert "diharapkan di rapat lain pada waktu yang sama" in page


def test_a_clash_with_a_meeting_that_the_reader_may_not_open_names_no_title(
    secretariat, plan, draft, forum
):
    hidden = plan("Rahasia provinsi", "12", restricted=True, starts_at=draft.starts_at)
    unsent = plan("Draf provinsi", "12", draft=True, starts_at=draft.starts_at)
    for meeting in (draft, hidden, unsent):
        actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])

    answer = secretariat.get(f"/rapat/{draft.pk}/rencana/")

    assert [clash.meeting for clash in answer.context["clashes"]] == [hidden]
    page = answer.content.decode()
    assert "rapat lain" in page
    assert "Rahasia provinsi" not in page
    assert f"/rapat/{hidden.pk}/" not in page


def test_a_person_is_expected_at_two_meetings_by_address(secretariat, plan, draft):
    other = plan("Rapat lain lagi", starts_at=draft.starts_at)
    for meeting in (draft, other):
        actions.invite(
            by=SYSTEM, meeting=meeting, name="Ibu", title="Tokoh", email="ibu@contoh.example"
        )

    answer = secretariat.get(f"/rapat/{draft.pk}/rencana/")

    assert [clash.who for clash in answer.context["clashes"]] == [["Ibu"]]
