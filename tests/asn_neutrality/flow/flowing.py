"""Cases that go their way: opened with their examiner's key, with what each step asks for."""

from datetime import timedelta

from django.db import connection
from django.urls import reverse

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.actions.writing import lock, write_entry
from asn_neutrality.clock import due_on
from asn_neutrality.entries import open_case
from asn_neutrality.flow import CLASSIFYING
from asn_neutrality.models import NEXT, Case, Sanction, Violation
from forkopimda.lib.guard import action
from tests.asn_neutrality.made import PASSPHRASE

DAY = "2024-11-25"
LETTER = {"letter_number": "700/12/2024", "letter_date": DAY}
#: What the form of each step asks for; steps that ask for nothing are left out.
DETAILS = {
    "completion": {"missing": "Waktu kejadian"},
    "recommended": {"summary": "Diteruskan"},
    "not_proven": {"grounds": "Tidak cukup bukti"},
    "forwarded": LETTER,
    "with_authority": LETTER,
    "blocked": LETTER,
    "sanctioned": {"decree_number": "800/1/2024", "decree_date": DAY},
    "objection": {"objection": "Keberatan atas sanksi"},
    "carried_out": {"proof": "Berita acara nomor 5"},
    "recorded": {"recorded_as": "IDIS-77"},
    "dismissed": {"grounds": "Di luar kewenangan"},
}
WRITTEN = {
    "study": {"allegation": "x", "facts": "x", "analysis": "x", "conclusion": "x"},
    "recommendation": {"text": "x", "sanction": ""},
    "hearing": {"on": DAY, "attended": True, "called": [], "text": "x"},
}


def open_by(user, case):
    """The case opened with the user's key."""
    return open_case(case, user, unlock(user, PASSPHRASE))


@action
def file_entry(opened, user, kind, content=None):
    """Puts an entry of that kind into the file."""
    case = lock(opened.case)
    write_entry(by=user, case=case, key=opened.key, kind=kind, content=content or WRITTEN[kind])


def fill(opened, user):
    """Writes every entry that any step needs before it, once."""
    if not opened.case.entries.filter(kind="hearing").exists():
        for kind in WRITTEN:
            file_entry(opened, user, kind)


def classify(opened, user, violation="DS-03"):
    """Sets the legal kind."""
    kind = Violation.objects.in_force().get(code=violation)
    opened.case = actions.set_violation(by=user, opened=opened, violation=kind)


def walk(opened, user, target):
    """Takes the case to `target` by the shortest way, with all that is needed."""
    fill(opened, user)
    for state in shortest_way(opened.case.state, target):
        if opened.case.violation is None and opened.case.state in CLASSIFYING:
            classify(opened, user)
        step(opened, user, state)
    return opened.case


def shortest_way(here, target):
    """The states from `here`, which is left out, to `target`."""
    ways = {here: []}
    queue = [here]
    while target not in ways:
        at = queue.pop(0)
        for state in NEXT[at]:
            if state not in ways:
                ways[state] = [*ways[at], state]
                queue.append(state)
    return ways[target]


def step(opened, user, state, **changed):
    """Takes the case there with all that the step asks for, but for what is `changed`."""
    arguments = {"details": DETAILS.get(state, {}), "reason": "", "recipient": ""}
    if opened.case.state in {"recorded", "not_proven", "dismissed"}:
        arguments["details"] = {"why": "Bukti baru"}
    elif state == "dismissed":
        arguments["reason"] = "not_competent"
    elif state == "forwarded":
        early = opened.case.state == "initial_review"
        arguments["recipient"] = "bawaslu" if early else "bkn"
    elif state == "with_authority":
        arguments["recipient"] = "authority"
    elif state == "sanctioned":
        arguments["sanction"] = Sanction.objects.in_force().get(code="S1")
    return actions.move(by=user, opened=opened, state=state, **{**arguments, **changed})


def days_of(state, start):
    """How many days the step has that begins on `start`."""
    return (due_on(state, start) - start) // timedelta(days=1)


def long_in_force():
    """As if the shipped terms had been in force for years."""
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE asn_neutrality_term DISABLE TRIGGER USER")
        cursor.execute("UPDATE asn_neutrality_term SET valid_from = '2020-01-01'")
        cursor.execute("ALTER TABLE asn_neutrality_term ENABLE TRIGGER USER")


def set_due(case, day):
    """As if the step had been noted long ago; the product itself never changes its row."""
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE asn_neutrality_casestep DISABLE TRIGGER USER")
        cursor.execute(
            "UPDATE asn_neutrality_casestep SET due_on = %s WHERE case_id = %s", [day, case.pk]
        )
        cursor.execute("ALTER TABLE asn_neutrality_casestep ENABLE TRIGGER USER")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        cursor.execute("UPDATE asn_neutrality_case SET due_on = %s WHERE id = %s", [day, case.pk])


def address(case, state):
    return reverse("asn_flow:move", args=[case.pk, state])


def sent(case, state, **fields):
    """What the page of a step sends."""
    seen = case.steps.latest("pk").pk
    return {"seen": seen, **DETAILS.get(state, {}), **fields}


def state_of(case):
    return Case.objects.get(pk=case.pk).state


def offered(client, case):
    """The part of the case's page about what comes next."""
    page = client.get(reverse("asn_neutrality:detail", args=[case.pk])).content.decode()
    return page.split('id="langkah-berikut"')[1].split("</section>")[0]
