"""The ceremony that makes a recovery key and hands its shares out."""

import pytest
from django.core.exceptions import ValidationError
from shamir_mnemonic.shamir import EncryptedMasterSecret, split_ems

from asn_neutrality import actions
from asn_neutrality.models import RecoveryKey
from asn_neutrality.sealing import vault
from asn_neutrality.sealing.shares import BadShare, Fault, combine
from asn_neutrality.unlocking import CEREMONY
from forkopimda.lib import live
from tests.asn_neutrality.keys.conftest import (
    OFFICES,
    recovers,
)
from tests.asn_neutrality.keys.handing import (
    LIST,
    MAKE,
    PROVE,
    RECOVER,
    SHARES,
    begin,
    hand_over,
    is_over,
    typed,
)
from tests.conftest import ASAHAN


def test_a_ceremony_hands_each_share_to_its_holder_once_and_is_proven_by_them(
    examiner, desk, report
):
    user = examiner()
    before = report().report.case
    client = desk(user)

    assert begin(client).url == SHARES
    shares, answer = hand_over(client)
    assert answer.url.startswith(PROVE)
    assert is_over(client)
    key = RecoveryKey.objects.get()
    assert not key.is_in_use
    assert "Belum teruji" in client.get(LIST).content.decode()

    answer = client.post(PROVE, typed([shares[2], shares[0]]))

    assert answer.url.startswith(LIST)
    assert RecoveryKey.objects.get().is_in_use
    private = combine(shares[:2])
    assert combine(shares[1:]) == private
    assert recovers(before, private)
    assert recovers(report().report.case, private)
    page = client.get(LIST).content.decode()
    assert "2 dari 3 bagian" in page
    assert "Semua perkara wilayah ini terbuka oleh kunci ini" in page


def test_a_share_is_on_no_page_after_it_was_handed_over_and_in_no_store(examiner, desk):
    client = desk(examiner())
    begin(client)
    first = client.get(SHARES).content.decode()
    client.post(SHARES, {"number": 1})

    assert client.post(SHARES, {"number": 1}).url == SHARES  # the button pressed twice

    second = client.get(SHARES).content.decode()
    assert OFFICES[1] in second
    assert first != second
    place = vault._place(CEREMONY, client.cookies[vault.cookie_name(CEREMONY)].value)
    live.client().delete(place)
    assert is_over(client)


def test_the_shares_of_one_are_not_shown_to_another(examiner, desk):
    client, other = desk(examiner()), desk(examiner())
    begin(client)
    other.cookies[vault.cookie_name(CEREMONY)] = client.cookies[vault.cookie_name(CEREMONY)].value

    assert is_over(other)


def test_a_ceremony_of_too_few_too_many_or_elsewhere_is_refused(examiner, desk):
    client = desk(examiner())
    for fields in (
        {"holders": "Satu\nDua"},
        {"holders": "\n".join(f"Jabatan {n}" for n in range(10))},
        {"holders": "Satu\nDua\nsatu"},
        {"holders": "x" * 81 + "\nDua\nTiga"},
        {"threshold": 4},
        {"threshold": 1},
        {"threshold": ""},
        {"region": ASAHAN},
    ):
        assert begin(client, **fields).status_code == 422, fields
    assert not RecoveryKey.objects.exists()


def test_an_unproven_key_is_used_for_nothing(examiner, desk, report):
    user = examiner()
    client = desk(user)
    begin(client)
    shares, _answer = hand_over(client)

    case = report().report.case

    assert not case.wraps.filter(recovery__isnull=False).exists()
    assert "belum mempunyai kunci pemulihan" in client.get(RECOVER).content.decode()
    with pytest.raises(ValidationError, match="belum pernah diuji"):
        actions.recover(by=user, shares=shares[:2], user=user, why="frasa sandi hilang")
    begin(client)  # a second ceremony gives the first up
    assert RecoveryKey.objects.filter(retired_at=None).count() == 1
    assert client.post(PROVE, typed(shares[:2])).status_code == 422


def test_a_share_that_asks_for_hours_of_computing_is_not_computed():
    """A share says how often it is stretched: 15 means 300 million times. It is taken at its word
    by the library alone."""
    [[slow, *_rest]] = split_ems(1, [(2, 3)], EncryptedMasterSecret(7, True, 15, b"x" * 32))

    with pytest.raises(BadShare) as refusal:
        combine([slow.mnemonic()])

    assert refusal.value.fault is Fault.FOREIGN


def test_an_auditor_reads_who_holds_shares_and_makes_none(examiner, person, sign_in, recovery):
    recovery(examiner())
    client = sign_in(person("auditor"))

    page = client.get(LIST).content.decode()

    assert all(office in page for office in OFFICES)
    assert "Buat kunci pemulihan" not in page
    for address in (MAKE, SHARES, PROVE, RECOVER):
        assert client.get(address).status_code == 403
    assert OFFICES[0] not in sign_in(person("auditor", ASAHAN)).get(LIST).content.decode()
