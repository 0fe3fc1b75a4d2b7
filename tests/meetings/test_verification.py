"""Whoever holds a printed document can have it confirmed, and learns nothing else."""

import pytest
from django.test import Client

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.documents import verify_address
from tests.conftest import BATU_BARA

from .publishing import hold, upload


@pytest.fixture
def meeting(regions, forum):
    """A meeting of yesterday, chaired by the regency."""
    return hold(regions[BATU_BARA], forum["pemkab"], "Rapat kesiapan")


def issue(meeting, kind="attendance"):
    return actions.issue_document(by=SYSTEM, meeting=meeting, kind=kind)


def pdf_of(document):
    with document.file.open("rb") as file:
        return file.read()


def page_of(document, **sent):
    address = f"/dokumen/{document.key}/"
    return Client().post(address, sent) if sent else Client().get(address)


def test_a_document_is_confirmed_without_signing_in(meeting):
    document = issue(meeting)

    answer = page_of(document)

    page = answer.content.decode()
    for words in (
        "Dokumen ini terdaftar",
        "Daftar hadir",
        document.number,
        "Pemerintah Kabupaten Batu Bara",
        "Rapat kesiapan",
        "WIB",
    ):
        assert words in page
    assert document.sha256 in page.replace(" ", "")
    assert answer["X-Robots-Tag"] == "noindex, nofollow"
    assert "no-store" in answer["Cache-Control"]
    assert verify_address(document.key).endswith(f"/dokumen/{document.key}/")


def test_the_registered_file_is_told_from_a_changed_one_and_neither_is_kept(meeting, media):
    document = issue(meeting)
    content = pdf_of(document)
    before = sorted(media.rglob("*"))

    same = page_of(document, upload=upload("x.pdf", content)).content.decode()
    other = page_of(document, upload=upload("x.pdf", content + b" ")).content.decode()

    assert "Sama. Berkas ini sama persis" in same
    assert "Tidak sama." not in same
    assert "Tidak sama." in other
    assert "sama persis dengan" not in other
    assert sorted(media.rglob("*")) == before


def test_without_a_file_the_form_asks_for_one(meeting):
    answer = Client().post(f"/dokumen/{issue(meeting).key}/")

    assert answer.status_code == 422
    assert "Pilih berkas yang akan diperiksa." in answer.content.decode()


def test_a_copy_for_one_invitee_is_explained(meeting):
    document = issue(meeting, "invitation")

    page = page_of(document, upload=upload("x.pdf")).content.decode()

    assert "salinan dengan alamatnya sendiri" in page


def test_an_older_version_points_to_the_newer_one(meeting):
    old, new = issue(meeting), issue(meeting)

    assert f"nomor {new.number}, versi 2" in page_of(old).content.decode()
    assert "Ada versi yang lebih baru" not in page_of(new).content.decode()


def test_a_cancelled_meeting_is_told(regions, forum):
    meeting = hold(regions[BATU_BARA], forum["pemkab"], days=2)
    document = issue(meeting, "invitation")
    actions.cancel_meeting(by=SYSTEM, meeting=meeting, reason="Alasan di dalam")

    page = page_of(document).content.decode()

    assert "dibatalkan" in page
    assert "Alasan di dalam" not in page


def test_a_restricted_meeting_and_a_draft_are_not_named(regions, forum, plan):
    restricted = hold(regions[BATU_BARA], forum["pemkab"], "Operasi senyap", restricted=True)
    draft = plan("Operasi senyap", draft=True)
    actions.invite(by=SYSTEM, meeting=draft, institution=forum["polres"])
    dropped = plan("Operasi senyap", draft=True)
    actions.invite(by=SYSTEM, meeting=dropped, institution=forum["polres"])
    issued = [issue(meeting) for meeting in (restricted, draft, dropped)]
    actions.cancel_meeting(by=SYSTEM, meeting=dropped, reason="Contoh")
    for document in issued:
        page = page_of(document).content.decode()
        assert document.number in page
        for words in ("senyap", "Aula", "Kapolres", "Keadaan terkendali"):
            assert words not in page


def test_an_unknown_key_is_not_found(db):
    assert Client().get("/dokumen/tidak-ada/").status_code == 404
    assert Client().post("/dokumen/tidak-ada/", {"upload": upload("x.pdf")}).status_code == 404
