"""Examiners with keys, reports that came in, and a desk with the key unlocked."""

import datetime
import itertools
from io import BytesIO

import pytest

from asn_neutrality import actions
from asn_neutrality.actions.intake import Incoming
from asn_neutrality.actions.keys import unlock
from asn_neutrality.actions.writing import Attachment
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing import vault
from asn_neutrality.unlocking import EXAMINER
from tests.conftest import BATU_BARA

PASSPHRASE = "kuda biru makan awan sore"
NARRATIVE = "Camat mengajak bawahannya memilih satu calon"
_tokens = itertools.count(1)


@pytest.fixture
def examiner(person):
    """An examiner who has made a key: `examiner()`, `examiner("12.09", role="auditor")`."""

    def make(code=BATU_BARA, role="asn_examiner", **fields):
        user = person(role, code, **fields)
        actions.make_key(by=user, passphrase=PASSPHRASE)
        return user

    return make


@pytest.fixture
def report(regions):
    """Sends a report as a citizen: `report(kind="hoax")`. An examiner must have a key before."""

    def send(code=BATU_BARA, **fields):
        who = {"name": "Fulan bin Fulan", "office": "Camat", "unit": "", "unit_id": None}
        narrative = {
            "what": NARRATIVE,
            "who": who,
            "when": "kemarin sore",
            "where": "aula",
            "links": [],
        }
        by = fields.pop("by", REPORTER)
        source = fields.pop("source", "online")
        day = fields.pop("received_on", datetime.date(2024, 11, 20))
        incoming = Incoming(
            kind=fields.pop("kind", "directing"),
            standing=fields.pop("standing", "anonymous"),
            narrative={**narrative, **fields.pop("narrative", {})},
            token=fields.pop("token", f"formulir-{next(_tokens)}"),
            **fields,
        )
        return actions.receive_report(
            by=by,
            region=regions[code],
            incoming=incoming,
            source=source,
            received_on=day,
        )

    return send


@pytest.fixture
def desk(sign_in):
    """A signed-in client whose key is unlocked: `desk(user)`."""

    def enter(user):
        client = sign_in(user)
        held = vault.Vault(EXAMINER, user.pk, unlock(user, PASSPHRASE))
        held.keep()
        client.cookies[vault.cookie_name(EXAMINER)] = held.token
        return client

    return enter


def attachment(name="bukti.pdf", content=b"%PDF-1.4 bukti %%EOF", content_type="application/pdf"):
    """A file as the forms hand it on."""
    return Attachment(name, content_type, BytesIO(content))
