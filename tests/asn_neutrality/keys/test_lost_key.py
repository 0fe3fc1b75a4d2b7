"""After a lost passphrase a new key opens what fellow members share again."""

from django.urls import reverse

from asn_neutrality import actions
from tests.asn_neutrality.keys.browsing import is_open, page
from tests.asn_neutrality.keys.conftest import NEW_PASSPHRASE, opened_by, reads, say_who
from tests.conftest import PASSWORD


def test_after_a_lost_passphrase_cases_open_only_once_a_fellow_shared_them(examiner, desk, report):
    user, fellow = examiner(), examiner()
    cases = [report().report.case, report().report.case]
    client = desk(user)
    address = reverse("asn_keys:lost")
    assert "2 perkara dapat dibagikan lagi oleh anggota lain" in page(client, address)
    sent = {
        "password": "salah",
        "passphrase": NEW_PASSPHRASE,
        "repeat": NEW_PASSPHRASE,
        "understood": "on",
    }
    assert client.post(address, sent).status_code == 422
    assert reads(cases[0], user)

    assert client.post(address, {**sent, "password": PASSWORD}).status_code == 302

    assert is_open(client)
    assert not any(reads(case, user, NEW_PASSPHRASE) for case in cases)
    assert cases[0].number in page(client)
    assert fellow.deliveries.filter(alert__kind="asn_neutrality.new_key").exists()

    helper = desk(fellow)
    share = reverse("asn_keys:share_again")
    assert "2 perkara bersama" in page(helper, share)
    assert helper.post(share, {"user": user.pk}).status_code == 302
    assert all(reads(case, user, NEW_PASSPHRASE) for case in cases)
    assert "Tidak ada yang menunggu" in page(helper, share)


def test_a_lost_passphrase_says_what_nobody_can_open_any_more(examiner, desk, report, recovery):
    user = examiner()
    report()
    client = desk(user)
    assert "1 perkara tidak dapat dibaca lagi oleh siapa pun" in page(
        client, reverse("asn_keys:lost")
    )

    recovery(user)
    client.post(reverse("asn_keys:share_recovery"))

    assert "1 perkara hanya dapat dipulihkan dengan kunci pemulihan" in page(
        client, reverse("asn_keys:lost")
    )


def test_nothing_is_shared_while_the_own_key_is_locked(examiner, sign_in, report):
    user, fellow = examiner(), examiner()
    case = report().report.case
    actions.make_key(by=user, passphrase=NEW_PASSPHRASE)

    answer = sign_in(fellow).post(reverse("asn_keys:share_again"), {"user": user.pk})

    assert answer.status_code == 422
    assert not reads(case, user, NEW_PASSPHRASE)


def test_sharing_again_leaves_out_cases_against_the_own_unit(examiner, desk, report, unit):
    user, fellow = examiner(), examiner()
    case = report().report.case
    actions.make_key(by=user, passphrase=NEW_PASSPHRASE)
    actions.set_home_unit(by=user, unit=unit)
    say_who(opened_by(case, fellow), fellow, unit)

    desk(fellow).post(reverse("asn_keys:share_again"), {"user": user.pk})

    assert not reads(case, user, NEW_PASSPHRASE)
