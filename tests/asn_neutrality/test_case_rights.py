"""Examiners and auditors read cases; nobody else does, on any surface, administrators included."""

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from asn_neutrality import actions
from asn_neutrality.models import Case, CaseStep
from asn_neutrality.panels import open_cases
from forkopimda.audit.models import AuditEvent
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

READERS = ["asn_examiner", "auditor"]
OTHERS = [
    "viewer",
    "police_operator",
    "police_approver",
    "secretariat",
    "election_officer",
    "administrator",
]
NUMBER = "001/NET-ASN/12.19/2024"


@pytest.mark.parametrize("scope", [BATU_BARA, "12", ""])
@pytest.mark.parametrize("role", READERS)
def test_examiners_and_auditors_of_the_region_read_its_cases(
    person, sign_in, open_case, role, scope
):
    case = open_case()
    user = person(role, scope)
    client = sign_in(user)

    assert NUMBER in client.get("/netralitas-asn/").content.decode()
    assert NUMBER in client.get(f"/netralitas-asn/{case.pk}/").content.decode()
    assert open_cases(user, BATU_BARA).context["count"] == 1


@pytest.mark.parametrize("scope", [ASAHAN, LAUT_TADOR])
@pytest.mark.parametrize("role", READERS)
def test_examiners_and_auditors_elsewhere_find_no_such_case(
    person, sign_in, open_case, role, scope
):
    case = open_case()
    user = person(role, scope)
    client = sign_in(user)

    page = client.get("/netralitas-asn/").content.decode()
    assert NUMBER not in page
    assert "Belum ada perkara dalam register" in page
    assert client.get(f"/netralitas-asn/{case.pk}/").status_code == 404
    assert client.post(f"/netralitas-asn/{case.pk}/hentikan/").status_code in {403, 404}
    assert not Case.objects.visible_to(user).exists()
    assert not CaseStep.objects.visible_to(user).exists()


@pytest.mark.parametrize("scope", [BATU_BARA, ""])
@pytest.mark.parametrize("role", OTHERS)
def test_everybody_else_learns_what_the_register_is_for_and_no_figure(
    person, sign_in, open_case, role, scope
):
    client = sign_in(person(role, scope))
    empty = client.get("/netralitas-asn/")
    for _ in range(3):
        open_case()

    answer = client.get("/netralitas-asn/")

    page = answer.content.decode()
    assert answer.status_code == 200
    assert "Untuk apa register ini" in page
    assert "pemeriksa netralitas ASN yang ditunjuk" in page
    assert "tertutup bagi peran lain" in page
    assert "NET-ASN" not in page
    assert plain(page) == plain(empty.content.decode())


def plain(page):
    """The page without what changes at every request."""
    lines = page.splitlines()
    return [line for line in lines if "csrf" not in line.lower() and "nonce" not in line]


@pytest.mark.parametrize("role", OTHERS)
def test_everybody_else_is_refused_each_page_of_a_case(person, sign_in, open_case, role):
    case = open_case()
    user = person(role)
    client = sign_in(user)

    for pk in (case.pk, case.pk + 1000):
        assert client.get(f"/netralitas-asn/{pk}/").status_code == 403
        assert client.post(f"/netralitas-asn/{pk}/hentikan/").status_code == 403
    assert client.get("/netralitas-asn/baru/").status_code == 403
    assert client.post("/netralitas-asn/baru/", {"kind": "hoax"}).status_code == 403
    assert open_cases(user, BATU_BARA) is None
    assert not Case.objects.visible_to(user).exists()
    assert "panel-cases" not in client.get("/").content.decode()
    assert client.get("/panel/cases/").status_code == 404


@pytest.mark.parametrize("role", [*OTHERS, "auditor"])
def test_nobody_but_an_examiner_writes(person, sign_in, regions, open_case, role):
    case = open_case()
    user = person(role)
    client = sign_in(user)

    with pytest.raises(PermissionDenied):
        open_case(by=user)
    with pytest.raises(PermissionDenied):
        actions.dismiss_case(by=user, case=case, reason="mistake")
    assert client.post("/netralitas-asn/baru/", {}).status_code == 403
    assert client.post(f"/netralitas-asn/{case.pk}/hentikan/").status_code == 403
    if role == "auditor":
        assert "Catat laporan" not in client.get("/netralitas-asn/").content.decode()
        page = client.get(f"/netralitas-asn/{case.pk}/").content.decode()
        assert "Hentikan perkara" not in page


def test_an_examiner_writes_in_their_own_region_alone(person, open_case):
    examiner = person("asn_examiner", ASAHAN)

    with pytest.raises(PermissionDenied):
        open_case(by=examiner)
    with pytest.raises(PermissionDenied):
        actions.dismiss_case(by=examiner, case=open_case(), reason="mistake")


def test_who_has_no_role_is_told_so_and_who_is_signed_out_signs_in(
    person, sign_in, client, open_case
):
    address = f"/netralitas-asn/{open_case().pk}/"
    stranger = sign_in(person(None))

    for path in ("/netralitas-asn/", address, "/netralitas-asn/baru/"):
        assert stranger.get(path).status_code == 403
        assert client.get(path)["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("model", ["case", "casestep"])
def test_the_administrator_finds_no_case_in_the_admin(person, sign_in, open_case, model):
    open_case()
    client = sign_in(person("administrator", ""))
    row = {"case": Case, "casestep": CaseStep}[model].objects.get()

    index = client.get("/admin/").content.decode()
    assert "asn_neutrality" not in index
    assert client.get("/admin/asn_neutrality/").status_code in {403, 404}
    assert client.get(reverse(f"admin:asn_neutrality_{model}_changelist")).status_code == 403
    for page in ("change", "delete", "history"):
        answer = client.get(reverse(f"admin:asn_neutrality_{model}_{page}", args=[row.pk]))
        assert answer.status_code in {302, 403}
        assert "NET-ASN" not in answer.content.decode()
    assert client.get(reverse(f"admin:asn_neutrality_{model}_add")).status_code == 403
    search = reverse("admin:autocomplete")
    asked = {"app_label": "asn_neutrality", "model_name": "casestep", "field_name": "case"}
    assert client.get(search, asked).status_code == 403


def test_the_administrator_finds_no_case_in_the_audit_trail_and_the_auditor_does(
    person, sign_in, open_case
):
    open_case()
    administrator, auditor = person("administrator", ""), person("auditor")
    trail = reverse("admin:audit_auditevent_changelist")

    assert "NET-ASN" not in sign_in(administrator).get(trail).content.decode()
    assert NUMBER in sign_in(auditor).get(trail).content.decode()
    acts = AuditEvent.objects.visible_to(administrator)
    assert not acts.filter(action__startswith="asn_neutrality").exists()


def test_the_auditor_reads_cases_in_the_admin_and_writes_nothing(person, sign_in, open_case):
    case = open_case()
    open_case(ASAHAN)
    client = sign_in(person("auditor"))

    page = client.get(reverse("admin:asn_neutrality_case_changelist")).content.decode()
    assert NUMBER in page
    assert "NET-ASN/12.09" not in page
    change = reverse("admin:asn_neutrality_case_change", args=[case.pk])
    assert client.get(change).status_code == 200
    assert client.post(change, {"state": "dismissed"}).status_code == 403
    steps = client.get(reverse("admin:asn_neutrality_casestep_changelist")).content.decode()
    assert NUMBER in steps
    assert "NET-ASN/12.09" not in steps
