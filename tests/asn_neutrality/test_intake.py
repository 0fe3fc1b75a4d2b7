"""The public form: what must be filled, what arrives, what is shown once, what is never kept."""

import pytest
from django.test import Client
from redis.exceptions import RedisError

from asn_neutrality.admission import UNSOLVED, UNSOLVED_NAME
from asn_neutrality.models import Case, CivilUnit, EntryKind, Evidence, HomeUnit, Report
from asn_neutrality.sealing.vault import Vault
from forkopimda.lib import limits, live
from forkopimda.lib.guard import writing
from tests.conftest import ASAHAN, BATU_BARA

from .reporter import JSON, WHAT, code_on, filled, report_of, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def office(regions):
    """A unit of the regency."""
    with writing():
        return CivilUnit.objects.create(
            region=regions[BATU_BARA], code="camat", name="Kantor Camat Talawi", staff=40
        )


@pytest.fixture
def open_channel(examiner):
    """An examiner of the regency has a key."""
    return examiner()


# --- What arrives ---


def test_three_answers_are_enough_and_the_code_opens_what_was_sent(open_channel):
    client = Client()
    answer = send(client)
    assert (answer.status_code, answer["Location"]) == (303, "/lapor/terkirim/")

    page = client.get("/lapor/terkirim/")
    report, opened = report_of(code_on(page))
    assert report.number in page.content.decode()
    assert (report.kind, report.standing, report.source) == ("directing", "anonymous", "online")
    [entry] = report.entries.all()
    assert opened.read(entry)["what"] == WHAT
    assert report.case.state == "information"


def test_everything_that_can_be_filled_arrives(open_channel, office):
    client = Client()
    send(
        client,
        kind="hoax",
        hoax_platform="grup WhatsApp",
        hoax_link="contoh.example/berita",
        hoax_reach="200 anggota",
        name="Fulan",
        office="Camat",
        unit=office.pk,
        unit_text="tidak dipakai",
        when="kemarin",
        where="aula",
        links="contoh.example/a\n\n https://contoh.example/b \ncontoh.example/a",
        standing="confidential",
        identity_name="Fulanah",
        identity_contact="0812 3456 7890",
    )
    report, opened = report_of(code_on(client.get("/lapor/terkirim/")))
    content = {entry.kind: opened.read(entry) for entry in report.entries.all()}

    assert content[EntryKind.NARRATIVE] == {
        "what": WHAT,
        "who": {
            "name": "Fulan",
            "office": "Camat",
            "unit": "Kantor Camat Talawi",
            "unit_id": office.pk,
        },
        "when": "kemarin",
        "where": "aula",
        "links": ["https://contoh.example/a", "https://contoh.example/b"],
        "hoax": {
            "platform": "grup WhatsApp",
            "link": "https://contoh.example/berita",
            "reach": "200 anggota",
        },
    }
    assert content[EntryKind.IDENTITY] == {"name": "Fulanah", "contact": "0812 3456 7890"}
    assert report.case.size_class == "small"
    assert report.case.state == "received"


def test_who_stays_anonymous_leaves_no_name_even_if_one_was_typed(open_channel):
    send(identity_name="Fulanah", identity_contact="0812 3456 7890", hoax_platform="WhatsApp")

    report = Report.objects.get()
    assert not report.entries.filter(kind=EntryKind.IDENTITY).exists()


# --- What is refused ---


@pytest.mark.parametrize("what", ["", "   \n\t ", "\u200b\u200b", "\u00a0\u2003", ". . ."])
def test_a_report_of_spaces_is_refused_and_all_the_rest_is_still_there(open_channel, what):
    answer = send(what=what, name="Fulan", where="aula kantor", links="https://contoh.example/a")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ceritakan apa yang terjadi." in page
    assert all(f'value="{typed}"' in page for typed in ("Fulan", "aula kantor"))
    assert 'value="directing" id="id_kind_8" checked' in page
    assert "https://contoh.example/a" in page
    assert not Case.objects.exists()


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"kind": ""}, "Pilih satu yang paling mendekati."),
        ({"kind": "curang"}, "curang"),
        ({"standing": ""}, "Pilih salah satu."),
        ({"standing": "named"}, "Tulis nama Anda, atau pilih anonim."),
        (
            {"standing": "confidential", "identity_name": "Fulan", "identity_contact": "12345"},
            "Tulis nomor telepon atau alamat surel yang lengkap",
        ),
        ({"links": "javascript:alert(1)"}, "bukan tautan"),
        ({"links": "100% benar"}, "bukan tautan"),
        ({"links": "\n".join(f"https://contoh.example/{n}" for n in range(11))}, "10 tautan"),
        ({"kind": "hoax", "hoax_link": "ftp://contoh.example/x"}, "bukan tautan"),
        ({"what": "a" * 20_001}, "20000"),
        ({"unit": "9" * 40}, "Pilih unit kerja di wilayah ini."),
    ],
)
def test_what_can_not_be_taken_is_said_at_its_field(open_channel, fields, told):
    answer = send(**fields)

    assert answer.status_code == 422
    assert told in answer.content.decode()
    assert not Case.objects.exists()


