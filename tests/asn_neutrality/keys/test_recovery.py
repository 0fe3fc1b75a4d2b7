"""The recovery key: a ceremony that hands out shares, and their use when keys are lost."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.urls import reverse
from shamir_mnemonic.shamir import EncryptedMasterSecret, split_ems

from asn_neutrality import actions
from asn_neutrality.models import Member, Opening, RecoveryKey, Wrap
from asn_neutrality.sealing import vault
from asn_neutrality.sealing.shares import BadShare, Fault, WrongNumber, combine, split
from asn_neutrality.unlocking import CEREMONY
from forkopimda.lib import live
from tests.asn_neutrality.keys.conftest import (
    NEW_PASSPHRASE,
    OFFICES,
    accuse,
    opened_by,
    reads,
    recovers,
)
from tests.conftest import ASAHAN, BATU_BARA

MAKE = reverse("asn_keys:make_recovery")
SHARES = reverse("asn_keys:shares")
PROVE = reverse("asn_keys:prove_recovery")
RECOVER = reverse("asn_keys:recover")
LIST = reverse("asn_keys:recovery")


def begin(client, **fields):
    return client.post(
        MAKE, {"region": BATU_BARA, "holders": "\n".join(OFFICES), "threshold": 2, **fields}
    )


def hand_over(client):
    """Goes through the ceremony's pages, and gives the shares as they were shown."""
    shown = []
    for number, office in enumerate(OFFICES, start=1):
        page = client.get(SHARES).content.decode()
        assert f"Serahkan kepada {office}" in page
        words = re.search(r'<ol class="share-words".*?</ol>', page, re.DOTALL).group()
        shown.append(" ".join(re.findall(r"<li>(\w+)</li>", words)))
        assert not any(share in page for share in shown[:-1])
        answer = client.post(SHARES, {"number": number})
    return shown, answer


def is_over(client):
    return "Tidak ada bagian yang sedang diserahkan" in client.get(SHARES).content.decode()


def typed(shares, **fields):
    return {f"share_{n}": share for n, share in enumerate(shares, start=1)} | fields


def ask(client, shares, user, address=RECOVER):
    return client.post(address, typed(shares, user=user.pk, why="frasa sandi hilang"))


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


def test_shares_of_enough_holders_give_a_lost_case_back(examiner, desk, report, recovery, person):
    user, auditor = examiner(), person("auditor")
    shares = recovery(user)
    case = report().report.case
    actions.make_key(by=user, passphrase=NEW_PASSPHRASE)
    assert not reads(case, user, NEW_PASSPHRASE)

    answer = ask(desk(examiner()), shares[1:], user)

    assert answer.url == LIST
    assert reads(case, user, NEW_PASSPHRASE)
    opening = Opening.objects.get(case=case)
    assert (opening.what, opening.explanation) == ("recovery", "frasa sandi hilang")
    assert auditor.deliveries.get().alert.kind == "asn_neutrality.recovery"


def test_one_share_too_few_or_too_many_opens_nothing(examiner, desk, report, recovery):
    user = examiner()
    shares = recovery(user, threshold=2)
    case = report().report.case
    fellow = examiner()
    client = desk(fellow)

    assert ask(client, shares[:1], fellow).status_code == 422
    assert ask(client, [shares[0], shares[0]], fellow).status_code == 422
    assert ask(client, [shares[0], ""], fellow).status_code == 422
    for some in (shares[:1], shares):
        with pytest.raises(WrongNumber):
            combine(some)
    assert not reads(case, fellow)
    assert not Member.objects.filter(case=case, user=fellow).exists()


def test_a_mistyped_share_is_named_by_its_field(examiner, desk, recovery):
    user = examiner()
    shares = recovery(user)
    client = desk(user)
    words = shares[1].split()
    for wrong, said in (
        (["bukankata", *words[1:]], "Kata ke-1 tidak dikenal"),
        (words[:-1], "berisi 32 kata"),
        ([*words[:9], words[10], words[9], *words[11:]], "tertukar urutannya"),
        ([], "share_2"),
    ):
        answer = ask(client, [shares[0], " ".join(wrong)], user)

        assert answer.status_code == 422
        assert list(answer.context["form"].errors) == ["share_2"]
        assert said in answer.content.decode()
        assert shares[0] in answer.content.decode()  # the right one need not be typed again


def test_a_numbered_list_in_capitals_is_read_all_the_same(examiner, desk, report, recovery):
    user = examiner()
    shares = recovery(user)
    case = report().report.case
    fellow = examiner()
    numbered = [
        "\n".join(f"{n}. {word.upper()}" for n, word in enumerate(share.split(), start=1))
        for share in shares[:2]
    ]

    assert ask(desk(fellow), numbered, fellow).status_code == 302
    assert reads(case, fellow)


