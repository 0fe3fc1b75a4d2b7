"""Documents are numbered by the institution that issues them, under its own letterhead."""

import threading

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Document
from tests.conftest import ASAHAN, BATU_BARA

from .publishing import hold, text_of


@pytest.fixture
def meeting(regions, forum):
    """A meeting of yesterday, chaired by the regency."""
    return hold(regions[BATU_BARA], forum["pemkab"])


def issue(meeting, kind="invitation"):
    return actions.issue_document(by=SYSTEM, meeting=meeting, kind=kind)


def pdf_of(document):
    with document.file.open("rb") as file:
        return file.read()


def test_numbers_run_by_institution_in_its_own_form(person, sign_in, regions, forum):
    client = sign_in(person("secretariat"))
    assert forum["polres"].name in client.get("/rapat/kop-surat/").content.decode()
    typed = {
        "first_line": "Polres Batu Bara",
        "second_line": "Bagian Operasi",
        "address": "Jalan Contoh 1",
        "number_form": "B/{number}/XI/{year}",
    }
    answer = client.post(f"/rapat/kop-surat/{forum['polres'].pk}/", typed)
    assert answer["Location"] == "/rapat/kop-surat/"
    theirs = hold(regions[BATU_BARA], forum["polres"])
    ours = hold(regions[BATU_BARA], forum["pemkab"])

    made = [issue(theirs), issue(ours), issue(theirs), issue(theirs, "attendance")]

    year = timezone.localdate().year
    assert [document.number for document in made] == [
        f"B/001/XI/{year}",
        f"001/FORKOPIMDA/{year}",
        f"B/002/XI/{year}",
        f"B/003/XI/{year}",
    ]
    assert [document.version for document in made] == [1, 1, 2, 1]
    text = text_of(pdf_of(made[0]))
    for words in ("POLRES BATU BARA", "Bagian Operasi", "Jalan Contoh 1"):
        assert words in text


def test_without_a_chair_the_region_issues(meeting):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE meetings_meeting SET chair_id = NULL")
    meeting.refresh_from_db()

    document = issue(meeting)

    assert document.issuer == "Kabupaten Batu Bara"
    assert "KABUPATEN BATU BARA Forum Koordinasi" in text_of(pdf_of(document))


@pytest.mark.parametrize(
    "form", ["tanpa nomor", "{number}/{bulan}", "{number.__class__}", "{number}{", "{number:>99}"]
)
def test_a_number_form_that_can_not_be_filled_is_refused_beside_its_field(
    person, sign_in, forum, form
):
    client = sign_in(person("secretariat"))
    typed = {"first_line": "Polres", "address": "Jalan yang diketik", "number_form": form}

    answer = client.post(f"/rapat/kop-surat/{forum['polres'].pk}/", typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["number_form"]
    assert "Jalan yang diketik" in answer.content.decode()


def test_letterheads_are_kept_by_their_own_secretariat(person, sign_in, forum):
    address = f"/rapat/kop-surat/{forum['polres'].pk}/"

    assert sign_in(person("secretariat", ASAHAN)).get(address).status_code == 404
    assert sign_in(person("viewer")).get(address).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_letterhead(
            by=person("secretariat", ASAHAN), institution=forum["polres"], first_line="Lain"
        )


def test_issued_documents_can_not_be_rewritten_by_sql(meeting):
    issue(meeting)
    for statement in (
        "UPDATE meetings_document SET number = 'lain'",
        "DELETE FROM meetings_document",
    ):
        with (
            pytest.raises(DatabaseError, match="append-only"),
            transaction.atomic(),
            connection.cursor() as cursor,
        ):
            cursor.execute(statement)


@pytest.mark.django_db(transaction=True)
def test_two_who_issue_at_the_same_time_get_two_numbers(regions, forum):
    meetings = [hold(regions[BATU_BARA], forum["pemkab"]) for _ in range(4)]
    start = threading.Barrier(len(meetings))

    def one(meeting):
        start.wait()
        issue(meeting)
        connection.close()

    threads = [threading.Thread(target=one, args=[meeting]) for meeting in meetings]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(Document.objects.values_list("serial", flat=True)) == [1, 2, 3, 4]
