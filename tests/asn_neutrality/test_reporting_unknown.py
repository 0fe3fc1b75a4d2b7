"""Who reports is a stranger, signed in or not, and leaves nothing that outlasts the browser."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from asn_neutrality.models import CivilUnit
from forkopimda.lib import live
from forkopimda.lib.guard import writing
from tests.conftest import BATU_BARA

from .reporter import code_on, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def open_channel(examiner):
    """An examiner of the regency has a key."""
    return examiner()


def test_a_signed_in_official_reports_as_a_stranger_and_stays_signed_in(open_channel, sign_in):
    client = sign_in(open_channel)
    session = client.cookies["sessionid"].value

    with CaptureQueriesContext(
        connection,
    ) as asked:
        pages = [client.get("/lapor/"), send(client), client.get("/lapor/terkirim/")]
        pages += [client.get("/lapor/tidak-ada/"), client.get("/lapor/keluar/")]
    touched = [query["sql"] for query in asked if "django_session" in query["sql"]]
    assert not touched
    for page in pages:
        assert page["Cache-Control"] == "private, no-store"
        assert page["Referrer-Policy"] == "same-origin"
        assert set(page.cookies) <= {"csrftoken", "vault-receipt", "vault-reporter"}
        assert all(not cookie["expires"] or not cookie.value for cookie in page.cookies.values())
        assert open_channel.get_username() not in page.content.decode()
    assert client.cookies["sessionid"].value == session
    assert client.get("/netralitas-asn/").status_code == 200


def test_the_way_out_forgets_the_receipt_and_opens_a_page_of_no_interest(open_channel):
    client = Client()
    send(client)
    answer = client.get("/lapor/keluar/")

    assert answer.status_code == 302
    assert answer["Location"] == "https://www.bmkg.go.id/"
    assert not client.cookies["vault-receipt"].value
    assert not live.client().keys("forkopimda:vault:*")
    assert code_on(client.get("/lapor/terkirim/")) is None
    assert b'href="/lapor/keluar/"' in client.get("/lapor/").content


def test_the_language_lasts_as_long_as_the_browser_and_changes_no_account(open_channel, sign_in):
    client = sign_in(open_channel)
    answer = client.post("/lapor/bahasa/", {"language": "en", "next": "/lapor/"})

    cookie = answer.cookies["django_language"]
    assert (answer["Location"], cookie.value) == ("/lapor/", "en")
    assert not cookie["max-age"]
    assert not cookie["expires"]
    assert b'<html lang="en"' in client.get("/lapor/").content
    open_channel.refresh_from_db()
    assert open_channel.language == "id"
    assert client.post("/lapor/bahasa/", {"language": "xx"}).status_code == 400


def test_the_service_worker_leaves_the_channel_alone():
    program = Client().get("/sw.js").content.decode()

    assert '"apart": ["/lapor/"]' in program


def test_the_form_asks_as_many_questions_of_the_database_with_many_units(open_channel, regions):
    def ask():
        with CaptureQueriesContext(connection) as asked:
            assert Client().get("/lapor/").status_code == 200
        return len(asked)

    def add(*numbers):
        with writing():
            for number in numbers:
                CivilUnit.objects.create(region=regions[BATU_BARA], code=f"u{number}", name="Dinas")

    add(0)
    few = ask()
    add(*range(1, 20))
    assert ask() == few <= 6
