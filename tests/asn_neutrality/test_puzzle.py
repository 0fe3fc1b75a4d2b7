"""The proof of work: solved by browsers, checked once, harder when much comes in."""

import pytest
from django.core import signing

from asn_neutrality import puzzle
from asn_neutrality.admission import UNSOLVED, UNSOLVED_NAME
from asn_neutrality.models import Case
from forkopimda.lib import limits

from .reporter import JSON, send, solved

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quickly_solved(monkeypatch):
    monkeypatch.setattr(puzzle, "TRIES", 8)
    monkeypatch.setattr(puzzle, "ROUNDS", 10)


@pytest.fixture(autouse=True)
def _open_channel(examiner):
    examiner()


@pytest.fixture
def full():
    """No report without a solution is taken any more."""
    while limits.spend(UNSOLVED_NAME, UNSOLVED):
        pass


def test_a_solved_puzzle_brings_a_report_in_when_others_wait(full):
    assert send(headers=JSON).status_code == 429
    assert send(headers=JSON, **solved()).status_code == 201
    assert Case.objects.count() == 1


def test_a_solution_is_good_for_one_report(full):
    solution = solved()

    assert send(**solution).status_code == 303
    assert send(**solution).status_code == 429
    again = send(headers=JSON, **solution)
    assert again.status_code == 428
    assert again.json()["errors"] == {}
    assert again.json()["challenge"]["text"] != solution["challenge"]
    assert Case.objects.count() == 1


def test_the_same_form_needs_no_second_solution(full):
    form = {"token": "x" * 43, **solved()}

    assert send(**form).status_code == 303
    assert send(**form)["Location"] == "/lapor/terkirim/?sudah"


def wrong():
    solution = solved()
    text, bound = solution["challenge"], puzzle.BOUND // puzzle.TRIES
    numbers = (str(number) for number in range(1000))
    other = next(number for number in numbers if puzzle.hashed(text, number) >= bound)
    return solution | {"solution": other}


def from_elsewhere():
    text = signing.dumps(["0" * 16, 1], salt="another purpose")
    return {"challenge": text, "solution": "1"}


def from_long_ago(monkeypatch):
    monkeypatch.setattr(puzzle, "LIFETIME", -1)
    return solved()


@pytest.mark.parametrize(
    "solution",
    [
        wrong,
        from_elsewhere,
        lambda: solved() | {"challenge": "x"},
        lambda: solved() | {"solution": "9" * 5000},
        lambda: solved() | {"solution": "-1"},
        lambda: solved() | {"solution": "\u0663"},
        lambda: solved() | {"solution": "satu"},
    ],
)
def test_what_is_no_solution_is_asked_for_again(full, solution):
    assert send(headers=JSON, **solution()).status_code == 428
    assert send(**solution()).status_code == 429
    assert not Case.objects.exists()


def test_a_challenge_grows_old(full, monkeypatch):
    assert send(headers=JSON, **from_long_ago(monkeypatch)).status_code == 428


def test_the_more_reports_come_in_the_more_work_is_asked_for():
    calm = puzzle.tries_now()
    easy = solved()
    for _report in range(puzzle.CALM):
        send(headers=JSON, **solved())
    assert puzzle.tries_now() == 2 * calm
    assert send(headers=JSON, **easy).status_code == 201

    before, kept = puzzle.challenge(), solved()
    while puzzle.tries_now() < calm * puzzle.STEEPEST:
        limits.spend(puzzle.REPORTS_NAME, puzzle.REPORTS)
    assert puzzle.challenge()["bound"] < before["bound"]
    assert send(headers=JSON, **kept).status_code == 428


def test_when_all_reports_are_spent_everybody_waits_a_few_minutes():
    while limits.spend(puzzle.REPORTS_NAME, puzzle.REPORTS):
        pass

    answer = send(headers=JSON, **solved())
    assert answer.status_code == 429
    assert 60 <= int(answer["Retry-After"]) <= 10 * 60
    assert "menit" in answer.json()["errors"]["__all__"][0]
    assert answer.json()["challenge"]
