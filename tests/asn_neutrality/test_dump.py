"""Whoever carries off database, Redis, files, logs and mails, with the settings, has nothing."""

import logging
import os
from hashlib import sha256
from itertools import product

import pytest
from django.conf import settings
from django.core import mail
from django.core.signing import Signer
from django.db import connection

from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import about_person, about_report, about_reporter, open_case
from asn_neutrality.models import Entry, Evidence, PersonalKey, RecoveryKey, Report, Wrap
from asn_neutrality.sealing import codes
from asn_neutrality.sealing.primitives import CanNotOpen, unseal, unseal_with
from forkopimda.alerts.models import Delivery
from forkopimda.lib import live as stream

from .life import MORE, NEW_PASSPHRASE, live
from .scanning import Places, forms, pg_dump, redis_dump, stored_files


@pytest.fixture
def life(transactional_db, person, caplog):
    """A case that was lived through, every log and every query with its values noted."""
    for name in (None, "django"):
        caplog.set_level(logging.DEBUG, name)
    examiner, auditor = person("asn_examiner"), person("auditor")
    connection.force_debug_cursor = True
    try:
        return live(examiner, auditor)
    finally:
        connection.force_debug_cursor = False


def carried_off(media, caplog):
    """Everything that lies on the server, and what was sent from it."""
    places = Places()
    places.add("database", pg_dump())
    places.add("redis", redis_dump())
    for path, content in stored_files(media).items():
        places.add(path, content)
    records = [*caplog.get_records("setup"), *caplog.get_records("call")]
    for number, record in enumerate(records):
        line = caplog.handler.format(record)
        places.add(f"log {number}: {record.name}", f"{line}\n{vars(record)}")
    for number, message in enumerate(mail.outbox):
        parts = (part.get_payload(decode=True) or b"" for part in message.message().walk())
        head = f"{message.subject}\n{message.recipients()}".encode()
        places.add(f"mail {number}", b"\n".join([message.message().as_bytes(), head, *parts]))
    for name in set(dir(settings)):
        if name.isupper():
            places.add(f"setting {name}", repr(getattr(settings, name)))
    places.add("environment", repr(dict(os.environ)))
    return places


def test_no_planted_secret_is_found_in_all_that_can_be_carried_off(life, media, caplog):
    places = carried_off(media, caplog)
    private = unlock(life.examiner, NEW_PASSPHRASE)
    opened = open_case(life.case, life.examiner, private)
    life.plant("private key", private)
    life.plant("key of the case", opened.key)
    life.plant("key of the report", opened.report_key(Report.objects.get()))
    secrets = life.secrets

    found = {name: where for name, secret in secrets.items() if (where := places.find(secret))}

    assert not found
    # The scan could have found something: what is no secret stands where it should.
    assert "database" in places.find(life.case.number)
    assert any(place.startswith("mail") for place in places.find("meja netralitas ASN"))
    assert any(place.startswith("log") for place in places.find(life.examiner.get_username()))
    assert [place for place in places.contents if place.startswith("file")]
    _tell_nobody_else(life)
    assert len(secrets) >= 60
    assert len(places.contents) > 1000
    _try_all_keys(life, private)


def _tell_nobody_else(life):
    """Alerts and live events went to the case's people alone, without a word on it."""
    assert {row.recipient for row in Delivery.objects.all()} == {life.examiner}
    told = {str(user.pk) for user in (life.examiner, life.auditor)}
    events = [event for _key, event in stream.client().xrange(stream.STREAM)]
    events = [event for event in events if event["topic"] == "asn_neutrality"]
    assert events
    for event in events:
        assert set(event) == {"topic", "region", "users", "permission"}
        assert set(event["users"].split(",")) <= told


def _try_all_keys(life, private):
    """Each value that a thief has, tried as a key on each sealed text: none opens."""
    reports = Report.objects.all()
    sealed = [(row.private, about_person(row)) for row in PersonalKey.objects.all()]
    sealed += [(row.reporter_private, about_reporter(row)) for row in reports]
    sealed += [(row.key_for_case, about_report(row)) for row in reports]
    sealed += [(row.sealed, row.about) for row in (*Entry.objects.all(), *Evidence.objects.all())]
    boxes = [row.sealed for row in Wrap.objects.all()]
    boxes += [row.key_for_reporter for row in reports]
    keys = _candidates()

    tried = [(unseal, key, *each) for key, each in product(keys, sealed)]
    tried += [(unseal_with, key, box) for key, box in product(keys, boxes)]
    assert not [attempt for attempt in tried if _opens(*attempt)]
    assert len(keys) > 100
    assert _opens(unseal_with, private, Wrap.objects.get(personal__user=life.examiner).sealed)


def _opens(how, key, *sealed):
    try:
        how(key, *sealed)
    except CanNotOpen:
        return False
    return True


def _candidates():
    """Keys that could be made of the database and the settings without knowing a secret."""
    stored = [
        bytes(value) for row in _rows() for value in row if isinstance(value, bytes | memoryview)
    ]
    given = [settings.SECRET_KEY.encode(), settings.TRACKING_KEY.encode()]
    purposes = ("tracking-salt", "tracking-lookup", "fingerprint", "tracking-key", "private")
    made = [codes._keyed(purpose, value) for purpose in purposes for value in (b"", *stored[:50])]
    made += [Signer(key=key.decode()).sign("x").encode() for key in given]
    raw = [*stored, *given, *made]
    keys = {value[at : at + 32] for value in raw for at in (0, 16, 24) if len(value) >= at + 32}
    return keys | {sha256(value).digest() for value in raw}


def _rows():
    for model in (PersonalKey, RecoveryKey, Report, Wrap, Entry, Evidence):
        yield from model.objects.values_list()


@pytest.mark.parametrize("form", range(13))
def test_the_scan_knows_a_secret_in_each_form(form):
    secret = MORE["grounds"]
    written = sorted(forms(secret))[form]
    places = Places({"somewhere": b"\x00... " + written + b" ...", "elsewhere": b"nothing"})

    assert places.find(secret) == ["somewhere"]
