"""The chair approves the minutes; then they are locked; a correction is a new version."""

import pytest
from django.core import mail as django_mail
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError, connection, transaction

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Meeting, MinutesVersion
from forkopimda.meetings.tasks import send_letters
from tests.conftest import BATU_BARA

from .publishing import hold, text_of


@pytest.fixture
def meeting(regions, forum):
    """A meeting of yesterday, chaired by the regency, with a decision."""
    meeting = hold(regions[BATU_BARA], forum["pemkab"])
    actions.decide(by=SYSTEM, meeting=meeting, text="Patroli ditambah.")
    return meeting


@pytest.fixture
def chair(person, sign_in, forum):
    """The regent's browser."""
    return sign_in(person("viewer", display_name="Pj. Bupati", institution=forum["pemkab"]))


def approve(client, meeting, **sent):
    address = f"/rapat/{meeting.pk}/notulen/setujui/"
    seen = client.get(address).context["seen"]
    return client.post(address, {"seen": seen, "sure": "on", **sent})


def state(meeting):
    return Meeting.objects.get(pk=meeting.pk).minutes_state


def change_minutes(meeting, text):
    item = meeting.agenda.first()
    return actions.save_minutes(by=SYSTEM, item=item, text=text, seen_version=item.minutes_version)


def execute(statement):
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_the_chair_reads_the_minutes_and_approves_them(chair, meeting):
    page = chair.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "Periksa dan setujui notulen" in page
    shown = chair.get(f"/rapat/{meeting.pk}/notulen/setujui/").content.decode()
    assert "Keadaan terkendali." in shown
    assert "1. Patroli ditambah." in shown

    answer = approve(chair, meeting)

    assert answer.status_code == 302
    assert state(meeting) == "approved"
    version = MinutesVersion.objects.get()
    assert (version.version, version.approved_by) == (1, "Pj. Bupati")
    page = chair.get(f"/rapat/{meeting.pk}/").content.decode()
    assert "Notulen sudah disetujui pimpinan rapat dan terkunci." in page
    assert "Periksa dan setujui notulen" not in page
    document = meeting.documents.get()
    text = text_of(chair.get(f"/rapat/dokumen/{document.pk}/").content)
    for words in ("NOTULEN RAPAT", "Keadaan terkendali.", "Patroli ditambah.", "Pj. Bupati"):
        assert words in text
    assert "KONSEP" not in text
    assert "menyetujui notulen versi 1" in str(
        AuditEvent.objects.get(action="meetings.approve_minutes")
    )


def test_approval_wants_a_confirmation(chair, meeting):
    answer = chair.post(f"/rapat/{meeting.pk}/notulen/setujui/", {"seen": "x"})

    assert answer.status_code == 422
    assert "Centang bahwa Anda sudah membaca" in answer.content.decode()
    assert state(meeting) == "open"


def test_what_changed_while_the_chair_was_reading_is_not_approved(chair, meeting):
    address = f"/rapat/{meeting.pk}/notulen/setujui/"
    seen = chair.get(address).context["seen"]
    change_minutes(meeting, "Keadaan belum terkendali.")

    answer = chair.post(address, {"seen": seen, "sure": "on"})

    assert answer.status_code == 422
    assert "Notulen berubah sejak halaman ini dibuka" in answer.content.decode()
    assert "Keadaan belum terkendali." in answer.content.decode()
    assert state(meeting) == "open"


@pytest.mark.parametrize(
    ("role", "office"),
    [
        ("viewer", "polres"),
        ("viewer", None),
        ("secretariat", "pemkab"),
        ("auditor", None),
        ("administrator", "pemkab"),
    ],
)
def test_only_officials_of_the_chairing_institution_approve(
    person, sign_in, meeting, forum, role, office
):
    user = person(role, institution=forum[office]) if office else person(role)
    client = sign_in(user)

    assert client.get(f"/rapat/{meeting.pk}/notulen/setujui/").status_code == 403
    assert "Periksa dan setujui" not in client.get(f"/rapat/{meeting.pk}/").content.decode()
    with pytest.raises(PermissionDenied):
        actions.approve_minutes(by=user, meeting=meeting)


