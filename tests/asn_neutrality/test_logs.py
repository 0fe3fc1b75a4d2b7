"""Logs and error reports say where it failed, and not a word of what was sent."""

import io
import logging

import pytest
from django.test import Client

from asn_neutrality import actions
from forkopimda.lib.discretion import Formatter

from .planted import SECRETS
from .reporter import filled

CODE = "4711081547110815"


@pytest.fixture
def log():
    """What the product writes to its log, as an operator reads it."""
    handlers = logging.getLogger().handlers
    handler = next(each for each in handlers if isinstance(each.formatter, Formatter))
    written = io.StringIO()
    before = handler.setStream(written)
    yield written
    handler.setStream(before)


@pytest.fixture
def breaking(monkeypatch):
    """Makes the storing of reports fail with an error that tells what it was given."""

    def fail(*, incoming, **_more):
        try:
            int(incoming.narrative["what"])
        except ValueError as error:
            raise RuntimeError(f"cannot store {incoming}") from error

    monkeypatch.setattr(actions, "receive_report", fail)


@pytest.fixture
def visitor():
    """Somebody who gets an error page like everybody."""
    client = Client()
    client.raise_request_exception = False
    return client


def report():
    return filled(
        what=SECRETS["narrative"],
        name=SECRETS["accused"],
        standing="named",
        identity_name=SECRETS["reporter"],
        identity_contact=SECRETS["contact"],
    )


def secrets_of(text):
    return [name for name, secret in SECRETS.items() if secret in text]


def test_an_error_while_a_report_is_stored_leaves_the_place_and_no_word(
    examiner, breaking, visitor, log
):
    examiner()
    assert visitor.post("/lapor/", report()).status_code == 500

    written = log.getvalue()
    assert "Internal Server Error" in written
    assert "views/public.py" in written
    assert "ValueError\n" in written
    assert written.rstrip().endswith("RuntimeError") or "RuntimeError\n" in written
    assert not secrets_of(written)


def test_not_even_the_page_for_developers_shows_what_was_sent(
    examiner, breaking, visitor, settings
):
    examiner()
    settings.DEBUG = True
    visitor.cookies["vault-reporter"] = "token-that-opens"
    answer = visitor.post("/lapor/?dari=alamat-rahasia", report())
    text = visitor.post("/lapor/", report(), headers={"Accept": "text/plain"})

    for page in (answer.content.decode(), text.content.decode()):
        assert "RuntimeError" in page
        assert "public.py" in page
        assert not secrets_of(page)
        assert "token-that-opens" not in page
        assert "alamat-rahasia" not in page


def test_a_code_that_is_typed_into_the_address_is_not_written_down(visitor, db, log):
    assert visitor.get(f"/lapor/status/{CODE}/").status_code == 404
    assert visitor.get("/tidak-ada/").status_code == 404

    written = log.getvalue()
    assert CODE not in written
    assert "/lapor/…" in written
    assert "/tidak-ada/" in written


def test_elsewhere_an_error_is_told_with_its_words(log):
    """Else the tests above would pass with a log that says nothing."""
    strange = "nilai-yang-aneh"
    for name in ("security", "asn_neutrality.actions"):
        try:
            int(strange)
        except ValueError:
            logging.getLogger(name).exception("fault in %s", name)

    first, second = log.getvalue().split("fault in asn_neutrality.actions")
    assert strange in first
    assert "ValueError" in second
    assert strange not in second
