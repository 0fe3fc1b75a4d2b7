"""Invitation letters, attendance lists and minutes as PDFs: what they say, how they are numbered,
who gets them."""

import hashlib

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import DatabaseError
from django.utils import timezone, translation

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.pdf import DocumentFailed, render
from forkopimda.meetings import actions, documents
from forkopimda.meetings.models import Document
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .publishing import hold, text_of, upload

MARKUP = '#panic("x") *tebal* $x$ _m_ \\ <a> @b `c` #set page(width: 1cm) // d'


@pytest.fixture
def meeting(regions, forum):
    """A meeting of yesterday, chaired by the regency."""
    return hold(regions[BATU_BARA], forum["pemkab"])


def issue(meeting, kind="invitation"):
    return actions.issue_document(by=SYSTEM, meeting=meeting, kind=kind)


def pdf_of(document):
    with document.file.open("rb") as file:
        return file.read()


def test_the_secretariat_issues_an_invitation_once_it_has_confirmed(person, sign_in, meeting):
    client = sign_in(person("secretariat"))
    address = f"/rapat/{meeting.pk}/terbitkan/undangan/"
    assert "tidak dapat diubah atau ditarik" in client.get(address).content.decode()
    assert not Document.objects.exists()

    answer = client.post(address)

    document = Document.objects.get()
    year = timezone.localdate().year
    assert document.number == f"001/FORKOPIMDA/{year}"
    page = client.get(answer["Location"].split("#")[0]).content.decode()
    assert f"Surat undangan terbit dengan nomor 001/FORKOPIMDA/{year}." in page
    assert f"/rapat/dokumen/{document.pk}/" in page
    got = sign_in(person("viewer")).get(f"/rapat/dokumen/{document.pk}/")
    assert got["Content-Type"] == "application/pdf"
    assert got["Content-Disposition"].startswith("attachment")
    assert hashlib.sha256(got.content).hexdigest() == document.sha256


def test_an_invitation_says_who_is_invited_where_when_and_what_for(meeting, forum):
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])

    text = text_of(pdf_of(issue(meeting)))

    local = timezone.localtime(meeting.starts_at, meeting.zone)
    with translation.override("id"):
        day = documents.long_day(local.date())
    for words in (
        "PEMERINTAH KABUPATEN BATU BARA",
        "Undangan Rapat koordinasi",
        day,
        f"{local:%H.%M} sampai",
        "WIB",
        "Aula",
        "1. Keamanan",
        "Daftar undangan",
        "AKBP Taufiq Hidayat Thayeb",
        "Pj. Bupati,",
        "Halaman 1 dari 2",
        "/dokumen/",
    ):
        assert words in text


def test_a_letter_to_one_invitee_names_them_and_carries_the_issued_number(meeting, forum):
    attendance = actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])
    before = text_of(documents.invitation_pdf(attendance))
    document = issue(meeting)

    text = text_of(documents.invitation_pdf(attendance))

    assert "Kepada Yth. Kapolres Polres Batu Bara AKBP Taufiq Hidayat Thayeb" in text
    assert document.number in text
    assert document.key in text
    assert "salinan bagi satu undangan" in text
    assert "KONSEP" not in before
    assert "/dokumen/" not in before


def test_sending_issues_the_letter_and_a_change_issues_a_new_version(person, plan, forum):
    secretariat = person("secretariat")
    meeting = plan(draft=True)
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])
    actions.send_invitations(by=secretariat, meeting=meeting)
    first = Document.objects.get()
    names = ("region", "title", "starts_at", "ends_at", "kind", "note", "chair", "restricted")
    fields = {name: getattr(meeting, name) for name in names}

    actions.edit_meeting(
        by=secretariat, meeting=meeting, **fields, quorum=None, place="Pendopo Kabupaten"
    )

    second = Document.objects.exclude(pk=first.pk).get()
    assert (first.version, second.version) == (1, 2)
    assert "Pendopo Kabupaten" not in text_of(pdf_of(first))
    assert "Pendopo Kabupaten" in text_of(pdf_of(second))
    assert second.number in text_of(documents.invitation_pdf(meeting.attendances.get()))


def test_an_attendance_list_has_status_representative_and_room_to_sign(meeting, forum):
    row = actions.invite(by=SYSTEM, meeting=meeting, institution=forum["polres"])
    actions.record_attendance(
        by=SYSTEM,
        attendance=row,
        status="represented",
        representative_name="Wakapolres Contoh",
    )

    text = text_of(pdf_of(issue(meeting, "attendance")))

    for words in ("DAFTAR HADIR", "Tanda tangan", "Diwakili", "diwakili Wakapolres Contoh"):
        assert words in text
    assert "Hadir atau diwakili: 1 dari 2 undangan." in text


