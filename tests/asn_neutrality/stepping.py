"""Cases brought to a state by steps that the database accepts, what was written in them, and how
their page reads."""

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from asn_neutrality.actions.keys import unlock
from asn_neutrality.actions.writing import write_entry
from asn_neutrality.entries import open_case
from asn_neutrality.models import CLOSED, FORWARDING, WITH_RECORD, Case, CaseStep, Entry, Sanction
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action, writing

from .made import PASSPHRASE

TO_STUDY = ("initial_review", "registered", "study")
TO_SANCTION = (*TO_STUDY, "recommended", "with_authority", "examination", "sanctioned")


def bring(case, *states, due_on=None, **fields):
    """Brings the case through `states`; the last step has the term `due_on` (today where none is
    given and it needs one). `fields` are set on the case besides, `entry` on the last step."""
    record = fields.pop("entry", None)
    with writing(), transaction.atomic():
        for number, state in enumerate(states, start=1):
            case = Case.objects.get(pk=case.pk)
            term = due_on if number == len(states) else None
            _step(case, state, term or timezone.localdate(), record)
        if fields:
            Case.objects.filter(pk=case.pk).update(**fields)
    return Case.objects.get(pk=case.pk)


def _step(case, state, due_on, entry):
    step = CaseStep(case=case, previous=case.state, state=state, by_name="Pemeriksa")
    step.due_on = None if state in CLOSED else due_on
    if state == "dismissed":
        step.reason = "no_indication"
    if state in FORWARDING:
        step.recipient = "authority"
    if state == "sanctioned":
        step.sanction = Sanction.objects.in_force().first()
    if entry is None and state in WITH_RECORD:
        serial = case.entries.aggregate(last=Max("serial"))["last"] + 1
        entry = Entry.objects.create(case=case, kind="step", serial=serial, sealed=b"x")
    step.entry = entry
    step.save()
    case.state, case.due_on = state, step.due_on
    case.save()


def page_of(case):
    return f"/netralitas-asn/{case.pk}/"


def text(client, case, query=""):
    answer = client.get(f"{page_of(case)}{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def put(user, case, *entries, files=()):
    """Writes entries of the case, as (kind, content), by the user."""
    opened = open_case(case, user, unlock(user, PASSPHRASE))

    @storing_files
    @action
    def write():
        return [
            write_entry(by=user, case=case, key=opened.key, kind=kind, content=content, files=files)
            for kind, content in entries
        ]

    return write()
