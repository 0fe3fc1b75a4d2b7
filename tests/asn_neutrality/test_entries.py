"""What examiners write into a case: sealed, kept as typed, stored once."""

import pytest
from django.core.exceptions import ValidationError
from django.db import connection

from asn_neutrality.models import Entry, Evidence, Member
from forkopimda.lib.guard import writing
from tests.meetings.publishing import PDF, upload

from .filing import FORMS, STUDY, contents, dismiss, opened, write, write_address
from .made import unlock_desk


@pytest.fixture
def writer(examiner, report, sign_in):
    """An examiner, their case, and a client that has it open."""
    user = examiner()
    case = report().report.case
    return user, case, unlock_desk(sign_in(user), user, [case])


def token_on(page):
    """The form's own token."""
    return page.context["form"]["token"].value()


def test_each_kind_is_written_on_its_page_and_reads_back_to_the_examiners_alone(writer):
    user, case, client = writer
    for kind, form in FORMS.items():
        address = write_address(case, kind)
        page = client.get(address)
        assert page.status_code == 200, kind
        answer = client.post(address, {**form, "token": token_on(page)})
        assert answer.status_code == 302, answer.context["form"].errors
        assert answer["Location"] == f"/netralitas-asn/{case.pk}/"
        last = contents(case, user, kind)[-1]
        for field in form.keys() - {"attended", "sanction"}:
            assert last[field] == form[field]
    assert contents(case, user, "hearing")[-1]["attended"] is True

    with connection.cursor() as cursor:
        cursor.execute("SELECT string_agg(t::text, ' ') FROM asn_neutrality_entry t")
        entries = cursor.fetchone()[0]
        cursor.execute("SELECT string_agg(t::text, ' ') FROM audit_auditevent t")
        audit = cursor.fetchone()[0]
    for typed in (*STUDY.values(), "Saksi pertama", "Fulan", "Saya hadir"):
        assert typed not in entries
        assert typed not in audit


def test_a_study_that_lacks_its_conclusion_comes_back_with_all_that_was_typed(writer):
    user, case, client = writer
    long = "Uraian panjang. " * 1000
    typed = {**STUDY, "facts": long, "conclusion": "  "}

    answer = client.post(write_address(case, "study"), typed)

    assert answer.status_code == 422
    page = answer.content.decode()
    assert long.strip() in page
    assert STUDY["analysis"] in page
    assert not contents(case, user, "study")


def test_a_form_that_is_sent_twice_is_stored_once(writer):
    user, case, client = writer
    address = write_address(case, "note")
    token = token_on(client.get(address))

    for _again in range(2):
        assert client.post(address, {**FORMS["note"], "token": token}).status_code == 302
    assert len(contents(case, user, "note")) == 1

    fresh = token_on(client.get(address))
    assert client.post(address, {**FORMS["note"], "token": fresh}).status_code == 302
    assert len(contents(case, user, "note")) == 2


def test_nothing_is_lost_when_the_key_has_locked_itself_meanwhile(writer, sign_in):
    user, case, client = writer
    locked = sign_in(user)
    assert locked.get(write_address(case, "study")).status_code == 302

    answer = locked.post(write_address(case, "study"), {**STUDY, "token": "dari-peramban"})

    assert answer.status_code == 422
    page = answer.content.decode()
    assert "Belum tersimpan: kunci Anda terkunci" in page
    assert STUDY["facts"] in page
    token = token_on(answer)
    assert client.post(write_address(case, "study"), {**STUDY, "token": token}).status_code == 302
    assert contents(case, user, "study") == [STUDY]


def test_files_are_sealed_with_the_entry_and_a_disguised_one_is_refused_by_name(writer, media):
    user, case, client = writer
    address = write_address(case, "statement")
    bad = [upload("foto.jpg", b"MZ\x90\x00 program"), upload("surat.pdf")]

    answer = client.post(address, {**FORMS["statement"], "files": bad})

    assert answer.status_code == 422
    assert "foto.jpg" in answer.content.decode()
    assert FORMS["statement"]["text"] in answer.content.decode()
    assert not Evidence.objects.exists()

    assert (
        client.post(address, {**FORMS["statement"], "files": [upload("surat.pdf")]}).status_code
        == 302
    )
    entry = case.entries.get(kind="statement")
    [file] = opened(case, user).files(entry)
    assert (file.name, b"".join(file.content())) == ("surat.pdf", PDF)
    stored = [path for path in media.rglob("*") if path.is_file()]
    assert len(stored) == 1
    assert b"PDF" not in stored[0].read_bytes()


