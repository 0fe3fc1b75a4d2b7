"""Examiners with keys, reports that came in, and a desk with the key unlocked."""

import pytest

from tests.conftest import BATU_BARA

from .made import NARRATIVE, PASSPHRASE, attachment, give_key, receive, unlock_desk

__all__ = ["NARRATIVE", "PASSPHRASE", "attachment"]


@pytest.fixture
def examiner(person):
    """An examiner who has made a key: `examiner()`, `examiner("12.09", role="auditor")`."""

    def make(code=BATU_BARA, role="asn_examiner", **fields):
        return give_key(person(role, code, **fields))

    return make


@pytest.fixture
def report(regions):
    """Sends a report as a citizen: `report(kind="hoax")`. An examiner must have a key before."""

    def send(code=BATU_BARA, **fields):
        return receive(regions[code], **fields)

    return send


@pytest.fixture
def desk(sign_in):
    """A signed-in client whose key is unlocked: `desk(user)`."""

    def enter(user):
        return unlock_desk(sign_in(user), user)

    return enter
