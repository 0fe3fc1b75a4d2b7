"""Who reads elections, and that election officers and administrators alone keep them."""

import pytest
from django.core.exceptions import PermissionDenied

from forkopimda.elections import actions
from forkopimda.elections.models import Election
from forkopimda.elections.panels import days_to_voting
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

ROLES = [
    "viewer",
    "police_operator",
    "police_approver",
    "secretariat",
    "asn_examiner",
    "election_officer",
    "auditor",
    "administrator",
]
KEEPERS = ["election_officer", "administrator"]
TYPED = {
    "name": "Pilkada 2029: Bupati",
    "kind": "regent",
    "region": BATU_BARA,
    "voting_day": "2029-11-28",
}


@pytest.mark.parametrize("role", ROLES)
def test_everybody_with_a_role_reads_the_elections_of_their_regency_and_province(
    person, sign_in, elect, role
):
    elect("Pilbup Batu Bara")
    elect("Pilgub", "12", "governor")
    elect("Pilbup Asahan", ASAHAN)
    code = LAUT_TADOR if role == "police_operator" else BATU_BARA
    user = person(role, code)

    page = sign_in(user).get("/pemilihan/").content.decode()

    assert "Pilbup Batu Bara" in page
    assert "Pilgub" in page
    assert "Pilbup Asahan" not in page
    assert days_to_voting(user, BATU_BARA).context["election"].name == "Pilbup Batu Bara"
    assert ("Tambah pemilihan" in page) == (role in KEEPERS)


def test_who_serves_the_country_reads_all_elections(person, sign_in, elect):
    elect("Pilbup Batu Bara")
    elect("Pilbup Asahan", ASAHAN)

    page = sign_in(person("auditor", "")).get("/pemilihan/").content.decode()

    assert "Pilbup Batu Bara" in page
    assert "Pilbup Asahan" in page


def test_who_has_no_role_is_told_so_and_who_is_signed_out_signs_in(person, sign_in, client, elect):
    pk = elect().pk
    stranger = sign_in(person(None))

    for path in ("/pemilihan/", "/pemilihan/baru/", f"/pemilihan/{pk}/ubah/"):
        assert stranger.get(path).status_code == 403
        assert client.get(path)["Location"].startswith("/akun/masuk/")


@pytest.mark.parametrize("role", [role for role in ROLES if role not in KEEPERS])
def test_nobody_else_writes(person, sign_in, elect, role):
    election = elect("Pilkada")
    user = person(role)
    client = sign_in(user)

    for path in ("/pemilihan/baru/", f"/pemilihan/{election.pk}/ubah/"):
        assert client.get(path).status_code == 403
        assert client.post(path, TYPED).status_code == 403
    with pytest.raises(PermissionDenied):
        actions.save_election(
            by=user,
            election=election,
            region=election.region,
            name="Lain",
            kind="regent",
            voting_day=election.voting_day,
        )
    assert Election.objects.get().name == "Pilkada"


@pytest.mark.parametrize("role", KEEPERS)
def test_elections_of_other_regions_are_not_written(person, sign_in, elect, regions, role):
    theirs, above = elect("Pilbup Asahan", ASAHAN), elect("Pilgub", "12", "governor")
    user = person(role)
    client = sign_in(user)

    assert client.get(f"/pemilihan/{theirs.pk}/ubah/").status_code == 404
    assert client.get(f"/pemilihan/{above.pk}/ubah/").status_code == 403
    assert client.post(f"/pemilihan/{theirs.pk}/ubah/", TYPED).status_code == 404
    refused = client.post("/pemilihan/baru/", {**TYPED, "region": ASAHAN})
    assert refused.status_code == 422
    with pytest.raises(PermissionDenied):
        actions.save_election(
            by=user,
            election=theirs,
            region=regions[BATU_BARA],
            name="Direbut",
            kind="regent",
            voting_day=theirs.voting_day,
        )
