"""A reporter's browser, which knows nothing but a code, and both sides' words."""

import re
from html import unescape

from django.test import Client

from forkopimda.lib.guard import writing

STATUS = "/lapor/status/"
MESSAGE = "/lapor/status/pesan/"
WRONG = "0000000000000000"


def follow_up(code):
    """A browser in which the code was typed and is right."""
    client = Client()
    answer = client.post(STATUS, {"code": code})
    assert answer.status_code == 303, answer.content.decode()
    return client


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
