"""The admin keeps accounts and roles by the same rules and writers as everything else."""

import pytest
from django.test import Client

from forkopimda.audit.models import AuditEvent
from forkopimda.people.models import Institution, RoleGrant, User
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, PASSWORD

NEW = {
    "username": "kapolsek",
    "display_name": "Kapolsek",
    "email": "kapolsek@contoh.example",
    "institution": "",
    "language": "id",
    "password": "sandi-baru-yang-panjang",
    "role": "police_operator",
    "region": LAUT_TADOR,
}


@pytest.fixture
def administrator(person, sign_in):
    return sign_in(person("administrator", BATU_BARA, username="admin-bb"))


def test_an_administrator_makes_an_account_that_can_sign_in(administrator):
    answer = administrator.post("/admin/people/user/add/", NEW, follow=True)

    assert "kapolsek" in answer.content.decode().lower()
    user = User.objects.get(username="kapolsek")
    assert [(g.role, g.region_id) for g in user.grants.all()] == [("police_operator", LAUT_TADOR)]
    door = Client()
    sent = {"login": "kapolsek", "password": NEW["password"]}
    assert door.post("/akun/masuk/", sent).headers["Location"] == "/"
    events = AuditEvent.objects.filter(actor="admin-bb").values_list("action", flat=True)
    assert {"people.create_user", "people.grant_role"} <= set(events)


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"password": "pendek"}, "terlalu pendek"),
        ({"username": "admin-bb"}, "sudah"),
        ({"username": "a b"}, "nama pengguna"),
        ({"email": "bukan-surel"}, "alamat surel"),
        ({"role": ""}, "Bidang ini tidak boleh kosong"),
    ],
)
def test_a_bad_account_is_refused_with_the_reason_and_what_was_typed(
    administrator, changed, message
):
    answer = administrator.post("/admin/people/user/add/", NEW | changed)

    page = answer.content.decode()
    assert answer.status_code == 200
    assert message.lower() in page.lower()
    assert 'value="Kapolsek"' in page
    assert User.objects.count() == 1


def test_an_administrator_gives_no_role_outside_their_own_regions(administrator):
    for region in (ASAHAN, "12", ""):
        answer = administrator.post("/admin/people/user/add/", NEW | {"region": region})
        assert "Anda tidak berhak melakukan ini di wilayah itu." in answer.content.decode()
    assert User.objects.count() == 1


def test_a_role_is_taken_back_after_confirmation(administrator, person):
    user = person("viewer")
    grant = user.grants.get()
    address = f"/admin/people/rolegrant/{grant.pk}/delete/"

    assert administrator.get(address).status_code == 200
    assert RoleGrant.objects.filter(pk=grant.pk).exists()
    administrator.post(address, {"post": "yes"})

    assert not RoleGrant.objects.filter(pk=grant.pk).exists()
    assert AuditEvent.objects.filter(action="people.revoke_role", actor="admin-bb").exists()


def test_an_account_is_switched_off_and_can_not_sign_in_any_more(administrator, person):
    user = person("viewer")
    address = f"/admin/people/user/{user.pk}/change/"
    administrator.post(
        address,
        {"display_name": "X", "email": user.email, "institution": "", "language": "id"},
    )

    user = User.objects.get(pk=user.pk)
    assert not user.is_active
    door = Client()
    door.post("/akun/masuk/", {"login": user.username, "password": PASSWORD})
    assert door.get("/").headers["Location"] == "/akun/masuk/"


def test_nothing_is_deleted_in_the_admin_but_roles(administrator, person):
    user = person("viewer")

    assert administrator.get(f"/admin/people/user/{user.pk}/delete/").status_code == 403
    assert administrator.post("/admin/people/user/", {"action": "delete_selected"}).status_code in {
        200,
        302,
    }
    assert User.objects.filter(pk=user.pk).exists()


def test_an_institution_is_added_and_a_second_one_of_the_same_code_is_refused(administrator):
    sent = {
        "region": BATU_BARA,
        "code": "bpbd",
        "name": "BPBD",
        "head_title": "Kepala",
        "membership": "invited",
        "position": "9",
    }
    administrator.post("/admin/people/institution/add/", sent)
    again = administrator.post("/admin/people/institution/add/", sent | {"name": "BPBD lain"})

    assert Institution.objects.get().name == "BPBD"
    assert "Kode lembaga ini sudah dipakai di wilayah tersebut." in again.content.decode()
    assert "BPBD lain" in again.content.decode()


def test_an_auditor_reads_all_and_changes_nothing(person, sign_in):
    user = person("viewer")
    auditor = sign_in(person("auditor"))
    address = f"/admin/people/user/{user.pk}/change/"

    assert auditor.get(address).status_code == 200
    assert auditor.post(address, {"display_name": "X"}).status_code == 403
    assert auditor.get("/admin/people/user/add/").status_code == 403


def test_passwords_are_changed_on_the_products_own_page(administrator):
    assert administrator.get("/admin/password_change/").headers["Location"] == "/akun/sandi/"
