"""Cases without content, in whatever state, for what is counted of them."""

import datetime
import itertools
from unittest.mock import patch

from django.db import transaction
from django.utils import timezone

from asn_neutrality.models import CLOSED, WITH_RECORD, Case, CaseStep, Entry, Sanction, State
from forkopimda.lib.guard import writing
from tests.conftest import BATU_BARA

_serial = itertools.count(5000)  # beside those of reports that come in
_SERIALS = {state: at for at, state in enumerate(State, start=1)}
#: A year that is over, so that all its months are.
YEAR = timezone.localdate().year - 1

#: The way of each case to a state, from its first step.
WAYS = {
    "received": (),
    "study": ("initial_review", "registered", "study"),
    "dismissed": ("dismissed",),
    "not_proven": ("initial_review", "registered", "study", "not_proven"),
    "sanctioned": (
        "initial_review",
        "registered",
        "study",
        "recommended",
        "with_authority",
        "examination",
        "sanctioned",
    ),
}


def add_cases(count, state="received", code=BATU_BARA, late=False, stays=None, **fields):
    """Cases of one kind and day that came to `state` by its usual way. `late`: their term is
    over. `stays`: how many days they stayed in which states."""
    stays = stays or {}
    term = timezone.localdate() + datetime.timedelta(days=-3 if late else 30)
    day = fields.pop("received_on", datetime.date(YEAR, 3, 5))
    cases = []
    for serial in itertools.islice(_serial, count):
        case = Case(region_id=code, received_on=day, year=day.year, serial=serial, state=state)
        case.number, case.kind = f"{serial}/UJI/{code}/{day.year}", fields.get("kind", "photo")
        case.size_class = fields.get("size_class", "unknown")
        case.due_on = None if state in CLOSED else term
        cases.append(case)
    at = timezone.now() - datetime.timedelta(days=sum(stays.values()))
    previous = ""
    with transaction.atomic(), writing():
        Case.objects.bulk_create(cases)
        for step in ("received", *WAYS[state]):
            at += datetime.timedelta(days=stays.get(previous, 0))
            with patch("django.utils.timezone.now", return_value=at):
                _step(cases, step, previous, term)
            previous = step
    return cases


def _step(cases, state, previous, term):
    steps = [CaseStep(case=case, state=state, previous=previous, by_name="uji") for case in cases]
    entries = [Entry(case=case, kind="step", serial=_SERIALS[state], sealed=b"x") for case in cases]
    for step, entry in zip(steps, entries, strict=True):
        step.due_on = None if state in CLOSED else term
        step.reason = "no_indication" if state == "dismissed" else ""
        step.recipient = "authority" if state == "with_authority" else ""
        step.sanction = Sanction.objects.first() if state == "sanctioned" else None
        step.entry = entry if state in WITH_RECORD else None
    if state in WITH_RECORD:
        Entry.objects.bulk_create(entries)
    CaseStep.objects.bulk_create(steps)
