"""A regency's own settings: defaults without a row, kept by its administrator, on record."""

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from forkopimda.audit.models import AuditEvent
from security import actions
from security.models import Policy
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

LIST = "/admin/security/policy/"
PAGE = f"{LIST}{BATU_BARA}/change/"


@pytest.fixture
def administrator(person):
    return person("administrator", BATU_BARA)


def sent(**changed):
    """The form with its defaults, as the page sends it."""
    numbers = {
        field.name: field.default
        for field in Policy._meta.fields
        if not field.primary_key and field.name != "approval"
    }
    return {"region": BATU_BARA, "approval": "on"} | numbers | changed


def test_a_regency_without_a_row_has_the_defaults_and_so_has_its_kecamatan(regions):
    policy = Policy.objects.of(LAUT_TADOR)

    assert (policy.region_id, policy.approval, policy.review_days) == (BATU_BARA, True, 30)
    assert not Policy.objects.exists()


def test_one_setting_is_stored_and_the_others_stay(administrator, regions):
    actions.save_policy(by=administrator, region=regions[BATU_BARA], review_days=14)
    actions.save_policy(by=administrator, region=regions[BATU_BARA], approval=False)

    policy = Policy.objects.of(LAUT_TADOR)
    assert (policy.review_days, policy.approval, policy.window_days) == (14, False, 30)


def test_the_record_says_what_it_was_and_what_it_is(administrator, regions):
    actions.save_policy(by=administrator, region=regions[BATU_BARA])
    actions.save_policy(by=administrator, region=regions[BATU_BARA], approval=False, window_days=30)
    actions.save_policy(by=administrator, region=regions[BATU_BARA], approval=False)

    last, first = AuditEvent.objects.filter(action="security.save_policy")
    assert str(last) == (f"{administrator.username} mengubah setelan keamanan Kabupaten Batu Bara")
    assert (last.data["before"], last.data["after"]) == ({"approval": True}, {"approval": False})
    assert first.data["before"] is None
    assert first.data["after"]["review_days"] == 30
    assert last.region == BATU_BARA


@pytest.mark.parametrize("role", ["police_approver", "secretariat", "auditor", "viewer"])
def test_nobody_but_an_administrator_changes_settings(person, regions, role):
    with pytest.raises(PermissionDenied):
        actions.save_policy(by=person(role), region=regions[BATU_BARA], approval=False)


def test_an_administrator_of_the_next_regency_neither_sees_nor_changes_them(
    administrator, person, sign_in, regions
):
    actions.save_policy(by=administrator, region=regions[BATU_BARA], review_days=14)
    neighbour = person("administrator", ASAHAN)

    with pytest.raises(PermissionDenied):
        actions.save_policy(by=neighbour, region=regions[BATU_BARA], approval=False)
    client = sign_in(neighbour)
    assert "Batu Bara" not in client.get(LIST).content.decode()
    assert client.get(PAGE).status_code == 302
    page = client.post(f"{LIST}add/", sent()).content.decode()
    assert "Anda tidak berhak melakukan ini di wilayah itu." in page
    assert Policy.objects.get().review_days == 14


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"warning_high_from": 20}, "Ambang tinggi harus di atas ambang sedang."),
        (
            dict.fromkeys(
                [
                    "weight_incidents",
                    "weight_neighbours",
                    "weight_alerts",
                    "weight_voting",
                    "weight_assessment",
                ],
                0,
            ),
            "Paling sedikit satu bobot harus di atas nol.",
        ),
        ({"review_days": 0}, "lebih besar dari atau sama dengan 1"),
        ({"weight_voting": "banyak"}, "Masukkan keseluruhan angka"),
    ],
)
def test_wrong_settings_are_told_and_what_was_typed_stays(administrator, sign_in, changed, message):
    page = sign_in(administrator).post(f"{LIST}add/", sent(window_days=77, **changed))

    assert message in page.content.decode()
    assert 'value="77"' in page.content.decode()
    assert not Policy.objects.exists()


def test_settings_belong_to_a_regency(administrator, regions):
    with pytest.raises(ValidationError, match="per kabupaten atau kota"):
        actions.save_policy(by=administrator, region=regions[LAUT_TADOR], approval=False)


def test_settings_are_added_and_changed_in_the_admin(administrator, sign_in):
    client = sign_in(administrator)

    page = client.get(f"{LIST}add/").content.decode()
    assert "Angka bawaan adalah setelan produk, bukan ketentuan hukum." in page
    assert "bawaan: 30" in page
    answer = client.post(f"{LIST}add/", sent(review_days=14))
    assert answer.status_code == 302, answer.content.decode()
    again = client.post(f"{LIST}add/", sent()).content.decode()
    assert "Kabupaten ini sudah punya setelan." in again

    changed = sent(review_days=7)
    del changed["approval"], changed["region"]
    assert client.post(PAGE, changed).status_code == 302
    policy = Policy.objects.get()
    assert (policy.review_days, policy.approval) == (7, False)
    assert "Kabupaten Batu Bara" in client.get(LIST).content.decode()


def test_an_auditor_reads_settings(administrator, person, sign_in, regions):
    actions.save_policy(by=administrator, region=regions[BATU_BARA], review_days=14)
    client = sign_in(person("auditor"))

    assert "14" in client.get(PAGE).content.decode()
    assert client.post(PAGE, sent()).status_code == 403
    assert client.get(f"{LIST}add/").status_code == 403
