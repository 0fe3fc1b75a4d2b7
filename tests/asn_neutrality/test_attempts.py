"""Role x action x surface: whatever is tried on a case is refused, but for those named."""

import logging
from collections import Counter
from functools import partial

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.test import override_settings

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case
from asn_neutrality.models import Case, Violation
from asn_neutrality.reporter import REPORTER
from forkopimda.audit.models import AuditEvent
from tests.lasting import lasting

from .admin_attempts import admin_attempts, models
from .attempts import READS, REGISTER, WRITES
from .attempts_around import FRAME, KEYS, PUBLIC
from .cast import EVERYBODY, OPENERS, assemble
from .made import PASSPHRASE
from .planted import moral_sanction, secrets_in, words_in

NOTE = {"text": "x"}
REFUSED = {401, 403, 404, 405}
SIGN_IN = ("/akun/masuk/", "/admin/login/")
#: Where who asks for a page that is not theirs is led instead: the form for a code, the case
#: without its content, and in the admin another page of it.
ELSEWHERE = ("/lapor/status/", "/netralitas-asn/{case}/")


@pytest.fixture(scope="module")
def assembled(django_db_setup, django_db_blocker, tmp_path_factory):
    """Everybody, and the case."""
    media = tmp_path_factory.mktemp("media")

    def make():
        with override_settings(MEDIA_ROOT=media):
            return assemble(media)

    with lasting(django_db_blocker, make) as cast:
        yield cast


@pytest.fixture
def cast(assembled, db, settings, caplog):
    """The same, unchanged by earlier tests. That so much is refused is not worth a log."""
    caplog.set_level(logging.CRITICAL, "django")
    settings.MEDIA_ROOT = assembled.media
    settings.SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"  # a query less each
    keys = assembled.keys
    keys["sanction"] = moral_sanction().pk
    keys["violation"] = Violation.objects.in_force().get(code="KE-01").pk
    keys["worker"] = assembled.users["member"].pk
    keys["lookup"] = assembled.codes["reporter"]
    return assembled


def rows_of(case):
    """A key of a row of each model, by the model's name: of the planted case where it has one."""
    found = {}
    for model in models():
        row = model._base_manager.order_by("pk").first()
        found[model._meta.model_name] = row.pk if row else None
    return found | {"case": case.pk}


def table(cast):
    """All that is tried."""
    pages = [*REGISTER, *READS, *WRITES, *KEYS, *PUBLIC, *FRAME]
    return [*pages, *admin_attempts(rows_of(cast.planted.case))]


def tables():
    """All that is stored of cases, and how much was noted."""
    stored = {
        model._meta.label: list(model._base_manager.order_by("pk").values()) for model in models()
    }
    return stored, AuditEvent.objects.count()


def ask(client, attempt, keys):
    """The answer, and what it says."""
    data = {name: value.format(**keys) for name, value in attempt.data.items()}
    send = getattr(client, attempt.method)
    answer = send(attempt.address.format(**keys), data, headers=attempt.headers)
    return answer, words_in(answer)


def is_sign_in(answer):
    """Whether it leads to the sign-in page."""
    return answer.status_code == 302 and answer["Location"].startswith(SIGN_IN)


def is_refused(answer, attempt, keys):
    """Not there, not for you, sign in first; or led elsewhere from a page that was asked for."""
    if answer.status_code == 302:
        place = answer["Location"]
        led = place in [each.format(**keys) for each in ELSEWHERE]
        led |= attempt.surface == "admin" and place.startswith("/admin/")
        return (attempt.method == "get" and led) or is_sign_in(answer)
    return answer.status_code in REFUSED


