"""The catalogue is kept in the admin: versions, confirmation by the legal office, holidays."""

import pytest
from django.urls import reverse
from django.utils import timezone

from asn_neutrality.models import ExtraHoliday, Sanction, Term, Violation

from . import flowing

LIST = "admin:asn_neutrality_{}_changelist"


@pytest.fixture
def admin(sign_in, person):
    return sign_in(person("administrator"))


def current(model, code):
    return model.objects.in_force().get(code=code)


def page_of(line):
    return reverse(f"admin:asn_neutrality_{line._meta.model_name}_change", args=[line.pk])


def fields(line, **changed):
    """What the page of a line sends."""
    kept = {
        name: getattr(line, name)
        for name in (
            "code",
            "label_id",
            "label_en",
            "violation_class",
            "sanction_from",
            "sanction_to",
            "sanction_class",
            "days",
            "day_kind",
            "remind_before",
            "escalate_after",
            "legal_basis",
        )
        if hasattr(line, name)
    }
    return {**kept, **changed}


def chosen(client, model, act, *lines):
    """Does something with lines chosen in the list."""
    where = reverse(LIST.format(model._meta.model_name))
    sent = {"action": act, "_selected_action": [line.pk for line in lines]}
    return client.post(where, sent, follow=True)


def test_a_change_is_a_new_version_and_the_old_one_stays(admin):
    old = current(Violation, "DS-09")

    answer = admin.post(page_of(old), fields(old, label_id="Menjadi tim pemenangan"))

    assert answer.status_code == 302
    new = current(Violation, "DS-09")
    old.refresh_from_db()
    assert (old.label_id != new.label_id, new.label_id) == (True, "Menjadi tim pemenangan")
    assert old.valid_to == new.valid_from == timezone.localdate()
    assert new.changed_by
    where = reverse(LIST.format("violation"))
    assert page_of(old) not in admin.get(where).content.decode()
    assert page_of(old) in admin.get(f"{where}?berlaku=lama").content.decode()
    # The past version is read, not changed.
    assert admin.post(page_of(old), fields(old, label_id="Lain")).status_code == 403
    assert Violation.objects.filter(code="DS-09").count() == 2


def test_saving_without_a_change_makes_no_version(admin):
    line = current(Violation, "DS-09")

    assert admin.post(page_of(line), fields(line)).status_code == 302
    assert Violation.objects.filter(code="DS-09").count() == 1


def test_what_the_database_would_refuse_is_said_at_its_field(admin):
    line = current(Violation, "KE-01")
    for wrong, words in (
        ({"sanction_to": "severe"}, "hanya berakibat sanksi moral"),
        (
            {"violation_class": "discipline"},
            "Pelanggaran disiplin tidak berakibat sanksi moral",
        ),
        (
            {
                "violation_class": "discipline",
                "sanction_from": "severe",
                "sanction_to": "light",
            },
            "tidak boleh lebih ringan",
        ),
    ):
        answer = admin.post(page_of(line), fields(line, **wrong))
        assert words in answer.content.decode()
    term = current(Term, "study")
    assert "366" in admin.post(page_of(term), fields(term, days=400)).content.decode()
    term.refresh_from_db()
    assert (term.days, term.valid_to) == (5, None)


def test_a_line_is_confirmed_and_a_change_of_substance_asks_for_it_again(admin):
    line = current(Violation, "DS-14")
    where = f"{reverse(LIST.format('violation'))}?is_confirmed__exact=0"
    assert "perlu konfirmasi" in admin.get(where).content.decode()

    chosen(admin, Violation, "confirm", line)

    confirmed = current(Violation, "DS-14")
    assert (confirmed.is_confirmed, confirmed.label_id) == (True, line.label_id)
    assert page_of(confirmed) not in admin.get(where).content.decode()
    admin.post(page_of(confirmed), fields(confirmed, legal_basis="PP 94/2021 Pasal 5"))
    assert not current(Violation, "DS-14").is_confirmed

    term = current(Term, "study")
    assert term.is_confirmed
    admin.post(page_of(term), fields(term, remind_before=2))
    assert current(Term, "study").is_confirmed  # how the desk is reminded is its own affair
    term = current(Term, "study")
    admin.post(page_of(term), fields(term, days=7))
    assert not current(Term, "study").is_confirmed


def test_a_code_is_added_once_and_can_be_ended_and_added_again(admin):
    where = reverse("admin:asn_neutrality_sanction_add")
    new = {
        "code": "M3",
        "label_id": "Permintaan maaf",
        "label_en": "Apology",
        "sanction_class": "moral",
        "legal_basis": "",
    }
    assert admin.post(where, new).status_code == 302
    again = admin.post(where, new)
    assert "sudah berlaku" in again.content.decode()
    assert "Permintaan maaf" in again.content.decode()

    chosen(admin, Sanction, "end", current(Sanction, "M3"))
    assert not Sanction.objects.in_force().filter(code="M3").exists()
    assert admin.post(where, new).status_code == 302
    assert Sanction.objects.filter(code="M3").count() == 2


def test_terms_are_neither_added_nor_ended(admin):
    assert admin.get(reverse("admin:asn_neutrality_term_add")).status_code == 403
    chosen(admin, Term, "end", current(Term, "study"))
    assert current(Term, "study").valid_to is None


def test_a_case_keeps_the_version_that_it_was_judged_by(admin, examiner, report):
    user = examiner()
    opened = flowing.open_by(user, report().report.case)
    flowing.walk(opened, user, "recommended")
    old = opened.case.violation

    admin.post(page_of(old), fields(old, label_id="Rumusan baru"))

    opened.case.refresh_from_db()
    assert opened.case.violation == old
    assert opened.case.violation.label_id != "Rumusan baru"


def test_holidays_are_entered_and_removed(admin):
    add = reverse("admin:asn_neutrality_extraholiday_add")
    assert admin.post(add, {"day": "2025-12-09", "name": "Hari jadi"}).status_code == 302
    twice = admin.post(add, {"day": "2025-12-09", "name": "Hari jadi"})
    assert twice.status_code == 200
    holiday = ExtraHoliday.objects.get()
    remove = reverse("admin:asn_neutrality_extraholiday_delete", args=[holiday.pk])
    assert admin.post(remove, {"post": "yes"}).status_code == 302
    assert not ExtraHoliday.objects.exists()


def test_auditors_read_the_catalogue_and_examiners_do_not_enter(sign_in, person, admin):
    line = current(Violation, "DS-14")
    where = reverse(LIST.format("violation"))
    auditor = sign_in(person("auditor"))
    for page in (where, page_of(line)):
        shown = auditor.get(page).content.decode()
        assert line.label_id in shown
        for flag in ("perlu konfirmasi", "dikonfirmasi", line.legal_basis):
            assert flag not in shown
    assert auditor.post(page_of(line), fields(line, label_id="x")).status_code == 403
    chosen(auditor, Violation, "confirm", line)
    assert not current(Violation, "DS-14").is_confirmed
    for role in ("asn_examiner", "viewer"):
        assert sign_in(person(role)).get(where).status_code in {302, 403}


def test_the_lists_ask_the_database_as_often_for_many_rows_as_for_few(
    admin, django_assert_max_num_queries
):
    for model in (Violation, Sanction, Term):
        with django_assert_max_num_queries(10):
            admin.get(f"{reverse(LIST.format(model._meta.model_name))}?berlaku=semua")
