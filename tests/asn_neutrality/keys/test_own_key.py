"""An examiner makes a key, unlocks it, and keeps it to themself."""

from django.contrib.auth.models import AnonymousUser
from django.urls import reverse

from asn_neutrality.models import HomeUnit, PersonalKey
from asn_neutrality.sealing import vault
from asn_neutrality.unlocking import EXAMINER, vault_of
from forkopimda.audit.models import AuditEvent
from forkopimda.lib import live
from forkopimda.lib.authority import SYSTEM
from forkopimda.people import actions as people
from forkopimda.people.models import User
from tests.asn_neutrality.keys.browsing import KEY, MAKE, UNLOCK, is_open, new, page, places
from tests.asn_neutrality.keys.conftest import NEW_PASSPHRASE, reads
from tests.asn_neutrality.made import PASSPHRASE
from tests.conftest import BATU_BARA


def test_an_examiner_makes_a_key_and_reads_what_comes_in_from_then_on(person, sign_in, report):
    user = person("asn_examiner")
    client = sign_in(user)
    assert "Buat kunci" in page(client)

    answer = client.post(MAKE, new())

    assert answer.status_code == 302
    assert is_open(client)
    assert reads(report().report.case, user)
    cookie = client.cookies[vault.cookie_name(EXAMINER)]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"


def test_a_weak_or_unlike_passphrase_is_refused_and_does_not_come_back(person, sign_in):
    client = sign_in(person("asn_examiner", username="pemeriksa-satu"))
    for fields in (
        {"passphrase": "pendek sekali", "repeat": "pendek sekali"},
        {"passphrase": "abab" * 9, "repeat": "abab" * 9},
        {"passphrase": "pemeriksa-satu minum teh", "repeat": "pemeriksa-satu minum teh"},
        {"passphrase": "x y" * 999, "repeat": "x y" * 999},
        {"repeat": "kuda biru makan awan pagi"},
        {"understood": ""},
        {"unit": ""},
        {"unit": "999999"},
    ):
        answer = client.post(MAKE, new(**fields))

        assert answer.status_code == 422, fields
        page = answer.content.decode()
        assert PASSPHRASE not in page
        assert f'value="{fields.get("passphrase")}' not in page
    assert not PersonalKey.objects.exists()


def test_who_serves_where_is_asked_with_the_key_and_can_be_changed(person, sign_in, unit):
    user = person("asn_examiner")
    client = sign_in(user)
    client.post(MAKE, new(unit=unit.pk))
    assert HomeUnit.objects.get(user=user).unit == unit
    assert unit.name in page(client)

    client.post(reverse("asn_keys:home_unit"), {"unit": "-"})

    assert not HomeUnit.objects.filter(user=user).exists()
    event = AuditEvent.objects.filter(action="asn_neutrality.set_home_unit").latest("pk")
    assert event.data["before"] == unit.name


def test_the_right_passphrase_unlocks_and_leads_back(examiner, sign_in, report):
    user = examiner()
    client = sign_in(user)
    assert not is_open(client)

    answer = client.post(UNLOCK, {"passphrase": PASSPHRASE, "next": "/netralitas-asn/?page=2"})

    assert answer.url == "/netralitas-asn/?page=2"
    assert is_open(client)


def test_unlocking_never_leads_elsewhere(examiner, sign_in):
    client = sign_in(examiner())
    for target in ("https://jahat.example/", "//jahat.example", "javascript:x", "-1"):
        assert client.post(UNLOCK, {"passphrase": PASSPHRASE, "next": target}).url == KEY


def test_spaces_and_keyboards_do_not_lock_out(examiner, sign_in):
    client = sign_in(examiner())

    client.post(UNLOCK, {"passphrase": "  kuda  biru makan\u00a0awan sore "})

    assert is_open(client)


def test_a_wrong_passphrase_unlocks_nothing_and_is_not_shown_again(examiner, sign_in):
    client = sign_in(examiner())

    answer = client.post(UNLOCK, {"passphrase": "kuda biru makan awan pagi"})

    assert answer.status_code == 422
    assert "Frasa sandi salah" in answer.content.decode()
    assert "awan pagi" not in answer.content.decode()
    assert not is_open(client)