def test_minutes_are_not_approved_before_the_meeting_or_while_nothing_is_written(
    chair, regions, forum
):
    early = hold(regions[BATU_BARA], forum["pemkab"], days=1)
    empty = hold(regions[BATU_BARA], forum["pemkab"])
    change_minutes(empty, "")

    for meeting, words in ((early, "belum dimulai"), (empty, "Notulen masih kosong")):
        page = chair.get(f"/rapat/{meeting.pk}/notulen/setujui/").content.decode()
        assert words in page
        answer = approve(chair, meeting)
        assert answer.status_code == 422
        assert words in answer.content.decode()
        assert state(meeting) == "open"


def test_a_meeting_without_a_chair_says_what_to_do(person, sign_in, meeting):
    execute("UPDATE meetings_meeting SET chair_id = NULL")
    page = sign_in(person("secretariat")).get(f"/rapat/{meeting.pk}/").content.decode()

    assert "Pimpinan rapat belum ditetapkan" in page
    assert "Tetapkan pimpinan rapat" in page
    with pytest.raises(ValidationError, match="Pimpinan rapat belum ditetapkan"):
        actions.approve_minutes(by=SYSTEM, meeting=meeting)


def test_approved_minutes_are_locked_against_actions(meeting):
    item, decision = meeting.agenda.get(), meeting.decisions.get()
    actions.approve_minutes(by=SYSTEM, meeting=meeting)
    for write in (
        lambda: change_minutes(meeting, "Lain."),
        lambda: actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Tambahan"),
        lambda: actions.set_agenda_item(by=SYSTEM, meeting=meeting, title="Lain", item=item),
        lambda: actions.remove_agenda_item(by=SYSTEM, item=item),
        lambda: actions.decide(by=SYSTEM, meeting=meeting, text="Tambahan"),
        lambda: actions.edit_decision(by=SYSTEM, decision=decision, text="Lain"),
        lambda: actions.approve_minutes(by=SYSTEM, meeting=meeting),
    ):
        with pytest.raises(ValidationError):
            write()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE meetings_agendaitem SET minutes = 'lain' WHERE meeting_id = {pk}",
        "UPDATE meetings_agendaitem SET meeting_id = {other} WHERE meeting_id = {pk}",
        "UPDATE meetings_agendaitem SET meeting_id = {pk}, number = 9 WHERE meeting_id = {other}",
        "DELETE FROM meetings_agendaitem WHERE meeting_id = {pk}",
        "INSERT INTO meetings_agendaitem (meeting_id, number, title, presenter, minutes,"
        " minutes_version, minutes_by) VALUES ({pk}, 9, 'x', '', '', 0, '')",
        "UPDATE meetings_decision SET text = 'lain' WHERE meeting_id = {pk}",
        "DELETE FROM meetings_decision WHERE meeting_id = {pk}",
        "INSERT INTO meetings_decision (meeting_id, number, text) VALUES ({pk}, 9, 'x')",
    ],
)
def test_approved_minutes_are_locked_against_sql(regions, forum, meeting, statement):
    other = hold(regions[BATU_BARA], forum["pemkab"])
    actions.approve_minutes(by=SYSTEM, meeting=meeting)

    with pytest.raises(DatabaseError, match="is closed"):
        execute(statement.format(pk=meeting.pk, other=other.pk))


def test_approved_versions_can_not_be_rewritten_by_sql(meeting):
    actions.approve_minutes(by=SYSTEM, meeting=meeting)

    with pytest.raises(DatabaseError, match="append-only"):
        execute("UPDATE meetings_minutesversion SET approved_by = 'lain'")


