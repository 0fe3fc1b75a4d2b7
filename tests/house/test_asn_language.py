"""Pages of the neutrality desk, and those of reporters, speak one language at a time."""

import pytest
from django.test import Client
from django.urls import reverse

from forkopimda.people import actions as people

from .asn_rights import ASN
from .page_texts import ALLAUTH, texts
from .test_language import ENGLISH, INDONESIAN

ROLES = ("asn_examiner", "auditor", "secretariat", "viewer")


@pytest.fixture
def answers(world):
    """Each address of the table as each role in one language, asked for or sent empty."""

    def visit(language):
        for role in ROLES:
            user = world.here[role]
            people.set_language(by=user, language=language)
            yield from _asked(world.enter(user), world, role)
        stranger = Client()
        stranger.cookies["django_language"] = language
        yield from _asked(stranger, world, None)

    return visit


def _asked(client, world, role):
    for name, rows in ASN.items():
        for row in rows:
            if (role is None) != name.startswith("lapor:"):
                continue
            kwargs = {key: world.keys.get(value, value) for key, value in row.kwargs.items()}
            answer = getattr(client, row.method)(reverse(name, kwargs=kwargs))
            if answer.streaming:
                answer.getvalue()  # read to its end, it is closed
            elif b"<html" in answer.content:
                yield answer


@pytest.mark.parametrize(
    ("language", "foreign"), [("en", INDONESIAN), ("id", ENGLISH | ALLAUTH)], ids=["en", "id"]
)
def test_no_page_of_the_desk_mixes_languages(answers, language, foreign):
    mixed, seen = {}, 0
    for answer in answers(language):
        seen += 1
        if found := texts(answer, language) & foreign:
            mixed.setdefault(answer.request["PATH_INFO"], set()).update(found)
    assert not mixed
    assert seen > 60
