"""The recovery key: a ceremony that hands out shares, and their use when keys are lost."""

import pytest
from django.urls import reverse

from asn_neutrality import actions
from asn_neutrality.models import Member, Opening, RecoveryKey, Wrap
from asn_neutrality.sealing.shares import WrongNumber, combine, split
from tests.asn_neutrality.keys.conftest import (
    NEW_PASSPHRASE,
    accuse,
    opened_by,
    reads,
    recovers,
)
from tests.asn_neutrality.keys.handing import LIST, PROVE, RECOVER, ask, typed
from tests.conftest import ASAHAN


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


def test_a_key_that_is_not_there_is_no_error(examiner, desk, recovery):
    user = examiner()
    recovery(user)
    client = desk(user)

    for value in ("0", "9" * 40, "x", "-1", "\u0661"):
        for address in (PROVE, RECOVER):
            assert client.get(address, {"kunci": value}).status_code == 200