def test_a_correction_makes_a_new_version_and_keeps_the_old_one(person, sign_in, chair, meeting):
    approve(chair, meeting)
    secretariat = sign_in(person("secretariat"))
    reason = "Nama kecamatan keliru"

    answer = secretariat.post(f"/rapat/{meeting.pk}/notulen/koreksi/", {"reason": reason})

    assert answer.status_code == 302
    assert state(meeting) == "correcting"
    assert reason in secretariat.get(f"/rapat/{meeting.pk}/").content.decode()
    change_minutes(meeting, "Keadaan sangat terkendali.")
    reading = chair.get(f"/rapat/{meeting.pk}/notulen/setujui/").content.decode()
    assert "<ins>" in reading
    approve(chair, meeting)
    assert state(meeting) == "approved"
    first, second = MinutesVersion.objects.order_by("version")
    assert second.correction_reason == reason
    assert first.content["agenda"][0]["minutes"] == "Keadaan terkendali."
    documents = meeting.documents.order_by("version")
    texts = [text_of(chair.get(f"/rapat/dokumen/{row.pk}/").content) for row in documents]
    assert "Keadaan terkendali." in texts[0]
    assert "Keadaan sangat terkendali." in texts[1]
    assert reason in texts[1]
    old = chair.get(f"/rapat/{meeting.pk}/notulen/versi/1/").content.decode()
    new = chair.get(f"/rapat/{meeting.pk}/notulen/versi/2/").content.decode()
    assert "Sudah ada versi 2." in old
    assert "Keadaan terkendali." in old
    assert "sangat" in new.split("<ins>")[1].split("</ins>")[0]
    assert reason in new
    assert chair.get(f"/rapat/{meeting.pk}/notulen/versi/3/").status_code == 404


def test_a_correction_wants_a_reason_and_approved_minutes(person, sign_in, meeting):
    client = sign_in(person("secretariat"))
    address = f"/rapat/{meeting.pk}/notulen/koreksi/"

    early = client.post(address, {"reason": "Keliru"})
    assert early.status_code == 422
    assert "Hanya notulen yang sudah disetujui" in early.content.decode()
    assert "Keliru" in early.content.decode()
    actions.approve_minutes(by=SYSTEM, meeting=meeting)
    assert client.post(address, {"reason": "  "}).status_code == 422
    assert state(meeting) == "approved"


def test_only_the_secretariat_opens_a_correction(chair, person, meeting):
    approve(chair, meeting)

    assert chair.get(f"/rapat/{meeting.pk}/notulen/koreksi/").status_code == 403
    with pytest.raises(PermissionDenied):
        actions.reopen_for_correction(by=person("auditor"), meeting=meeting, reason="x")


def test_versions_of_a_restricted_meeting_are_read_by_its_invitees_alone(
    person, sign_in, regions, forum
):
    meeting = hold(regions[BATU_BARA], forum["pemkab"], "Operasi senyap", restricted=True)
    actions.approve_minutes(by=SYSTEM, meeting=meeting)
    address = f"/rapat/{meeting.pk}/notulen/versi/1/"

    assert sign_in(person("viewer", institution=forum["polres"])).get(address).status_code == 404
    assert sign_in(person("viewer", institution=forum["pemkab"])).get(address).status_code == 200
    assert "senyap" not in str(list(AuditEvent.objects.values_list("data", flat=True)))


def test_approved_minutes_are_mailed_to_the_invitees_once_per_version(chair, meeting, forum):
    actions.invite(
        by=SYSTEM, meeting=meeting, institution=forum["kejari"], email="kajari@contoh.example"
    )
    approve(chair, meeting)
    send_letters()

    mails = [mail for mail in django_mail.outbox if mail.to == ["kajari@contoh.example"]]
    assert [mail.subject for mail in mails] == ["Notulen: Rapat koordinasi"]
    name, content, kind = mails[0].attachments[0]
    assert (name, kind) == ("notulen.pdf", "application/pdf")
    assert "Patroli ditambah." in text_of(content)

    actions.reopen_for_correction(by=SYSTEM, meeting=meeting, reason="Salah tulis")
    approve(chair, meeting)
    send_letters()
    assert len([mail for mail in django_mail.outbox if mail.to == ["kajari@contoh.example"]]) == 2