def test_after_ten_tries_even_the_right_passphrase_waits(examiner, sign_in):
    client, other = sign_in(examiner()), sign_in(examiner())
    for _number in range(10):
        client.post(UNLOCK, {"passphrase": "salah dan salah lagi"})

    answer = client.post(UNLOCK, {"passphrase": PASSPHRASE})

    assert answer.status_code == 429
    assert "menit lagi" in answer.content.decode()
    assert not is_open(client)
    assert other.post(UNLOCK, {"passphrase": PASSPHRASE}).status_code == 302


def test_an_unlocked_key_locks_itself_when_it_is_not_used(examiner, desk):
    client = desk(examiner())
    assert is_open(client)
    place = places(client)
    assert 0 < live.client().ttl(place) <= vault.IDLE

    live.client().expire(place, 0)

    assert not is_open(client)


def test_looking_at_the_state_of_the_key_does_not_keep_it_open(examiner, desk):
    client = desk(examiner())
    live.client().expire(places(client), 60)

    page(client)

    assert live.client().ttl(places(client)) <= 60


def test_using_the_key_keeps_it_open(examiner, desk):
    client = desk(examiner())
    live.client().expire(places(client), 60)

    page(client, reverse("asn_keys:share_again"))

    assert live.client().ttl(places(client)) > 60


def test_a_key_is_locked_by_hand_by_signing_out_and_by_losing_the_role(examiner, desk):
    user = examiner()
    for leave in (reverse("asn_keys:lock"), reverse("account_logout")):
        client = desk(user)
        place = places(client)
        assert live.client().exists(place)
        client.post(leave)
        assert not live.client().exists(place)

    client = desk(user)
    for grant in user.grants.all():
        people.revoke_role(by=SYSTEM, grant=grant)
    assert client.get(KEY).status_code == 403


def test_a_lock_is_not_undone_by_a_request_that_was_under_way(examiner):
    held = vault.Vault(EXAMINER, examiner().pk, b"x" * 32)
    held.keep()
    under_way = vault.find(EXAMINER, held.token)
    held.forget()

    under_way.renew()
    under_way.keep(changed=True)

    assert vault.find(EXAMINER, held.token) is None


def test_the_token_of_one_opens_nothing_for_another(examiner, desk, sign_in):
    first, second = examiner(), examiner()
    token = desk(first).cookies[vault.cookie_name(EXAMINER)].value
    client = sign_in(second)
    client.cookies[vault.cookie_name(EXAMINER)] = token

    assert not is_open(client)


def test_a_deactivated_account_opens_nothing(examiner, desk, report):
    user = examiner()
    case = report().report.case
    client = desk(user)
    people.edit_user(by=SYSTEM, user=user, is_active=False)

    answer = client.get(reverse("asn_neutrality:members", args=[case.pk]))

    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))


def test_a_new_passphrase_opens_the_same_cases_and_the_old_one_nothing(examiner, desk, report):
    user = examiner()
    case = report().report.case
    client = desk(user)
    sent = {"old": PASSPHRASE, "passphrase": NEW_PASSPHRASE, "repeat": NEW_PASSPHRASE}
    address = reverse("asn_keys:passphrase")
    assert client.post(address, {**sent, "old": "bukan frasa saya"}).status_code == 422

    assert client.post(address, sent).status_code == 302

    assert reads(case, user, NEW_PASSPHRASE)
    assert client.post(UNLOCK, {"passphrase": PASSPHRASE}).status_code == 422
    assert client.post(UNLOCK, {"passphrase": NEW_PASSPHRASE}).status_code == 302


def test_others_have_no_business_with_keys(person, sign_in):
    client = sign_in(person("administrator"))

    for name in ("key", "make", "unlock", "lost", "recovery", "make_recovery", "share_again"):
        assert client.get(reverse(f"asn_keys:{name}")).status_code == 403


def test_an_auditor_has_a_key_too(person, sign_in):
    client = sign_in(person("auditor", BATU_BARA))

    assert client.post(MAKE, new()).status_code == 302
    assert is_open(client)


def test_an_unlocked_key_is_locked_to_whoever_may_hold_none_any_more(examiner, desk, rf):
    user = examiner()
    request = rf.get("/")
    request.COOKIES = {name: morsel.value for name, morsel in desk(user).cookies.items()}
    request.user = User.objects.get(pk=user.pk)
    assert vault_of(request)
    for grant in user.grants.all():
        people.revoke_role(by=SYSTEM, grant=grant)

    request.user = User.objects.get(pk=user.pk)

    assert vault_of(request) is None
    request.user = AnonymousUser()
    assert vault_of(request) is None
