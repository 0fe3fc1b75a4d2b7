"""The secretariat plans a meeting, sees clashes, sends the invitations, cancels."""

import pytest
from django.core.exceptions import ValidationError

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Letter, Meeting, Stage
from forkopimda.people import actions as people
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR


@pytest.fixture
def secretariat(person, sign_in):
    return sign_in(person("secretariat", username="kesbang"))


@pytest.fixture
def draft(plan):
    return plan("Rapat koordinasi", draft=True)


# --- Chair, restriction, quorum ---


def test_the_institution_that_leads_the_forum_leads_the_meeting_unless_another_is_chosen(
    plan, forum
):
    assert plan().chair == forum["pemkab"]
    assert plan(chair=forum["polres"]).chair == forum["polres"]


def test_the_form_takes_chair_quorum_and_restriction(secretariat, forum):
    sent = {
        "title": "Rapat tertutup",
        "kind": "forum",
        "region": BATU_BARA,
        "place": "Aula",
        "starts_at": "2026-12-01T09:00",
        "ends_at": "2026-12-01T11:00",
        "chair": forum["polres"].pk,
        "quorum": "4",
        "restricted": "on",
        "note": "",
    }
    secretariat.post("/rapat/baru/", sent)

    meeting = Meeting.objects.get()
    assert (meeting.chair, meeting.quorum, meeting.restricted) == (forum["polres"], 4, True)
    trail = AuditEvent.objects.get(action="meetings.plan_meeting")
    assert "Rapat tertutup" not in str(trail.data), "the trail has readers who may not open it"


def test_an_institution_of_elsewhere_can_not_lead(plan, regions, forum):
    theirs = people.save_institution(
        by=SYSTEM,
        region=regions[ASAHAN],
        code="pemkab",
        name="Pemkab Asahan",
        head_title="Bupati",
        membership="chair",
    )
    with pytest.raises(ValidationError) as refused:
        plan(chair=theirs)
    assert list(refused.value.message_dict) == ["chair"]


# --- Sending, changing, cancelling ---


def test_before_sending_a_page_lists_who_gets_mail_where_and_who_has_no_address(
    secretariat, draft, forum, person
):
    actions.invite_standing_members(by=SYSTEM, meeting=draft)
    actions.invite(by=SYSTEM, meeting=draft, institution=forum["bawaslu"])
    account = next(iter(forum["lanal"].users.all()))
    people.edit_user(by=SYSTEM, user=account, email="")

    answer = secretariat.get(f"/rapat/{draft.pk}/kirim/")

    page = answer.content.decode()
    assert "kapolres@batubara.example" in page
    assert "polsek-laut-tador@batubara.example" not in page, "serves in a kecamatan alone"
    assert [row.attendance.title for row in answer.context["without"]] == ["Danlanal"]
    assert "tanpa alamat surel" in page
    assert Letter.objects.count() == 0, "looking sends nothing"

    sent = secretariat.post(f"/rapat/{draft.pk}/kirim/")

    assert sent["Location"] == f"/rapat/{draft.pk}/"
    assert Letter.objects.count() == answer.context["mails"]
    assert set(Letter.objects.values_list("kind", "sequence")) == {("invitation", 0)}
    draft.refresh_from_db()
    assert draft.stage == Stage.SENT


def test_a_draft_is_not_sent_twice_and_not_to_nobody(secretariat, draft, institution):
    nobody = secretariat.post(f"/rapat/{draft.pk}/kirim/")
    assert nobody.status_code == 422
    assert "Belum ada yang diundang" in nobody.content.decode()

    actions.invite(by=SYSTEM, meeting=draft, institution=institution)
    secretariat.post(f"/rapat/{draft.pk}/kirim/")
    again = secretariat.post(f"/rapat/{draft.pk}/kirim/")
    assert again.status_code == 422
    assert "sudah dikirim" in again.content.decode()


def test_invitations_of_a_meeting_that_is_over_are_noted_and_no_letter_goes_out(plan, forum):
    meeting = plan(days=-3, draft=True)
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])

    meeting = actions.send_invitations(by=SYSTEM, meeting=meeting)

    assert meeting.stage == Stage.SENT
    assert not Letter.objects.exists()


def test_the_region_stays_once_invitations_are_out(plan, regions):
    meeting = plan()
    fields = {
        name: getattr(meeting, name)
        for name in ("title", "place", "starts_at", "ends_at", "kind", "note", "chair")
    }
    with pytest.raises(ValidationError) as refused:
        actions.edit_meeting(
            by=SYSTEM,
            meeting=meeting,
            region=regions[LAUT_TADOR],
            restricted=False,
            quorum=None,
            **fields,
        )
    assert list(refused.value.message_dict) == ["region"]


def test_cancelling_asks_for_a_reason_and_shows_it_to_readers(secretariat, person, sign_in, plan):
    meeting = plan("Rapat koordinasi")
    address = f"/rapat/{meeting.pk}/batal/"
    assert "tidak dapat diaktifkan kembali" in secretariat.get(address).content.decode()
    empty = secretariat.post(address, {"reason": " "})
    assert empty.status_code == 422
    assert list(empty.context["form"].errors) == ["reason"]

    secretariat.post(address, {"reason": "Banjir di Lima Puluh"})

    page = sign_in(person("viewer")).get(f"/rapat/{meeting.pk}/").content.decode()
    assert "Dibatalkan" in page
    assert "Banjir di Lima Puluh" in page
    again = secretariat.post(address, {"reason": "Lagi"})
    assert again.status_code == 422


def test_a_cancelled_draft_stays_with_the_secretariat(secretariat, person, sign_in, draft, forum):
    actions.invite(by=SYSTEM, meeting=draft, institution=forum["polres"])
    actions.cancel_meeting(by=SYSTEM, meeting=draft, reason="Tidak jadi")
    reader = sign_in(person("viewer"))

    assert reader.get(f"/rapat/{draft.pk}/").status_code == 404
    assert "Rapat koordinasi" not in reader.get("/rapat/").content.decode()
    assert secretariat.get(f"/rapat/{draft.pk}/").status_code == 200
    assert not Letter.objects.exists()


def test_a_meeting_that_is_over_is_not_cancelled(secretariat, plan):
    meeting = plan(days=-2)

    answer = secretariat.post(f"/rapat/{meeting.pk}/batal/", {"reason": "Terlambat"})

    assert answer.status_code == 422
    assert "sudah lewat" in answer.content.decode()
