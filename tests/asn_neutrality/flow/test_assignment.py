"""Who leads a case, its legal kind, conflicts of interest, and cases by their terms."""

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse

from asn_neutrality import actions
from asn_neutrality.models import Case, HomeUnit, Member, Sanction, Violation
from forkopimda.alerts.models import Delivery
from forkopimda.audit.models import AuditEvent
from forkopimda.lib.guard import writing
from tests.asn_neutrality.made import make_unit

from . import flowing
from .flowing import address


def test_the_legal_kind_is_set_from_the_study_until_the_decision(client, case, user, opened):
    chosen = Violation.objects.get(code="DS-14")
    where = reverse("asn_flow:violation", args=[case.pk])
    assert client.post(where, {"violation": chosen.pk}).status_code == 422

    flowing.walk(opened, user, "study")
    page = client.get(where).content.decode()
    assert chosen.label in page
    assert chosen.legal_basis not in page
    assert client.post(where, {"violation": chosen.pk}).status_code == 302
    assert Case.objects.get(pk=case.pk).violation == chosen
    opened = flowing.open_by(user, Case.objects.get(pk=case.pk))
    flowing.walk(opened, user, "examination")
    flowing.step(opened, user, "sanctioned", sanction=Sanction.objects.get(code="B1"))
    other = Violation.objects.get(code="DS-05").pk
    assert client.post(where, {"violation": other}).status_code == 422


def test_a_lead_is_one_of_the_cases_examiners_without_a_conflict_and_is_told(
    client, case, user, opened, examiner, regions
):
    colleague, serving, outsider = examiner(), examiner(), examiner(role="auditor")
    unit = make_unit(regions["12.19"])
    with writing():
        HomeUnit.objects.create(user=serving, unit=unit)
        for each in (colleague, serving, outsider):
            Member.objects.create(case=case, user=each, added_by="uji")
    _accuse(opened, user, unit)
    where = reverse("asn_flow:lead", args=[case.pk])

    page = client.get(where).content.decode()
    assert str(colleague) in page
    assert str(serving) not in page
    for refused in (serving, outsider):
        assert client.post(where, {"lead": refused.pk}).status_code == 422
        with pytest.raises(ValidationError):
            actions.assign_lead(by=user, opened=opened, lead=refused)
    assert client.post(where, {"lead": colleague.pk}).status_code == 302
    assert Case.objects.get(pk=case.pk).lead == colleague
    alert = Delivery.objects.get(recipient=colleague, alert__kind="asn_neutrality.lead").alert
    assert case.number not in f"{alert.headlines}{alert.descriptions}{alert.link}"


def test_whoever_serves_in_the_unit_of_the_accused_leaves_the_case(
    case, user, opened, report, examiner, regions
):
    serving = examiner()
    case = report().report.case
    opened, theirs = flowing.open_by(user, case), flowing.open_by(serving, case)
    unit = make_unit(regions["12.19"])
    with writing():
        HomeUnit.objects.create(user=serving, unit=unit)
        Case.objects.filter(pk=case.pk).update(lead=serving)
    _accuse(opened, user, unit)

    assert actions.end_conflicts(by=user, opened=opened) == 1
    assert actions.end_conflicts(by=user, opened=opened) == 0

    assert Case.objects.get(pk=case.pk).lead is None
    assert not Case.objects.visible_to(serving).filter(pk=case.pk).exists()
    flowing.step(opened, user, "initial_review", details={"note": "lanjut"})
    with pytest.raises(ValidationError):
        flowing.step(theirs, user, "registered", details={"note": "dengan kunci lama"})
    assert AuditEvent.objects.filter(action="asn_neutrality.end_conflicts").count() == 1


def _accuse(opened, user, unit):
    flowing.file_entry(
        opened,
        user,
        "accused",
        {"name": "Fulan", "office": "Camat", "unit": unit.name, "unit_id": unit.pk, "note": ""},
    )


def test_the_flow_is_for_the_cases_examiners_alone(sign_in, case, person, examiner):
    for who, status in (
        (examiner(), 404),
        (examiner(role="auditor"), 403),
        (person("administrator"), 403),
    ):
        for name in ("violation", "lead"):
            where = reverse(f"asn_flow:{name}", args=[case.pk])
            assert sign_in(who).get(where).status_code == status
        assert sign_in(who).post(address(case, "dismissed")).status_code == status


def test_the_list_of_terms_has_the_readers_cases_the_latest_first(
    sign_in, user, report, examiner, person, django_assert_max_num_queries
):
    cases = [report(standing="named").report.case for _ in range(3)]
    for case, day in zip(cases, ("2020-01-01", "2020-01-02", "2099-01-01"), strict=True):
        flowing.set_due(case, day)
    stranger = examiner()

    client = sign_in(user)
    client.get("/netralitas-asn/tenggat/")
    with django_assert_max_num_queries(12):
        page = client.get("/netralitas-asn/tenggat/").content.decode()
    order = [page.index(case.number) for case in cases]
    assert order == sorted(order)
    assert page.index("Terlambat</th>") < order[0] < page.index("Nanti</th>") < order[2]
    late = client.get("/netralitas-asn/tenggat/?kelompok=terlambat").content.decode()
    assert cases[2].number not in late
    assert cases[0].number not in sign_in(stranger).get("/netralitas-asn/tenggat/").content.decode()
    auditor = sign_in(person("auditor")).get("/netralitas-asn/tenggat/").content.decode()
    assert cases[0].number in auditor
    for _ in range(4):
        report()
    with django_assert_max_num_queries(12):
        client.get("/netralitas-asn/tenggat/")
