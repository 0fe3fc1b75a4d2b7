"""Files are attached, downloaded and removed by those who may, and by nobody else."""

import datetime
from pathlib import Path

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.utils import timezone

from forkopimda.audit.models import AuditEvent
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Attachment
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .publishing import PDF, hold, upload


@pytest.fixture
def meeting(regions, forum):
    """A meeting of yesterday, chaired by the regency."""
    return hold(regions[BATU_BARA], forum["pemkab"])


@pytest.fixture
def follow_up(meeting, forum):
    """A task of the Polres."""
    return actions.add_follow_up(
        by=SYSTEM,
        meeting=meeting,
        task="Menambah patroli",
        institution=forum["polres"],
        due_on=timezone.localdate() + datetime.timedelta(days=3),
    )


def stored(media):
    return [path for path in media.rglob("*") if path.is_file()]


def test_the_secretariat_attaches_a_file_and_a_reader_downloads_it(person, sign_in, meeting, media):
    secretariat = sign_in(person("secretariat", username="petugas"))
    sent = {"upload": upload("Bahan “rapat” – é.pdf")}

    answer = secretariat.post(f"/rapat/{meeting.pk}/lampiran/", sent)

    assert answer["Location"] == f"/rapat/{meeting.pk}/"
    row = Attachment.objects.get()
    page = sign_in(person("viewer")).get(f"/rapat/{meeting.pk}/").content.decode()
    assert f"/rapat/lampiran/{row.pk}/" in page
    assert f"/rapat/lampiran/{row.pk}/hapus/" not in page
    got = sign_in(person("viewer")).get(f"/rapat/lampiran/{row.pk}/")
    assert got.content == PDF
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment; filename*=utf-8''Bahan%20")
    assert got["X-Content-Type-Options"] == "nosniff"
    assert got["Cache-Control"] == "private, no-store"
    assert "Bahan" not in Path(row.file.name).name
    assert len(stored(media)) == 1
    event = AuditEvent.objects.get(action="meetings.attach")
    assert str(event).startswith("petugas melampirkan berkas “Bahan “rapat” – é.pdf”")


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"upload": upload("foto.png", b"MZ\x90\0 program")}, "tidak dikenali"),
        ({"upload": upload("kosong.pdf", b"")}, "“kosong.pdf” kosong"),
        ({}, "Bidang ini tidak boleh kosong"),
    ],
)
def test_a_refused_file_is_told_beside_the_field_and_nothing_is_kept(
    person, sign_in, meeting, media, sent, message
):
    client = sign_in(person("secretariat"))
    for file in sent.values():
        file.seek(0)

    answer = client.post(f"/rapat/{meeting.pk}/lampiran/", sent)

    assert answer.status_code == 422
    assert message in answer.content.decode()
    assert list(answer.context["form"].errors) == ["upload"]
    assert not Attachment.objects.exists()
    assert not stored(media)


def test_a_file_whose_row_can_not_be_stored_leaves_no_orphan(meeting, media, monkeypatch):
    written = []

    def fail(*args, **kwargs):
        written.extend(stored(media))
        raise IntegrityError("the row is refused")

    monkeypatch.setattr("forkopimda.meetings.actions.files.noted", fail)

    with pytest.raises(IntegrityError):
        actions.attach(by=SYSTEM, meeting=meeting, upload=upload("bahan.pdf"))

    assert len(written) == 1
    assert not stored(media)
    assert not Attachment.objects.exists()


def test_the_responsible_institution_attaches_evidence_to_its_follow_up(
    person, sign_in, meeting, follow_up, forum
):
    police = sign_in(person("viewer", institution=forum["polres"]))
    other = sign_in(person("viewer", institution=forum["kodim"]))
    address = f"/rapat/tindak-lanjut/{follow_up.pk}/lampiran/"

    assert other.post(address, {"upload": upload("foto.pdf")}).status_code == 403
    answer = police.post(address, {"upload": upload("bukti.pdf")})

    assert answer["Location"] == f"/rapat/tindak-lanjut/{follow_up.pk}/"
    row = Attachment.objects.get()
    assert (row.follow_up, row.meeting) == (follow_up, meeting)
    file = f"/rapat/lampiran/{row.pk}/"
    assert file in police.get(answer["Location"]).content.decode()
    assert file not in police.get(f"/rapat/{meeting.pk}/").content.decode()
    assert other.post(f"/rapat/lampiran/{row.pk}/hapus/").status_code == 403
    assert other.get(f"/rapat/lampiran/{row.pk}/").status_code == 200
    assert police.post(f"/rapat/lampiran/{row.pk}/hapus/").status_code == 302


def test_a_removed_file_is_gone_for_readers_and_stays_stored(person, sign_in, meeting, media):
    row = actions.attach(by=SYSTEM, meeting=meeting, upload=upload("bahan.pdf"))
    secretariat = sign_in(person("secretariat"))
    address = f"/rapat/lampiran/{row.pk}/hapus/"
    assert "bahan.pdf" in secretariat.get(address).content.decode()
    assert Attachment.objects.get().removed_at is None

    answer = secretariat.post(address)

    assert answer["Location"] == f"/rapat/{meeting.pk}/"
    assert secretariat.get(f"/rapat/lampiran/{row.pk}/").status_code == 404
    assert f"/rapat/lampiran/{row.pk}/" not in secretariat.get(answer["Location"]).content.decode()
    assert len(stored(media)) == 1


def test_nobody_but_the_secretariat_attaches_to_a_meeting(person, sign_in, meeting, forum):
    for role in ("viewer", "police_approver", "auditor", "administrator", "election_officer"):
        user = person(role, institution=forum["pemkab"])
        assert sign_in(user).get(f"/rapat/{meeting.pk}/lampiran/").status_code == 403
        with pytest.raises(PermissionDenied):
            actions.attach(by=user, meeting=meeting, upload=upload("bahan.pdf"))


def test_who_may_not_open_the_meeting_does_not_get_its_files(
    person, sign_in, client, regions, forum, plan
):
    draft = plan("Rapat rahasia", draft=True)
    restricted = hold(regions[BATU_BARA], forum["pemkab"], restricted=True)
    invited = person("viewer", institution=forum["pemkab"])
    outsider = person("viewer", institution=forum["polres"])
    for meeting, readers in ((draft, []), (restricted, [invited])):
        row = actions.attach(by=SYSTEM, meeting=meeting, upload=upload("bahan.pdf"))
        address = f"/rapat/lampiran/{row.pk}/"
        for user in (outsider, person("secretariat", ASAHAN), person("viewer", LAUT_TADOR)):
            assert sign_in(user).get(address).status_code == 404
            assert sign_in(user).post(f"{address}hapus/").status_code == 404
        for user in (*readers, person("secretariat"), person("auditor")):
            assert sign_in(user).get(address).status_code == 200
        assert client.get(address)["Location"].startswith("/akun/masuk/")


def test_a_restricted_meetings_file_is_not_named_in_the_trail(regions, forum):
    meeting = hold(regions[BATU_BARA], forum["pemkab"], restricted=True)

    actions.attach(by=SYSTEM, meeting=meeting, upload=upload("operasi-senyap.pdf"))

    assert "senyap" not in str(AuditEvent.objects.get(action="meetings.attach").data)
