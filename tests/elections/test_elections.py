"""Officials see how many days are left to voting; election officers keep the days."""

import datetime

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.urls import reverse

from forkopimda.audit.models import AuditEvent
from forkopimda.elections import example
from forkopimda.elections.models import Election
from forkopimda.lib.guard import WriteOutsideAction
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR

KEEPERS = ["election_officer", "administrator"]
TYPED = {
    "name": "Pilkada 2029: Bupati",
    "kind": "regent",
    "region": BATU_BARA,
    "voting_day": "2029-11-28",
}


@pytest.mark.parametrize(
    ("days", "words"),
    [
        (1234, "1.234 hari lagi"),
        (3, "3 hari lagi"),
        (1, "besok"),
        (0, "hari ini"),
        (-1, "kemarin"),
        (-727, "727 hari lalu"),
    ],
)
def test_the_days_to_voting_are_said_in_words(person, sign_in, elect, days, words):
    elect(days=days)
    client = sign_in(person("viewer"))

    assert words in client.get("/pemilihan/").content.decode()
    assert words in client.get("/").content.decode()


def test_an_election_that_has_passed_is_said_to_have_taken_place(person, sign_in, regions):
    example.load()

    page = sign_in(person("viewer")).get("/").content.decode()

    assert "telah berlangsung" in page
    assert "27 November 2024" in page
    assert "hari lalu" in page


def test_the_next_election_is_the_nearest_to_come_else_the_latest_past(elect):
    elect("Lama", days=-2000)
    elect("Terakhir", days=-100)
    assert str(Election.objects.next_for(BATU_BARA)) == "Terakhir"

    elect("Jauh", days=900)
    elect("Dekat", days=90)
    assert str(Election.objects.next_for(BATU_BARA)) == "Dekat"
    assert str(Election.objects.next_for(LAUT_TADOR)) == "Dekat"
    assert Election.objects.next_for(ASAHAN) is None


def test_an_election_of_the_province_is_one_of_its_regencies_too(elect):
    elect("Pilgub", "12", "governor", days=5)

    assert str(Election.objects.next_for(BATU_BARA)) == "Pilgub"
    assert str(Election.objects.next_for(LAUT_TADOR)) == "Pilgub"


def test_of_two_elections_on_one_day_the_most_local_one_is_counted_down_to(elect):
    elect("Pilgub", "12", "governor", days=5)
    elect("Pilbup", BATU_BARA, "regent", days=5)

    assert str(Election.objects.next_for(BATU_BARA)) == "Pilbup"
    assert str(Election.objects.next_for("12")) == "Pilgub"
    assert str(Election.objects.next_for("")) == "Pilbup"


def test_without_an_election_the_panel_and_the_list_say_who_adds_one(person, sign_in):
    client = sign_in(person("viewer"))

    assert "Petugas pemilihan mencatat" in client.get("/pemilihan/").content.decode()
    assert "Petugas pemilihan mencatat" in client.get("/").content.decode()


@pytest.mark.parametrize("role", KEEPERS)
def test_an_election_is_added_and_its_voting_day_moved(person, sign_in, role):
    client = sign_in(person(role, username="petugas"))

    assert client.post("/pemilihan/baru/", TYPED).status_code == 302
    election = Election.objects.get()
    form = client.get(f"/pemilihan/{election.pk}/ubah/").content.decode()
    assert 'value="2029-11-28"' in form
    moved = {**TYPED, "voting_day": "2029-12-05"}
    assert client.post(f"/pemilihan/{election.pk}/ubah/", moved).status_code == 302

    election.refresh_from_db()
    assert election.voting_day == datetime.date(2029, 12, 5)
    event = AuditEvent.objects.filter(action="elections.save_election").first()
    assert str(event) == "petugas menyimpan pemilihan Pilkada 2029: Bupati, 2029-12-05"
    assert event.data["before"]["voting_day"] == "2029-11-28"