def test_a_hearing_says_what_was_stated_or_how_they_were_called_twice(writer):
    _user, case, client = writer
    absent = {"attended": "no", "first_call": "2024-11-20"}
    for changes, field in (
        ({"attended": "yes", "text": " "}, "text"),
        ({"attended": "no"}, "first_call"),
        (absent, "second_call"),
        ({**absent, "second_call": "2024-11-20"}, "second_call"),
        ({**absent, "second_call": "2024-11-25"}, "second_call"),
        ({"on": "2099-01-01"}, "on"),
        ({"on": "kemarin"}, "on"),
        ({"attended": "mungkin"}, "attended"),
    ):
        answer = client.post(write_address(case, "hearing"), {**FORMS["hearing"], **changes})
        assert answer.status_code == 422
        assert field in answer.context["form"].errors
    assert not case.entries.filter(kind="hearing").exists()


def test_who_does_not_come_to_the_hearing_was_called_twice(writer):
    user, case, client = writer
    form = {"on": "2024-11-22", "attended": "no"}
    form |= {"first_call": "2024-11-18", "second_call": "2024-11-20"}

    assert client.post(write_address(case, "hearing"), form).status_code == 302

    [hearing] = contents(case, user, "hearing")
    assert hearing == {
        "on": "2024-11-22",
        "attended": False,
        "called": ["2024-11-18", "2024-11-20"],
        "text": "",
    }


def test_a_correction_names_an_entry_of_this_case_and_who_asked(writer, report):
    user, case, client = writer
    other = report().report.case.entries.get(kind="narrative")
    note = write(case, user, "note", text="Hari Senin")
    address = write_address(case, "correction")
    page = client.get(f"{address}?isi={note.pk}")
    assert page.context["form"]["of"].value() == str(note.pk)
    form = {"asked_by": "accused", "text": "Bukan Senin, melainkan Selasa"}

    assert client.post(address, {**form, "of": str(other.pk)}).status_code == 422
    with pytest.raises(ValidationError, match="perkara ini"):
        write(case, user, "correction", of=str(other.pk), **form)
    assert client.post(address, {**form, "of": str(note.pk)}).status_code == 302

    assert contents(case, user, "correction") == [{**form, "of": str(note.pk)}]
    assert contents(case, user, "note") == [{"text": "Hari Senin"}]


def test_a_case_that_has_ended_takes_notes_and_corrections_only(writer):
    user, case, client = writer
    dismiss(case, user)

    answer = client.post(write_address(case, "study"), STUDY)
    assert answer.status_code == 422
    assert "Perkara sudah berakhir" in answer.content.decode()
    assert STUDY["facts"] in answer.content.decode()
    assert client.post(write_address(case, "note"), FORMS["note"]).status_code == 302
    entry = case.entries.get(kind="narrative")
    correction = {"of": str(entry.pk), "asked_by": "accused", "text": "Saya cuti hari itu"}
    assert client.post(write_address(case, "correction"), correction).status_code == 302


def test_only_examiners_of_the_case_write(writer, examiner, desk, sign_in, person):
    _user, case, _client = writer
    for stranger in (examiner(), examiner("12.09")):
        client = desk(stranger)
        assert client.get(write_address(case, "note")).status_code == 404
        assert client.post(write_address(case, "note"), FORMS["note"]).status_code == 404
    auditor = examiner(role="auditor")
    assert desk(auditor).post(write_address(case, "note"), FORMS["note"]).status_code == 403
    for role in ("administrator", "secretariat", "viewer"):
        assert sign_in(person(role)).get(write_address(case, "note")).status_code == 403
    assert not case.entries.filter(kind="note").exists()


def test_what_is_no_kind_of_entry_has_no_page(writer):
    _user, case, client = writer
    for kind in ("narrative", "identity", "step", "apa"):
        assert client.get(write_address(case, kind)).status_code == 404


def test_the_correction_page_costs_the_same_with_many_entries(
    writer, django_assert_max_num_queries
):
    user, case, client = writer
    counts = []
    for _round in range(2):
        with django_assert_max_num_queries(60) as captured:
            client.get(write_address(case, "correction"))
        counts.append(len(captured))
        for number in range(10):
            write(case, user, "note", token=f"n{number}", text="Catatan")
    assert counts[0] == counts[1]


def test_who_is_no_member_any_more_writes_nothing(writer):
    user, case, client = writer
    with writing():
        Member.objects.filter(case=case, user=user).update(removed_at="2024-11-25T00:00Z")

    assert client.post(write_address(case, "note"), FORMS["note"]).status_code == 404
    assert not Entry.objects.filter(kind="note").exists()