def test_a_script_is_told_the_same_by_field(open_channel):
    answer = send(headers=JSON, what=" ", standing="named")

    assert answer.status_code == 422
    told = answer.json()
    assert set(told["errors"]) == {"what", "identity_name", "identity_contact"}
    assert told["challenge"]["text"]


def test_a_form_without_the_cookie_of_its_page_is_refused(open_channel):
    client = Client(enforce_csrf_checks=True)

    assert send(client).status_code == 403
    assert send(client, headers=JSON).json() == {"error": "csrf"}


# --- Once ---


def test_the_same_form_sent_again_is_received_once_and_shows_the_same_code(open_channel):
    client, form = Client(), filled()
    client.post("/lapor/", form)
    code = code_on(client.get("/lapor/terkirim/"))

    again = client.post("/lapor/", form | {"what": "diubah sesudahnya"})
    page = client.get(again["Location"])
    assert "sudah kami terima" in page.content.decode()
    assert code_on(page) == code
    assert client.post("/lapor/", form, headers=JSON).json() == {"next": "/lapor/terkirim/?sudah"}
    assert Case.objects.count() == 1


def forget_what_redis_holds():
    for key in live.client().keys("forkopimda:vault:*"):
        live.client().delete(key)


def test_the_code_is_shown_for_a_while_and_never_again(open_channel):
    client, form = Client(), filled()
    client.post("/lapor/", form)
    assert code_on(client.get("/lapor/terkirim/"))
    assert code_on(client.get("/lapor/terkirim/"))
    [key] = live.client().keys("forkopimda:vault:receipt:*")
    assert 0 < live.client().ttl(key) <= 15 * 60

    forget_what_redis_holds()
    page = client.get("/lapor/terkirim/")
    assert code_on(page) is None
    assert "Kode tidak ditampilkan lagi" in page.content.decode()
    again = client.get(client.post("/lapor/", form)["Location"])
    assert code_on(again) is None
    assert "Laporan sudah diterima" in again.content.decode()
    assert Case.objects.count() == 1


def test_a_stranger_sees_no_code(open_channel):
    send()

    assert code_on(Client().get("/lapor/terkirim/")) is None


@pytest.mark.parametrize("headers", [None, JSON])
def test_while_redis_is_away_the_code_is_shown_at_once(open_channel, monkeypatch, headers):
    def away(*_args, **_kwargs):
        raise RedisError

    monkeypatch.setattr(Vault, "keep", away)
    answer = send(headers=headers)

    page = answer.json()["page"] if headers else answer.content.decode()
    assert "Kode lacak" in page
    answer.content = page.encode()
    report, _opened = report_of(code_on(answer))
    assert report.number in page


# --- Where ---


def test_without_anybody_who_could_read_it_nothing_is_taken(person):
    person("asn_examiner")  # has no key

    page = Client().get("/lapor/")
    assert page.status_code == 200
    assert "Bawaslu" in page.content.decode()
    assert send().status_code == 503
    assert not Case.objects.exists()


def test_where_several_regions_take_reports_the_reporter_says_which(examiner, regions, office):
    for code in (BATU_BARA, ASAHAN):
        examiner(code)
    client = Client()

    page = client.get("/lapor/").content.decode()
    assert "Kabupaten atau kota tempat kejadian" in page
    assert 'name="what"' not in page
    assert "Kantor Camat Talawi" not in client.get(f"/lapor/?wilayah={ASAHAN}").content.decode()
    assert "Kantor Camat Talawi" in client.get(f"/lapor/?wilayah={BATU_BARA}").content.decode()
    answer = send(client, address=f"/lapor/?wilayah={ASAHAN}", unit=office.pk)
    assert "Pilih unit kerja di wilayah ini." in answer.content.decode()
    assert send(client, address=f"/lapor/?wilayah={ASAHAN}").status_code == 303
    assert Case.objects.get().region_id == ASAHAN


def test_a_report_never_goes_to_another_region_than_the_one_it_was_written_for(open_channel):
    assert f'action="?wilayah={BATU_BARA}"' in Client().get("/lapor/").content.decode()
    answer = send(address=f"/lapor/?wilayah={ASAHAN}")

    assert "Kabupaten atau kota tempat kejadian" in answer.content.decode()
    assert not Case.objects.exists()


def test_what_only_an_examiner_of_the_same_unit_could_read_is_not_taken(open_channel, office):
    with writing():
        HomeUnit.objects.create(user=open_channel, unit=office)

    answer = send(unit=office.pk)
    assert answer.status_code == 422
    assert "Bawaslu setempat" in answer.content.decode()
    assert WHAT in answer.content.decode()
    assert not Evidence.objects.exists()


# --- How many ---


def test_many_reports_without_a_solution_wait_and_lose_nothing(open_channel):
    while limits.spend(UNSOLVED_NAME, UNSOLVED):
        pass

    page = send(name="Fulan")
    assert page.status_code == 429
    assert "sedang ramai" in page.content.decode()
    assert WHAT in page.content.decode()
    assert 'value="Fulan"' in page.content.decode()
    assert int(page["Retry-After"]) >= 60
    assert not Case.objects.exists()
