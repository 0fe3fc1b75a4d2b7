"""Somebody who reports at /lapor/, with or without JavaScript."""

import itertools
import re

from django.test import Client

from asn_neutrality import puzzle
from asn_neutrality.entries import open_report
from asn_neutrality.models import Report
from asn_neutrality.sealing.codes import open_code, typed

WHAT = "Lurah membagikan stiker calon di kantor kelurahan"
JSON = {"Accept": "application/json"}
_serial = itertools.count(1)


def filled(**fields):
    """A form with what must be filled, and a token of its own."""
    return {
        "token": f"formulir-{next(_serial):022d}",
        "kind": "directing",
        "what": WHAT,
        "standing": "anonymous",
        **fields,
    }


def solved():
    """A challenge with its solution, as the browser's worker finds it."""
    challenge = puzzle.challenge()
    text = challenge["text"]
    numbers = (str(number) for number in itertools.count())
    found = next(n for n in numbers if puzzle.hashed(text, n) < challenge["bound"])
    return {"challenge": text, "solution": found}


def send(client=None, *, address="/lapor/", headers=None, **fields):
    """Sends a form, as a browser without JavaScript does."""
    return (client or Client()).post(address, filled(**fields), headers=headers)


def code_on(page):
    """The tracking code that a page shows, or None."""
    shown = re.search(r"data-code>([\d ]+)<", page.content.decode())
    return typed(shown[1]) if shown else None


def report_of(code):
    """The report that a code opens, and its open content."""
    opened = open_code(code)
    report = Report.objects.get(lookup=opened.lookup)
    return report, open_report(report, opened.key)
