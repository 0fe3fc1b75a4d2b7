"""Who reads meetings, and that the secretariat alone writes them."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import AgendaItem, Attendance, Meeting
from forkopimda.meetings.panels import next_meeting
from forkopimda.people import actions as people
from forkopimda.people.models import User
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, SEI_SUKA

ROLES = [
    "viewer",
    "police_operator",
    "police_approver",
    "secretariat",
    "asn_examiner",
    "election_officer",
    "auditor",
    "administrator",
]


def facts(meeting, **changes):
    """All that can be changed of a meeting."""
    names = ("region", "title", "place", "starts_at", "ends_at", "kind", "note")
    more = ("chair", "restricted", "quorum")
    return {name: getattr(meeting, name) for name in (*names, *more)} | changes


@pytest.mark.parametrize("scope", [BATU_BARA, "12", ""])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_that_covers_the_regency_reads_its_meetings(person, sign_in, plan, role, scope):
    meeting = plan("Rapat kabupaten")
    client = sign_in(person(role, scope))

    assert "Rapat kabupaten" in client.get("/rapat/").content.decode()
    assert client.get(f"/rapat/{meeting.pk}/").status_code == 200


@pytest.mark.parametrize("scope", [ASAHAN, LAUT_TADOR])
@pytest.mark.parametrize("role", ROLES)
def test_a_role_next_door_or_in_one_kecamatan_does_not_read_the_regencys_meetings(
    person, sign_in, plan, role, scope
):
    meeting = plan("Rapat kabupaten")
    user = person(role, scope)
    client = sign_in(user)

    assert "Rapat kabupaten" not in client.get("/rapat/").content.decode()
    assert "Rapat kabupaten" not in client.get("/rapat/?cari=kabupaten").content.decode()
    assert client.get(f"/rapat/{meeting.pk}/").status_code == 404
    assert next_meeting(user, BATU_BARA) is None


def test_a_polsek_reads_the_meetings_of_its_own_kecamatan(person, sign_in, plan):
    own, other = plan("Rapat Forkopimcam", LAUT_TADOR), plan("Rapat tetangga", SEI_SUKA)
    client = sign_in(person("police_operator", LAUT_TADOR))

    page = client.get("/rapat/").content.decode()
    assert "Rapat Forkopimcam" in page
    assert "Rapat tetangga" not in page
    assert client.get(f"/rapat/{own.pk}/").status_code == 200
    assert client.get(f"/rapat/{other.pk}/").status_code == 404


def test_who_has_no_role_is_told_so_and_who_is_signed_out_signs_in(person, sign_in, client, plan):
    address = f"/rapat/{plan().pk}/"
    stranger = sign_in(person(None))

    for path in ("/rapat/", address, "/rapat/baru/", f"{address}ubah/"):
        assert stranger.get(path).status_code == 403
        assert client.get(path)["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("role", [role for role in ROLES if role != "secretariat"])
def test_nobody_but_the_secretariat_writes(person, sign_in, plan, regions, institution, role):
    meeting = plan("Rapat kabupaten")
    attendance = actions.invite(by=SYSTEM, meeting=meeting, institution=institution)
    item = actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Acara")
    user = person(role)
    client = sign_in(user)

    assert "Rapat baru" not in client.get("/rapat/").content.decode()
    assert "/ubah/" not in client.get(f"/rapat/{meeting.pk}/").content.decode()
    for path in ("/rapat/baru/", f"/rapat/{meeting.pk}/ubah/"):
        assert client.get(path).status_code == 403
        assert client.post(path, {"title": "Lain"}).status_code == 403
    for write in (
        lambda: actions.plan_meeting(
            by=user,
            region=regions[BATU_BARA],
            title="x",
            place="y",
            starts_at=meeting.starts_at,
            ends_at=meeting.ends_at,
        ),
        lambda: actions.edit_meeting(by=user, meeting=meeting, **facts(meeting, title="Lain")),
        lambda: actions.set_agenda_item(by=user, meeting=meeting, number=1, title="x"),
        lambda: actions.move_agenda_item(by=user, item=item, up=True),
        lambda: actions.remove_agenda_item(by=user, item=item),
        lambda: actions.invite(by=user, meeting=meeting, institution=institution),
        lambda: actions.invite_standing_members(by=user, meeting=meeting),
        lambda: actions.remove_invitee(by=user, attendance=attendance),
        lambda: actions.send_invitations(by=user, meeting=meeting),
        lambda: actions.cancel_meeting(by=user, meeting=meeting, reason="x"),
        lambda: actions.answer_invitation(by=user, attendance=attendance, answer="comes"),
        lambda: actions.record_attendance(by=user, attendance=attendance, status="present"),
    ):
        with pytest.raises(PermissionDenied):
            write()
    assert Meeting.objects.get().title == "Rapat kabupaten"


def test_the_secretariat_next_door_finds_no_such_meeting(person, sign_in, plan):
    address = f"/rapat/{plan('Rapat kabupaten').pk}/ubah/"
    client = sign_in(person("secretariat", ASAHAN))

    assert client.get(address).status_code == 404
    assert client.post(address, {"title": "Lain"}).status_code == 404


def test_a_meeting_can_not_be_moved_into_a_region_of_others(person, plan, regions):
    meeting = plan()
    moved = facts(meeting, region=regions[ASAHAN])

    with pytest.raises(PermissionDenied):
        actions.edit_meeting(by=person("secretariat"), meeting=meeting, **moved)


def test_a_point_of_another_regions_meeting_can_not_be_taken_over(person, plan):
    theirs = actions.set_agenda_item(
        by=SYSTEM, meeting=plan("Rapat Asahan", ASAHAN), number=1, title="Acara mereka"
    )
    with pytest.raises(PermissionDenied):
        actions.set_agenda_item(
            by=person("secretariat"), meeting=plan(), number=1, title="Lain", item=theirs
        )


@pytest.fixture
def both(person, regions):
    """Administrator and secretariat in one person: who may write in the admin."""
    user = person("administrator")
    people.grant_role(by=SYSTEM, user=user, role="secretariat", region=regions[BATU_BARA])
    return User.objects.get(pk=user.pk)


def test_the_admin_lists_what_its_reader_may_open_and_writes_nothing_for_them(
    person, sign_in, plan
):
    own = plan("Rapat kabupaten")
    plan("Rapat Asahan", ASAHAN)
    client = sign_in(person("administrator"))

    page = client.get(reverse("admin:meetings_meeting_changelist")).content.decode()
    assert "Rapat kabupaten" in page
    assert "Rapat Asahan" not in page
    assert client.get(reverse("admin:meetings_meeting_add")).status_code == 403
    change = reverse("admin:meetings_meeting_change", args=[own.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"title": "Lain"}).status_code == 403
    delete = reverse("admin:meetings_meeting_delete", args=[own.pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_in_the_admin_the_secretariat_plans_invites_and_notes_who_came(sign_in, both, institution):
    client = sign_in(both)
    times = {"starts_at_0": "2026-12-01", "starts_at_1": "09:00:00", "ends_at_0": "2026-12-01"}
    typed = {"title": "Rapat", "kind": "forum", "region": BATU_BARA, "place": "Aula", **times}

    refused = client.post(reverse("admin:meetings_meeting_add"), {**typed, "ends_at_1": "08:00:00"})
    assert list(refused.context["adminform"].form.errors) == ["ends_at"]
    stored = client.post(reverse("admin:meetings_meeting_add"), {**typed, "ends_at_1": "11:00:00"})
    assert stored.status_code == 302
    meeting = Meeting.objects.get()

    client.post(
        reverse("admin:meetings_agendaitem_add"),
        {"meeting": meeting.pk, "number": "1", "title": "Keamanan", "minutes": ""},
    )
    assert AgendaItem.objects.get().title == "Keamanan"
    again = client.post(
        reverse("admin:meetings_agendaitem_add"),
        {"meeting": meeting.pk, "number": "1", "title": "Lain", "minutes": ""},
    )
    assert "Nomor acara ini sudah dipakai" in again.content.decode()

    client.post(
        reverse("admin:meetings_attendance_add"),
        {"meeting": meeting.pk, "institution": institution.pk, "official": "", "title": ""},
    )
    attendance = Attendance.objects.get()
    assert (attendance.title, attendance.status) == ("Kapolres", "no_reply")
    nobody = client.post(reverse("admin:meetings_attendance_add"), {"meeting": meeting.pk})
    assert "Undangan perorangan memerlukan nama" in nobody.content.decode()
    actions.send_invitations(by=SYSTEM, meeting=meeting)
    change = reverse("admin:meetings_attendance_change", args=[attendance.pk])
    refused = client.post(
        change, {"status": "represented", "representative_name": "", "reason": ""}
    )
    assert "Tuliskan nama yang mewakili." in refused.content.decode()
    client.post(change, {"status": "present", "representative_name": "", "reason": ""})
    attendance.refresh_from_db()
    assert attendance.status == "present"


@pytest.mark.parametrize("model", ["meeting", "agendaitem", "attendance"])
def test_the_admins_lists_ask_no_more_queries_when_they_are_long(
    person, sign_in, plan, institution, model, django_assert_max_num_queries
):
    client = sign_in(person("administrator"))
    address = reverse(f"admin:meetings_{model}_changelist")

    def fill(count):
        for _ in range(count):
            meeting = plan()
            actions.invite(by=SYSTEM, meeting=meeting, institution=institution)
            actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Acara")

    def cost():
        client.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    fill(5)
    few = cost()
    fill(45)
    assert cost() == few