def wrong_with(attempt, who, answer, words, cast):
    """What should not be in the answer, or should be."""
    found = secrets_in(words)
    faults = []
    if who in attempt.allowed:
        if answer.status_code not in attempt.status or is_sign_in(answer):
            faults.append(f"is let in and got {answer.status_code}")
        if who in attempt.reads and not attempt.shows <= found:
            faults.append(f"does not read {sorted(attempt.shows - found)}")
    elif not is_refused(answer, attempt, cast.keys):
        faults.append(f"is not refused: {answer.status_code}")
    if found and who not in attempt.reads:
        faults.append(f"reads {sorted(found)}")
    if cast.planted.case.number in words and who not in attempt.numbers:
        faults.append("learns the number")
    return faults


def test_the_table_leaves_no_surface_out(cast):
    """The numbers that docs and notes give: attempts in all, and their surfaces."""
    surfaces = Counter(attempt.surface for attempt in table(cast))

    assert set(surfaces) == {
        *("page", "form", "admin", "file", "guessed file"),
        *("document", "export", "panel", "alerts"),
    }
    assert surfaces.total() * len(EVERYBODY) > 4500


@pytest.mark.parametrize("who", sorted(EVERYBODY))
def test_nobody_gets_further_than_the_table_says(cast, who):
    attempts = table(cast)
    wrong = []
    client = cast.client(who)
    before = tables()
    for attempt in (each for each in attempts if who not in each.allowed):
        answer, words = ask(client, attempt, cast.keys)
        faults = wrong_with(attempt, who, answer, words, cast)
        wrong += [f"{attempt.surface}, {attempt.action}: {who} {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)
    assert tables() == before, f"{who} was refused, and something was stored"
    for attempt in (each for each in attempts if who in each.allowed):
        with transaction.atomic():
            answer, words = ask(cast.client(who), attempt, cast.keys)
            transaction.set_rollback(True)
        faults = wrong_with(attempt, who, answer, words, cast)
        wrong += [f"{attempt.surface}, {attempt.action}: {who} {fault}" for fault in faults]
    assert not wrong, "\n".join(wrong)


def writers(cast, opened, main):
    """Each action that reads or writes a case, with all that it asks for; called with who does it.

    The cases are given opened, as if their keys had been stolen.
    """
    case, report = opened.case, cast.planted.report
    member, outsider = cast.planted.case.members.first(), cast.users["outsider"]
    violation = Violation.objects.in_force().first()
    return {
        "write": partial(
            actions.write, opened=opened, kind="note", content={"text": "x"}, token="t"
        ),
        "move": partial(actions.move, opened=opened, state="not_proven", details={"grounds": "x"}),
        "reply": partial(actions.reply, opened=opened, report=report, text="x", token="t"),
        "mark_read": partial(actions.mark_read, opened=opened, report=report, upto=99),
        "set_violation": partial(actions.set_violation, opened=opened, violation=violation),
        "assign_lead": partial(actions.assign_lead, opened=opened, lead=None),
        "merge": partial(actions.merge, duplicate=opened, main=main),
        "add_member": partial(actions.add_member, opened=opened, user=outsider, why="load"),
        "remove_member": partial(actions.remove_member, opened=opened, member=member, why="done"),
        "rotate_key": partial(actions.rotate_key, opened=opened),
        "recuse": partial(actions.recuse, opened=opened, why="done"),
        "note_opening": partial(actions.note_opening, case=case, what="case", purpose="study"),
    }


@pytest.mark.parametrize("who", sorted(EVERYBODY - {"member"}))
def test_no_action_is_done_for_anybody_else_even_with_the_key_in_hand(cast, who):
    member = cast.users["member"]
    private = unlock(member, PASSPHRASE)
    opened = open_case(cast.planted.case, member, private)
    main = open_case(Case.objects.get(pk=cast.keys["main"]), member, private)
    by = cast.users.get(who, REPORTER)
    before = tables()
    done = []
    for name, act in writers(cast, opened, main).items():
        if who in OPENERS and name in {"recuse", "note_opening"}:
            continue
        try:
            act(by=by)
        except PermissionDenied:
            continue
        done.append(name)
    assert not done
    assert tables() == before
