"""Regions with examiners whose keys open cases, and recovery keys whose shares are at hand."""

import pytest

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.actions.writing import write_entry
from asn_neutrality.entries import OpenCase, open_case
from asn_neutrality.models import Case, EntryKind
from asn_neutrality.sealing.primitives import CanNotOpen, unseal_with
from forkopimda.lib import limits
from forkopimda.lib.guard import writing
from tests.asn_neutrality.made import NARRATIVE, PASSPHRASE, attachment, make_unit, unlock_desk
from tests.conftest import BATU_BARA

OFFICES = ["Ketua Pengadilan Negeri", "Kepala Kejaksaan Negeri", "Ketua Bawaslu"]
NEW_PASSPHRASE = "lima gajah minum teh hangat"


@pytest.fixture(autouse=True)
def _no_tries_spent():
    """Each test starts with all its tries at passphrases."""
    limits._limiter().storage.reset()


@pytest.fixture
def recovery(regions):
    """Makes a recovery key and tries it out: `recovery(by)` gives its shares."""

    def make(by, code=BATU_BARA, threshold=2, holders=OFFICES):
        ceremony = actions.make_recovery(
            by=by, region=regions[code], holders=holders, threshold=threshold
        )
        actions.prove_recovery(by=by, shares=ceremony.shares[:threshold])
        return ceremony.shares

    return make


@pytest.fixture
def unit(regions):
    """A unit of the civil service in Batu Bara."""
    return make_unit(regions[BATU_BARA])


@pytest.fixture
def workshop(examiner, report, sign_in):
    """A case with a file, its examiner, and a client that has opened it."""
    user = examiner()
    received = report(files=[attachment()])
    case = received.report.case
    return user, received, case, unlock_desk(sign_in(user), user, [case])


def opened_by(case, user, passphrase=PASSPHRASE):
    """The case opened with the user's key."""
    return open_case(Case.objects.get(pk=case.pk), user, unlock(user, passphrase))


def reads(case, user, passphrase=PASSPHRASE):
    """Whether the user's key opens all of the case that there is."""
    try:
        return opens_all(opened_by(case, user, passphrase))
    except CanNotOpen:
        return False


def unwraps(case, user, passphrase=PASSPHRASE):
    """Whether anything that is stored gives the case's key to the user's private key, whatever
    the product asks besides."""
    private = unlock(user, passphrase)
    for wrap in case.wraps.all():
        try:
            return opens_all(OpenCase(case, unseal_with(private, wrap.sealed)))
        except CanNotOpen:
            continue
    return False


def opens_all(opened):
    """Whether a key opens each entry and file of the case, and the report as it was sent."""
    entries = opened.case.entries.select_related("report")
    whole = [(opened.read(entry), list(opened.files(entry))) for entry in entries]
    narrative = next(entry for entry in entries if entry.kind == EntryKind.NARRATIVE)
    return len(whole) == len(entries) and opened.read(narrative)["what"] == NARRATIVE


def recovers(case, private):
    """Whether the private recovery key opens the case."""
    for wrap in case.wraps.filter(recovery__isnull=False):
        try:
            return opens_all(OpenCase(case, unseal_with(private, wrap.sealed)))
        except CanNotOpen:
            continue
    return False


def accuse(unit):
    """A narrative in which somebody of `unit` is reported."""
    who = {"name": "Fulan", "office": "Kepala", "unit": unit.name, "unit_id": unit.pk}
    return {"narrative": {"who": who}, "unit": unit}


def say_who(opened, by, unit):
    """Writes that somebody of `unit` is reported, and lets whoever serves there stay a member."""
    content = {"name": "Fulan", "office": "", "unit": unit.name, "unit_id": unit.pk, "note": ""}
    with writing():
        write_entry(
            by=by, case=opened.case, key=opened.key, kind=EntryKind.ACCUSED, content=content
        )