def test_what_people_typed_is_printed_and_never_run(regions, forum):
    meeting = hold(regions[BATU_BARA], forum["pemkab"], f"Rapat {MARKUP}")
    actions.set_agenda_item(
        by=SYSTEM, meeting=meeting, title=f"Acara {MARKUP}", presenter=MARKUP, minutes=MARKUP
    )
    actions.decide(by=SYSTEM, meeting=meeting, text=f"Putus {MARKUP}\n= judul\n- butir")
    actions.approve_minutes(by=SYSTEM, meeting=meeting)

    minutes = text_of(pdf_of(meeting.documents.get(kind="minutes")))
    letter = text_of(pdf_of(issue(meeting)))

    assert minutes.count(MARKUP) >= 5
    assert "= judul - butir" in minutes
    assert f"Undangan Rapat {MARKUP}" in letter
    assert f"Acara {MARKUP} (penyaji: {MARKUP})" in letter


def test_the_same_data_gives_the_same_bytes(meeting):
    with translation.override("en"):
        first = documents.draft("attendance", meeting)

    assert documents.draft("attendance", meeting) == first


def test_a_broken_template_is_told_as_one(tmp_path):
    template = tmp_path / "broken.typ"
    template.write_text('#panic("rusak")')

    with pytest.raises(DocumentFailed, match="rusak"):
        render(template, {}, at=timezone.now())


def test_a_template_reads_no_file_outside_its_folder(tmp_path):
    (tmp_path / "secret.txt").write_text("rahasia")
    folder = tmp_path / "typst"
    folder.mkdir()
    template = folder / "curious.typ"
    template.write_text('#read("../secret.txt")')

    with pytest.raises(DocumentFailed):
        render(template, {}, at=timezone.now())


def test_a_draft_says_that_it_is_one_and_takes_no_number(person, sign_in, meeting, forum):
    chair = sign_in(person("viewer", institution=forum["pemkab"]))
    other = sign_in(person("viewer", institution=forum["polres"]))
    address = f"/rapat/{meeting.pk}/pratinjau/notulen/"

    text = text_of(chair.get(address).content)

    assert "KONSEP" in text
    assert "Keadaan terkendali." in text
    assert "Nomor:" not in text
    assert not Document.objects.exists()
    assert sign_in(person("secretariat")).get(address).status_code == 200
    assert other.get(address).status_code == 403
    assert chair.get(f"/rapat/{meeting.pk}/pratinjau/lain/").status_code == 404


def test_a_restricted_meetings_document_says_so(regions, forum):
    meeting = hold(regions[BATU_BARA], forum["pemkab"], restricted=True)

    assert "TERBATAS" in text_of(pdf_of(issue(meeting)))


def test_an_open_meetings_document_does_not_say_that_it_is_restricted(meeting):
    assert "TERBATAS" not in text_of(pdf_of(issue(meeting)))


def test_a_document_that_can_not_be_stored_leaves_no_file(meeting, media, monkeypatch):
    def fail(*args, **kwargs):
        raise DatabaseError("the row is refused")

    monkeypatch.setattr("forkopimda.meetings.actions.publish.noted", fail)

    with pytest.raises(DatabaseError):
        issue(meeting)

    assert [path for path in media.rglob("*") if path.is_file()] == []


def test_nothing_is_issued_for_a_meeting_without_invitees_or_one_that_is_cancelled(
    person, sign_in, plan
):
    client = sign_in(person("secretariat"))
    meeting = plan()

    answer = client.post(f"/rapat/{meeting.pk}/terbitkan/daftar-hadir/")

    assert answer.status_code == 422
    assert "Belum ada yang diundang" in answer.content.decode()
    actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Contoh")
    answer = client.post(f"/rapat/{meeting.pk}/terbitkan/undangan/")
    assert "dibatalkan" in answer.content.decode()
    assert client.get(f"/rapat/{meeting.pk}/terbitkan/notulen/").status_code == 404
    with pytest.raises(ValidationError, match="ketika disetujui"):
        actions.issue_document(by=SYSTEM, meeting=plan(), kind="minutes")


def test_who_may_not_open_the_meeting_does_not_get_its_documents(
    person, sign_in, client, regions, forum
):
    restricted = hold(regions[BATU_BARA], forum["pemkab"], restricted=True)
    address = f"/rapat/dokumen/{issue(restricted).pk}/"

    for user in (
        person("viewer", institution=forum["polres"]),
        person("administrator"),
        person("secretariat", ASAHAN),
        person("viewer", LAUT_TADOR),
    ):
        assert sign_in(user).get(address).status_code == 404
    for user in (person("viewer", institution=forum["pemkab"]), person("auditor")):
        assert sign_in(user).get(address).status_code == 200
    assert client.get(address)["Location"].startswith("/akun/masuk/")


def test_nobody_but_the_secretariat_issues(person, meeting):
    for role in ("viewer", "auditor", "administrator", "police_approver"):
        with pytest.raises(PermissionDenied):
            actions.issue_document(by=person(role), meeting=meeting, kind="invitation")


def test_an_attached_file_is_counted_in_the_letter(meeting):
    actions.attach(by=SYSTEM, meeting=meeting, upload=upload("bahan.pdf"))

    assert "Lampiran : 1 berkas" in text_of(pdf_of(issue(meeting)))
