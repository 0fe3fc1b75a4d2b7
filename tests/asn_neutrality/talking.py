"""A reporter's browser, which knows nothing but a code, and both sides' words."""

import re
from html import unescape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from forkopimda.lib.guard import writing

from .made import unlock_desk

PDF = b"%PDF-1.4 isi bukti %%EOF"
STATUS = "/lapor/status/"
MESSAGE = "/lapor/status/pesan/"
WRONG = "0000000000000000"


def follow_up(code):
    """A browser in which the code was typed and is right."""
    client = Client()
    answer = client.post(STATUS, {"code": code})
    assert answer.status_code == 303, answer.content.decode()
    return client


def at_desk(user, *cases):
    """The examiner's browser, their key unlocked and these cases opened."""
    client = Client()
    client.force_login(user)
    return unlock_desk(client, user, cases)


def page_of(case):
    return f"/netralitas-asn/{case.pk}/"


def talk_of(report):
    return f"/netralitas-asn/{report.case_id}/pesan/{report.pk}/"


def upload(name="bukti.pdf", content=PDF, kind="application/pdf"):
    return SimpleUploadedFile(name, content, kind)


def say(client, text, **fields):
    """What the reporter writes, sent as their page's form does."""
    token = token_of(client.get(STATUS))
    return client.post(MESSAGE, {"text": text, "token": token, **fields})


def words(answer):
    """What a page says, its marks aside."""
    body = answer.content.decode().split("<main", 1)[1].partition(">")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


def token_of(answer):
    """The random text of the page's form."""
    return re.search(r'name="token" value="([^"]+)"', answer.content.decode()).group(1)


def move_report(report, case):
    """The report with its channel on another case, as merging does it."""
    with writing():
        first = case.entries.count() + 1
        for number, entry in enumerate(report.entries.order_by("serial"), start=first):
            entry.case, entry.serial = case, number
            entry.save()
        report.case = case
        report.save()
