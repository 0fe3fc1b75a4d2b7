"""A case goes its way from the report to the sanction carried out, one page per step."""

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone

from asn_neutrality.models import Case, CaseStep, EntryKind, Sanction, Violation
from asn_neutrality.models.state import DISMISSIBLE
from forkopimda.lib.guard import writing

from . import flowing
from .flowing import address, offered, sent, state_of

PDF = b"%PDF-1.4 keputusan %%EOF"
SECRET = "Nomor SK 800/RAHASIA/2024"


def test_the_whole_way_from_the_report_to_the_record_by_the_pages(client, case, user, opened):
    way = [
        ("initial_review", {}),
        ("completion", {}),
        ("initial_review", {"note": "Sudah lengkap"}),
        ("registered", {}),
        ("study", {}),
        ("recommended", {}),
        ("forwarded", {"recipient": "bkn"}),
        ("verification", {}),
        ("validation", {}),
        ("with_authority", {"recipient": "authority"}),
        ("blocked", {}),
        ("examination", {}),
        ("sanctioned", {"sanction": Sanction.objects.get(code="S2").pk, "sure": "on"}),
        ("objection", {}),
        ("sanctioned", {"sanction": Sanction.objects.get(code="S1").pk, "sure": "on"}),
        ("carried_out", {"files": SimpleUploadedFile("bukti.pdf", PDF)}),
        ("recorded", {"sure": "on"}),
    ]
    for state, fields in way:
        if state == "recommended":
            assert "Kajian</a>" in offered(client, case)
            for kind in flowing.WRITTEN:
                flowing.file_entry(opened, user, kind)
            chosen = Violation.objects.get(code="DS-03")
            where = reverse("asn_flow:violation", args=[case.pk])
            assert client.post(where, {"violation": chosen.pk}).status_code == 302
        if state in {"recommended", "with_authority", "recorded"}:
            assert address(case, state) in offered(client, case)
        assert client.get(address(case, state)).status_code == 200
        answer = client.post(address(case, state), sent(case, state, **fields))
        assert answer.status_code == 302, answer.content.decode()
        assert state_of(case) == state

    steps = list(CaseStep.objects.filter(case=case).select_related("entry", "sanction"))
    assert [step.state for step in steps] == ["received", *(state for state, _ in way)]
    assert [step.sanction.code for step in steps if step.sanction] == ["S2", "S1"]
    assert Case.objects.get(pk=case.pk).due_on is None
    carried_out = opened.files(next(s.entry for s in steps if s.state == "carried_out"))
    assert [(file.name, b"".join(file.content())) for file in carried_out] == [("bukti.pdf", PDF)]


def test_what_is_written_with_a_step_is_sealed(client, case, user, opened):
    flowing.walk(opened, user, "examination")
    sanction = Sanction.objects.get(code="S1").pk
    fields = sent(case, "sanctioned", sanction=sanction, decree_number=SECRET, sure="on")
    assert client.post(address(case, "sanctioned"), fields).status_code == 302

    entry = case.entries.filter(kind=EntryKind.STEP).latest("serial")
    assert opened.read(entry) == {"decree_number": SECRET, "decree_date": flowing.DAY}
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT string_agg(e::text, ' ') FROM asn_neutrality_entry e"
            " UNION ALL SELECT string_agg(s::text, ' ') FROM asn_neutrality_casestep s"
            " UNION ALL SELECT string_agg(a::text, ' ') FROM audit_auditevent a"
        )
        assert SECRET not in str(cursor.fetchall())


WAY = (
    *("information", "received", "initial_review", "completion", "initial_review", "registered"),
    *("study", "recommended", "forwarded", "verification", "validation", "with_authority"),
    *("blocked", "examination", "sanctioned", "objection", "carried_out"),
)


def test_a_case_can_be_stopped_with_a_reason_wherever_nothing_is_decided(user, report):
    opened = flowing.open_by(user, report(standing="anonymous").report.case)
    flowing.fill(opened, user)
    for state in WAY:
        if state != opened.case.state:
            flowing.step(opened, user, state)
        if state == "study":
            flowing.classify(opened, user)
        here = opened.case
        with transaction.atomic():
            if state in DISMISSIBLE:
                stop(opened, user)
            else:
                with pytest.raises(ValidationError):
                    flowing.step(opened, user, "dismissed")
            transaction.set_rollback(True)
        opened.case = Case.objects.get(pk=here.pk)
    assert set(WAY) >= set(DISMISSIBLE)


