"""Evidence is decrypted for who opened the case, saved by them alone, and each file is noted."""

import uuid

import pytest

from asn_neutrality.models import Evidence, Opening

from .made import attachment, unlock_desk

CONTENT = b"%PDF-1.4 bukti %%EOF"


@pytest.fixture
def member(examiner):
    return examiner()


@pytest.fixture
def file(member, report):
    """A file that came with a report."""
    received = report(files=[attachment("bukti “satu”.pdf", CONTENT)])
    return Evidence.objects.select_related("entry__case").get(entry__report=received.report)


def address(file):
    return f"/netralitas-asn/{file.entry.case_id}/bukti/{file.pk}/"


@pytest.fixture
def client(member, file, sign_in):
    """The examiner's browser, the case opened."""
    return unlock_desk(sign_in(member), member, [file.entry.case])


def test_a_file_is_saved_by_the_reader_and_never_shown_or_kept(client, file):
    answer = client.get(address(file))

    assert answer.content == CONTENT
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("attachment")
    assert "bukti" in answer["Content-Disposition"]
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]


def test_each_file_is_noted_once_in_a_visit_and_again_in_the_next(client, file, member, sign_in):
    client.get(address(file))
    client.get(address(file))
    assert list(Opening.objects.values_list("what", "purpose", "case")) == [
        ("evidence", "study", file.entry.case_id)
    ]

    unlock_desk(sign_in(member), member, [file.entry.case]).get(address(file))
    assert Opening.objects.count() == 2

    client.post(f"/netralitas-asn/{file.entry.case_id}/tutup/")
    client.post(f"/netralitas-asn/{file.entry.case_id}/buka/", {"purpose": "study"})
    client.get(address(file))
    assert Opening.objects.filter(what="evidence").count() == 3


def test_a_visit_for_a_reason_of_ones_own_notes_files_as_evidence_looked_at(desk, member, file):
    client = desk(member)
    reason = {"purpose": "other", "explanation": "rapat tim"}
    client.post(f"/netralitas-asn/{file.entry.case_id}/buka/", reason)

    assert client.get(address(file)).status_code == 200
    assert Opening.objects.first().purpose == "evidence"


def test_a_case_that_is_not_open_shows_no_file_and_notes_nothing(desk, member, file):
    answer = desk(member).get(address(file), follow=True)

    assert answer.redirect_chain == [(f"/netralitas-asn/{file.entry.case_id}/", 302)]
    assert "Buka dahulu berkas perkara ini" in answer.content.decode()
    assert not Opening.objects.exists()


def damage(path, how):
    content = path.read_bytes()
    if how == "gone":
        path.unlink()
    elif how == "cut":
        path.write_bytes(content[:-1])
    elif how == "longer":
        path.write_bytes(content + b"x")
    elif how == "empty":
        path.write_bytes(b"")
    else:
        path.write_bytes(content[:30] + bytes([content[30] ^ 1]) + content[31:])


@pytest.mark.parametrize("how", ["gone", "cut", "longer", "empty", "changed"])
def test_a_file_that_was_changed_or_is_gone_gives_a_page_that_says_so(client, file, media, how):
    damage(media / file.file.name, how)

    answer = client.get(address(file))

    assert answer.status_code == 410
    assert "Isi ini tidak dapat dibuka" in answer.content.decode()
    assert "bukti" not in answer.get("Content-Disposition", "")
    assert not Opening.objects.exists()


def test_who_is_no_member_gets_no_file(file, examiner, person, sign_in, desk):
    assert desk(examiner(role="auditor")).get(address(file)).status_code == 403
    assert desk(examiner()).get(address(file)).status_code == 404
    assert desk(examiner("12.09")).get(address(file)).status_code == 404
    for role in ("administrator", "viewer", "secretariat"):
        assert sign_in(person(role)).get(address(file)).status_code == 403
    assert not Opening.objects.exists()


def test_a_file_is_found_in_its_own_case_alone(client, file, report, member):
    other = report().report.case

    assert client.get(f"/netralitas-asn/{other.pk}/bukti/{file.pk}/").status_code == 404
    assert (
        client.get(f"/netralitas-asn/{file.entry.case_id}/bukti/{uuid.uuid4()}/").status_code == 404
    )
