"""Who sees that a case is there: its examiners and the auditors of its region, wherever they serve;
to everybody else the register tells what it is for and no figure."""

import pytest

from asn_neutrality.models import Case, CaseStep, Entry, Evidence, Report
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

from .made import give_key

NUMBER = "001/NET-ASN/12.19/2024"
OTHERS = ["viewer", "police_operator", "police_approver", "secretariat", "election_officer"]
PARTS = (Case, CaseStep, Report, Entry, Evidence)


@pytest.mark.parametrize("scope", [BATU_BARA, "12", ""])
@pytest.mark.parametrize("role", ["asn_examiner", "auditor"])
def test_examiners_and_auditors_of_a_wider_region_see_its_cases(
    person, sign_in, report, role, scope
):
    user = give_key(person(role, scope))
    give_key(person("asn_examiner"))
    case = report().report.case

    client = sign_in(user)
    assert NUMBER in client.get("/netralitas-asn/").content.decode()
    assert client.get(f"/netralitas-asn/{case.pk}/").status_code == 200


@pytest.mark.parametrize("scope", [ASAHAN, LAUT_TADOR])
@pytest.mark.parametrize("role", ["asn_examiner", "auditor"])
def test_those_of_another_or_a_smaller_region_find_no_such_case(
    person, sign_in, report, role, scope
):
    user = give_key(person(role, scope))
    give_key(person("asn_examiner"))
    case = report().report.case

    client = sign_in(user)
    assert NUMBER not in client.get("/netralitas-asn/").content.decode()
    assert client.get(f"/netralitas-asn/{case.pk}/").status_code == 404
    assert not any(model.objects.visible_to(user).exists() for model in PARTS)


@pytest.mark.parametrize("scope", [BATU_BARA, ""])
@pytest.mark.parametrize("role", [*OTHERS, "administrator"])
def test_to_everybody_else_the_register_is_the_same_page_with_cases_and_without(
    person, sign_in, report, role, scope
):
    user = person(role, LAUT_TADOR if role == "police_operator" and scope else scope)
    give_key(person("asn_examiner"))
    client = sign_in(user)
    empty = client.get("/netralitas-asn/").content.decode()
    for _ in range(3):
        report()

    page = client.get("/netralitas-asn/").content.decode()

    assert "Untuk apa register ini" in page
    assert plain(page) == plain(empty)
    assert not any(model.objects.visible_to(user).exists() for model in PARTS)


def plain(page):
    """The page without what changes at every request."""
    lines = page.splitlines()
    return [line for line in lines if "csrf" not in line.lower() and "nonce" not in line]