def stop(opened, user):
    """Not without a reason and an explanation; with both it ends there."""
    state = opened.case.state
    for reason, grounds, field in (("", "x", "reason"), ("no_indication", " \n ", "grounds")):
        details = {"grounds": grounds}
        with pytest.raises(ValidationError) as refused:
            flowing.step(opened, user, "dismissed", reason=reason, details=details)
        assert field in refused.value.message_dict
    step = flowing.step(opened, user, "dismissed")
    assert (step.previous, step.reason, step.due_on) == (state, "not_competent", None)
    assert opened.read(step.entry) == flowing.DETAILS["dismissed"]


def test_what_has_ended_is_opened_again_with_a_reason(client, case, user, opened):
    for end in ("dismissed", "not_proven", "recorded"):
        if end == "dismissed":
            flowing.step(opened, user, end)
        else:
            flowing.walk(opened, user, end)
        assert "Buka kembali" in offered(client, case)
        refused = client.post(address(case, "initial_review"), sent(case, "x", why="  "))
        assert refused.status_code == 422
        answer = client.post(address(case, "initial_review"), sent(case, "x", why="Saksi baru"))
        assert answer.status_code == 302
        step = case.steps.latest("pk")
        assert (step.previous, opened.read(step.entry)) == (end, {"why": "Saksi baru"})
        opened = flowing.open_by(user, Case.objects.get(pk=case.pk))
        assert opened.case.due_on == step.due_on is not None


def test_a_merged_or_erased_case_is_not_opened_again(client, case, user, opened, report):
    flowing.step(opened, user, "dismissed", reason="duplicate", details={})
    main = report().report.case
    for fields, words in (
        ({"merged_into": main}, "sudah digabung"),
        ({"merged_into": None, "erased_at": timezone.now()}, "sudah dihapus"),
    ):
        with writing():
            Case.objects.filter(pk=case.pk).update(**fields)
        with pytest.raises(ValidationError, match=words):
            flowing.step(opened, user, "initial_review")
        part = offered(client, case)
        assert words in part
        assert address(case, "initial_review") not in part


def test_nobody_is_sanctioned_unheard_or_beyond_what_the_kind_allows(client, case, user, opened):
    for kind in ("study", "recommendation"):
        flowing.file_entry(opened, user, kind)
    for state in ("initial_review", "registered", "study"):
        flowing.step(opened, user, state)
    flowing.classify(opened, user, "KE-02")
    for state in ("recommended", "with_authority", "examination"):
        flowing.step(opened, user, state)

    assert address(case, "sanctioned") not in offered(client, case)
    assert "Keterangan terlapor</a>" in offered(client, case)
    closed, heavy = (Sanction.objects.get(code=code).pk for code in ("M1", "B3"))
    unheard = client.post(
        address(case, "sanctioned"), sent(case, "sanctioned", sanction=closed, sure="on")
    )
    assert unheard.status_code == 422
    assert "Isi dahulu" in unheard.content.decode()

    flowing.file_entry(opened, user, "hearing")
    assert "B3 ·" not in client.get(address(case, "sanctioned")).content.decode()
    answer = client.post(
        address(case, "sanctioned"), sent(case, "sanctioned", sanction=heavy, sure="on")
    )
    assert answer.status_code == 422
    with pytest.raises(ValidationError, match="rentang"):
        flowing.step(opened, user, "sanctioned")
    assert (
        client.post(
            address(case, "sanctioned"), sent(case, "sanctioned", sanction=closed, sure="on")
        ).status_code
        == 302
    )


def test_what_was_only_screened_goes_to_bawaslu_and_is_studied_before_anybody_else_has_it(
    client, case, user, opened
):
    flowing.step(opened, user, "initial_review")
    to_bkn = client.post(address(case, "forwarded"), sent(case, "forwarded", recipient="bkn"))
    assert to_bkn.status_code == 422
    flowing.step(opened, user, "forwarded")

    part = offered(client, case)
    assert address(case, "registered") in part
    assert address(case, "verification") not in part
    with pytest.raises(ValidationError, match="Kajian"):
        flowing.step(opened, user, "with_authority")


def test_the_database_refuses_steps_that_do_not_follow_or_have_no_term(case):
    for state in ("recorded", "initial_review"):
        with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO asn_neutrality_casestep"
                " (case_id, previous, state, at, by_name, recipient, reason)"
                " VALUES (%s, 'received', %s, now(), 'x', '', '')",
                [case.pk, state],
            )
