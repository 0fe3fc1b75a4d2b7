"""A wrong code costs what a right one costs; the code is in no address, its cookie is closed."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from redis.exceptions import RedisError

from asn_neutrality import puzzle, tracking
from asn_neutrality.sealing import primitives, vault
from asn_neutrality.sealing.codes import shown
from asn_neutrality.views import status as views
from forkopimda.lib import limits
from tests.conftest import ASAHAN

from .made import attachment
from .talking import STATUS, WRONG, follow_up, words

RECEIPT = "/lapor/status/tanda-terima/"
NOT_FOUND = "Kode tidak ditemukan"
ASKED = "Masukkan 16 angka kode lacak"


@pytest.fixture
def received(examiner, report):
    examiner()
    return report(files=[attachment("rapat camat.pdf")])


@pytest.mark.parametrize("style", [shown, lambda c: "-".join((c[:8], c[8:])), lambda c: f" {c}\t"])
def test_the_code_may_be_typed_in_groups(received, style):
    assert Client().post(STATUS, {"code": style(received.code)}).status_code == 303


def test_the_dash_of_a_phones_keyboard_is_a_dash(received):
    code = received.code
    assert Client().post(STATUS, {"code": f"{code[:8]}\u2013{code[8:]}"}).status_code == 303


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "123", "1" * 17, "1" * 15 + "a", "\u0661" * 16, "\uff11" * 16, "<b>", "\x00" * 16],
)
def test_what_can_not_be_a_code_is_refused_at_once_and_stays_typed(typed, db, monkeypatch):
    monkeypatch.setattr(tracking, "open_code", None)  # it would fail if it were tried

    answer = Client().post(STATUS, {"code": typed})

    assert answer.status_code == 422
    page = words(answer)
    assert (
        ("Kode lacak terdiri dari 16 angka" in page)
        or ("Masukkan kode lacak." in page)
        or ("null" in page.lower())
    )
    if typed.strip() and "\x00" not in typed and "<" not in typed:
        assert f'value="{typed}"' in answer.content.decode()


def test_a_wrong_code_is_not_found_and_stays_typed(received):
    answer = Client().post(STATUS, {"code": shown(WRONG)})

    assert answer.status_code == 422
    assert NOT_FOUND in words(answer)
    assert f'value="{shown(WRONG)}"' in answer.content.decode()
    assert vault.cookie_name("reporter") not in answer.cookies


def test_a_code_opens_its_own_report_alone_wherever_it_was_sent(examiner, report):
    examiner()
    examiner(ASAHAN)
    here = report(narrative={"what": "kejadian di Batu Bara"})
    there = report(ASAHAN, narrative={"what": "kejadian di Asahan"})

    mine, other = (words(follow_up(each.code).get(STATUS)) for each in (here, there))

    assert "kejadian di Batu Bara" in mine
    assert "Asahan" not in mine
    assert "kejadian di Asahan" in other
    assert here.report.number not in other


def count_work(code, monkeypatch):
    """The Argon2 runs, the openings and the statements that one try takes, and its status."""
    work = {"argon2": 0, "aead": 0, "box": 0}

    def counted(name, function):
        def run(*args, **kwargs):
            work[name] += 1
            return function(*args, **kwargs)

        return run

    with monkeypatch.context() as patch:
        patch.setattr(primitives, "stretch", counted("argon2", primitives.stretch))
        patch.setattr("asn_neutrality.entries.unseal", counted("aead", primitives.unseal))
        patch.setattr("asn_neutrality.entries.unseal_with", counted("box", primitives.unseal_with))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            answer = Client().post(STATUS, {"code": code})
    shapes = [query["sql"].split("'")[0] for query in queries]
    return answer.status_code, work, shapes


def test_a_wrong_code_costs_the_work_of_a_right_one(received, monkeypatch):
    right = count_work(received.code, monkeypatch)
    wrong = count_work(WRONG, monkeypatch)

    assert (right[0], wrong[0]) == (303, 422)
    assert right[1] == wrong[1] == {"argon2": 1, "aead": 1, "box": 1}
    assert right[2] == wrong[2]
    assert len(right[2]) == 1


def test_after_many_tries_everybody_waits_a_minute_and_no_longer(received, monkeypatch):
    monkeypatch.setattr(views, "TRIES", "3/minute")
    stranger = Client()
    for _each in range(3):
        assert stranger.post(STATUS, {"code": WRONG}).status_code == 422

    for code in (WRONG, received.code):
        answer = Client().post(STATUS, {"code": code})
        assert answer.status_code == 429
        assert answer["Retry-After"] == "60"
        assert "Tunggu satu menit" in words(answer)
        assert f'value="{code}"' in answer.content.decode()

    limits._limiter().storage.reset()  # the minute has passed
    assert Client().post(STATUS, {"code": received.code}).status_code == 303


def solved(answer):
    """The puzzle of a page, solved as its script does."""
    text = re.search(r'data-challenge="([^"]+)"', answer.content.decode()).group(1)
    number = next(n for n in range(10_000) if puzzle.hashed(text, str(n)) < puzzle.BOUND // 2)
    return {"challenge": text, "solution": str(number)}


def test_whoever_solves_a_puzzle_need_not_wait(received, monkeypatch):
    monkeypatch.setattr(views, "TRIES", "1/minute")
    monkeypatch.setattr(views, "SOLVED", "1/minute")
    monkeypatch.setattr(puzzle, "TRIES", 2)
    Client().post(STATUS, {"code": WRONG})
    refused = Client().post(STATUS, {"code": received.code})
    solution = solved(refused)

    for wrong in ({"challenge": "x", "solution": "1"}, {**solution, "solution": "x"}):
        assert Client().post(STATUS, {"code": received.code, **wrong}).status_code == 429
    assert Client().post(STATUS, {"code": received.code, **solution}).status_code == 303
    assert Client().post(STATUS, {"code": received.code, **solution}).status_code == 429
    another = solved(refused := Client().post(STATUS, {"code": received.code}))
    assert refused.status_code == 429
    assert Client().post(STATUS, {"code": received.code, **another}).status_code == 429  # used up


def test_what_can_not_be_a_code_takes_nobody_s_turn(received, monkeypatch):
    monkeypatch.setattr(views, "TRIES", "1/minute")
    for _each in range(5):
        Client().post(STATUS, {"code": "123"})

    assert Client().post(STATUS, {"code": received.code}).status_code == 303


def test_codes_are_stretched_a_few_at_a_time(received, monkeypatch):
    monkeypatch.setattr(tracking, "PATIENCE", 0.01)
    for _each in range(tracking.AT_ONCE):
        assert tracking._turns.acquire(blocking=False)
    try:
        answer = Client().post(STATUS, {"code": received.code})
    finally:
        tracking._turns.release(tracking.AT_ONCE)

    assert answer.status_code == 429
    assert Client().post(STATUS, {"code": received.code}).status_code == 303


def test_the_code_is_in_no_address_and_the_cookie_is_closed_to_scripts(received):
    answer = Client().post(STATUS, {"code": received.code})

    assert answer["Location"] == STATUS
    cookie = answer.cookies[vault.cookie_name("reporter")]
    assert cookie["path"] == "/lapor/"
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert not cookie["expires"]
    assert not cookie["max-age"]
    assert received.code not in cookie.value


def test_over_https_the_cookie_travels_no_other_way(received, settings):
    settings.HTTPS = True
    answer = Client().post(STATUS, {"code": received.code})

    assert answer.cookies[vault.cookie_name("reporter")]["secure"]


def test_with_redis_away_the_page_says_so(received, monkeypatch):
    def away(*args, **kwargs):
        raise RedisError

    monkeypatch.setattr(vault.Vault, "keep", away)
    answer = Client().post(STATUS, {"code": received.code})

    assert answer.status_code == 503
    assert "Layanan sedang terganggu" in words(answer)
