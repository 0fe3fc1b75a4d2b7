"""What tests of cases stand on: reports as they come in, examiners with keys, desks unlocked."""

import datetime
import itertools
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from asn_neutrality import actions
from asn_neutrality.actions.intake import Incoming
from asn_neutrality.actions.keys import unlock
from asn_neutrality.actions.writing import Attachment
from asn_neutrality.models import CivilUnit
from asn_neutrality.reporter import REPORTER
from asn_neutrality.sealing import vault
from asn_neutrality.unlocking import EXAMINER
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from tests.meetings.publishing import PDF

PASSPHRASE = "kuda biru makan awan sore"
NARRATIVE = "Camat mengajak bawahannya memilih satu calon"
DAY = datetime.date(2024, 11, 20)
_tokens = itertools.count(1)


def attachment(name="bukti.pdf", content=b"%PDF-1.4 bukti %%EOF", content_type="application/pdf"):
    """A file as the forms hand it on."""
    return Attachment(name, content_type, BytesIO(content))


def receive(region, **fields):
    """A report that came in, with its code; an examiner must have a key before."""
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
    day = fields.pop("received_on", DAY)
    incoming = Incoming(
        kind=fields.pop("kind", "directing"),
        standing=fields.pop("standing", "anonymous"),
        narrative={**narrative, **fields.pop("narrative", {})},
        token=fields.pop("token", f"formulir-{next(_tokens)}"),
        **fields,
    )
    return actions.receive_report(
        by=by, region=region, incoming=incoming, source=source, received_on=day
    )


def give_key(user):
    """The user makes a key of their own."""
    actions.make_key(by=user, passphrase=PASSPHRASE)
    return user


def unlock_desk(client, user, cases=()):
    """The signed-in client's key unlocked, and these cases opened with a reason before."""
    notes = {"cases": {str(case.pk): "study" for case in cases}}
    held = vault.Vault(EXAMINER, user.pk, unlock(user, PASSPHRASE), notes)
    held.keep()
    client.cookies[vault.cookie_name(EXAMINER)] = held.token
    return client


def make_unit(region, code="dinas-uji", name="Dinas Uji", staff=120, **fields):
    """A unit of the civil service."""
    with writing():
        return CivilUnit.objects.create(region=region, code=code, name=name, staff=staff, **fields)


def unit_keys(region):
    """A unit and a pledge with its evidence, by the names that the table of rights gives them."""
    unit = make_unit(region, code="dinas-hak", name="Dinas untuk tabel hak")
    file = SimpleUploadedFile("ikrar.pdf", PDF)
    day = timezone.localdate()
    pledge = actions.note_pledge(
        by=SYSTEM, unit=unit, counted_on=day, signed=3, staff=9, evidence=file
    )
    return {"{civil_unit}": unit.pk, "{pledge}": pledge.pk}