@pytest.mark.parametrize(
    ("sent", "field", "message"),
    [
        ({"name": "  "}, "name", "Bidang ini tidak boleh kosong"),
        ({"voting_day": "kapan-kapan"}, "voting_day", "Masukkan tanggal yang valid"),
        ({"kind": "governor"}, "region", "Jenis pemilihan ini tidak ada di wilayah tersebut."),
        ({"kind": "raja"}, "kind", "Masukkan pilihan yang valid"),
    ],
)
def test_a_bad_form_says_what_is_wrong_and_keeps_what_was_typed(
    person, sign_in, sent, field, message
):
    typed = {**TYPED, "name": "Nama yang sudah diketik", **sent}
    answer = sign_in(person("election_officer")).post("/pemilihan/baru/", typed)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    page = answer.content.decode()
    assert message in page
    assert typed["name"] in page
    assert typed["voting_day"] in page
    assert not Election.objects.exists()


def test_the_same_election_on_the_same_day_is_not_stored_twice(person, sign_in):
    client = sign_in(person("election_officer"))
    client.post("/pemilihan/baru/", TYPED)

    answer = client.post("/pemilihan/baru/", TYPED)

    assert answer.status_code == 422
    assert "sudah tercatat di wilayah tersebut" in answer.content.decode()
    assert Election.objects.count() == 1


def test_an_election_is_found_by_a_word_of_its_name_and_many_come_in_pages(person, sign_in, elect):
    for number in range(26):
        elect(f"Pilkada ke-{number}", days=number)
    client = sign_in(person("viewer"))

    assert "Halaman 1 dari 2" in client.get("/pemilihan/").content.decode()
    found = client.get("/pemilihan/", {"cari": "KE-17"}).content.decode()
    assert "Pilkada ke-17" in found
    assert "Pilkada ke-18" not in found
    nothing = client.get("/pemilihan/", {"cari": "entah"}).content.decode()
    assert "Tidak ada pemilihan yang cocok" in nothing


@pytest.mark.parametrize("address", ["/pemilihan/", "/admin/elections/election/"])
def test_the_lists_ask_no_more_queries_when_they_are_long(
    person, sign_in, elect, address, django_assert_max_num_queries
):
    client = sign_in(person("administrator"))

    def cost():
        client.get(address)
        with django_assert_max_num_queries(100) as captured:
            assert client.get(address).status_code == 200
        return len(captured)

    for number in range(5):
        elect(days=number)
    few = cost()
    for number in range(5, 55):
        elect(days=number)
    assert cost() == few


def test_the_admin_writes_by_the_action_and_shows_what_it_refuses_at_the_field(person, sign_in):
    client = sign_in(person("administrator"))
    address = reverse("admin:elections_election_add")

    refused = client.post(address, {**TYPED, "kind": "governor"})
    assert list(refused.context["adminform"].form.errors) == ["region"]
    assert client.post(address, TYPED).status_code == 302
    assert AuditEvent.objects.filter(action="elections.save_election").count() == 1
    delete = reverse("admin:elections_election_delete", args=[Election.objects.get().pk])
    assert client.post(delete, {"post": "yes"}).status_code == 403


def test_the_example_has_the_regents_and_the_governors_election_once(regions):
    example.load()
    example.load()

    stored = Election.objects.values_list("region", "kind", "voting_day")
    day = datetime.date(2024, 11, 27)
    assert set(stored) == {(BATU_BARA, "regent", day), ("12", "governor", day)}


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE elections_election SET name = ' '",
        "UPDATE elections_election SET kind = 'raja'",
        "INSERT INTO elections_election (name, kind, region_id, voting_day)"
        " SELECT 'Lain', kind, region_id, voting_day FROM elections_election",
    ],
)
def test_the_database_refuses_what_can_not_be(elect, statement):
    elect()
    with (
        pytest.raises(IntegrityError),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement)


def test_code_outside_the_action_can_not_store_an_election(elect):
    election = elect()
    with pytest.raises(WriteOutsideAction):
        election.save()
    with pytest.raises(WriteOutsideAction):
        Election.objects.all().delete()


def test_a_mayor_is_not_elected_in_a_province(elect):
    with pytest.raises(ValidationError):
        elect("Pilwalkot", "12", "mayor")