def test_shares_of_other_sets_are_refused(examiner, desk, report, recovery):
    user = examiner()
    shares = recovery(user)
    case = report().report.case
    fellow = examiner()
    client = desk(fellow)
    foreign = split(b"x" * 32, 2, 3)

    mixed = ask(client, [shares[0], foreign[1]], fellow)
    assert mixed.status_code == 422
    assert list(mixed.context["form"].errors) == ["share_2"]
    assert ask(client, foreign[:2], fellow).status_code == 422
    assert not reads(case, fellow)


def test_a_share_that_asks_for_hours_of_computing_is_not_computed():
    """A share says how often it is stretched: 15 means 300 million times. It is taken at its word
    by the library alone."""
    [[slow, *_rest]] = split_ems(1, [(2, 3)], EncryptedMasterSecret(7, True, 15, b"x" * 32))

    with pytest.raises(BadShare) as refusal:
        combine([slow.mnemonic()])

    assert refusal.value.fault is Fault.FOREIGN


def test_recovery_keeps_out_who_serves_in_the_unit_and_who_declared_a_conflict(
    examiner, desk, report, recovery, unit
):
    user, fellow = examiner(), examiner()
    shares = recovery(user)
    against, left, plain = (
        report(**accuse(unit)).report.case,
        report().report.case,
        report().report.case,
    )
    actions.recuse(by=fellow, opened=opened_by(left, fellow), why="conflict")
    actions.make_key(by=fellow, passphrase=NEW_PASSPHRASE)
    actions.set_home_unit(by=fellow, unit=unit)

    page = desk(user).post(
        RECOVER, typed(shares[:2], user=fellow.pk, why="frasa hilang"), follow=True
    )

    assert "2 perkara tidak dibagikan" in page.content.decode()
    assert [reads(case, fellow, NEW_PASSPHRASE) for case in (against, left, plain)] == [
        False,
        False,
        True,
    ]


def test_an_examiner_of_another_region_is_given_nothing(examiner, desk, report, recovery):
    user, stranger = examiner(), examiner(ASAHAN)
    shares = recovery(user)
    case = report().report.case

    assert ask(desk(user), shares[:2], stranger).status_code == 422
    nothing = ask(desk(stranger), shares[:2], stranger)
    assert "belum mempunyai kunci pemulihan" in nothing.content.decode()
    given = actions.recover(by=user, shares=shares[:2], user=stranger, why="frasa sandi hilang")
    assert (given.sealed, given.refused) == (0, 0)
    assert not reads(case, stranger)


def test_a_new_recovery_key_takes_the_place_of_the_old_one_case_by_case(
    examiner, desk, report, recovery
):
    user, fellow = examiner(), examiner()
    old = recovery(user)
    cases = [report().report.case, report().report.case]
    actions.recuse(by=user, opened=opened_by(cases[1], user), why="moved")
    client = desk(user)

    new = recovery(user)
    assert "2 perkara belum dibagikan" in client.get(LIST).content.decode()
    client.post(reverse("asn_keys:share_recovery"))

    assert recovers(cases[0], combine(new[:2]))
    assert not recovers(cases[0], combine(old[:2]))
    assert recovers(cases[1], combine(old[:2]))  # until its own examiner shares it
    assert "1 perkara belum dibagikan" in client.get(LIST).content.decode()
    desk(fellow).post(reverse("asn_keys:share_recovery"))
    assert not Wrap.objects.filter(recovery__retired_at__isnull=False).exists()
    assert RecoveryKey.objects.in_use().count() == 1


def test_a_replaced_key_still_recovers_what_was_not_shared_with_the_new_one(
    examiner, desk, report, recovery
):
    user = examiner()
    old = recovery(user)
    case = report().report.case
    recovery(user)
    actions.make_key(by=user, passphrase=NEW_PASSPHRASE)
    retired = RecoveryKey.objects.get(retired_at__isnull=False)

    answer = ask(desk(examiner()), old[:2], user, f"{RECOVER}?kunci={retired.pk}")

    assert answer.status_code == 302
    assert reads(case, user, NEW_PASSPHRASE)


def test_an_auditor_reads_who_holds_shares_and_makes_none(examiner, person, sign_in, recovery):
    recovery(examiner())
    client = sign_in(person("auditor"))

    page = client.get(LIST).content.decode()

    assert all(office in page for office in OFFICES)
    assert "Buat kunci pemulihan" not in page
    for address in (MAKE, SHARES, PROVE, RECOVER):
        assert client.get(address).status_code == 403
    assert OFFICES[0] not in sign_in(person("auditor", ASAHAN)).get(LIST).content.decode()


def test_a_key_that_is_not_there_is_no_error(examiner, desk, recovery):
    user = examiner()
    recovery(user)
    client = desk(user)

    for value in ("0", "9" * 40, "x", "-1", "\u0661"):
        for address in (PROVE, RECOVER):
            assert client.get(address, {"kunci": value}).status_code == 200
