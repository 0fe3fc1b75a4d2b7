"""Everybody gets what the table of rights says, at every address; no address is without a row."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import get_resolver, reverse
from django.utils import timezone

from asn_neutrality import actions as asn
from forkopimda.alerts.models import Delivery
from forkopimda.elections import example as elections
from forkopimda.elections.models import Election, PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions as meeting_actions
from forkopimda.meetings import example as meetings
from forkopimda.people import example as people
from forkopimda.people.models import Institution
from security import actions as security
from security import example as levels
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR
from tests.meetings.publishing import publish
from tests.security.assessing import assess
from tests.security.guards.made import guard_keys
from tests.security.incidents.reporting import worked_incident

from .rights import ADMIN, RIGHTS
from .rows import ABSENT, DENIED, ROLES, STAFF, TO_LOGIN


def names(resolver=None, prefix=""):
    """The names of all addresses but the admin's."""
    found = set()
    for entry in (resolver or get_resolver()).url_patterns:
        if hasattr(entry, "url_patterns"):
            if entry.app_name != "admin":
                inner = f"{prefix}{entry.namespace}:" if entry.namespace else prefix
                found |= names(entry, inner)
        else:
            found.add(f"{prefix}{entry.name}")
    return found


def test_every_address_has_a_row_in_the_table_of_rights():
    assert names() == set(RIGHTS)


@pytest.fixture
def keys(regions, person):
    people.load(password=None)
    levels.load()
    elections.load()
    meetings.load()
    person("viewer", username="penerima")
    security.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="high", reason="contoh")
    case = asn.open_case(by=SYSTEM, **case_fields(regions))
    return {
        **running_meeting(regions[BATU_BARA]),
        **guard_keys(),
        **worked_incident(regions[LAUT_TADOR]),
        "{meeting}": meetings.load().pk,
        "{assessment}": assess(regions[LAUT_TADOR]).pk,
        "{proposal}": security.propose_level(
            by=person("police_operator", LAUT_TADOR),
            region=regions[LAUT_TADOR],
            level="low",
            reason="contoh",
        ).pk,
        "{case}": case.pk,
        "{station}": PollingStation.objects.within(LAUT_TADOR).first().pk,
        "{upload}": security.keep_upload(
            by=person("police_approver"), name="daftar.csv", content=b"kode\n"
        ).pk,
        "{election}": Election.objects.get(region_id=BATU_BARA).pk,
        "{delivery}": Delivery.objects.filter(recipient__username="penerima").get().pk,
        **publish(regions[BATU_BARA], Institution.objects.get(region_id=BATU_BARA, code="pemkab")),
    }


def case_fields(regions):
    from django.utils import timezone

    from asn_neutrality.models import Kind

    return {
        "region": regions[BATU_BARA],
        "kind": Kind.values[0],
        "received_on": timezone.localdate(),
    }


def ask(client, name, row, keys):
    kwargs = {key: keys.get(value, value) for key, value in row.kwargs.items()}
    answer = getattr(client, row.method)(reverse(name, kwargs=kwargs) + row.query)
    if answer.streaming:  # read to its end, it is closed without ending the test's transaction
        b"".join(answer.streaming_content)
    return answer.status_code


def expected_of(role, row):
    if role in row.allowed:
        return row.status
    return ABSENT if role in row.hidden else row.denied


def running_meeting(region):
    """A meeting that runs now, with one of each of its parts."""
    start = timezone.now() - timedelta(minutes=30)
    meeting = meeting_actions.plan_meeting(
        by=SYSTEM,
        region=region,
        title="Rapat berjalan",
        place="Aula",
        starts_at=start,
        ends_at=start + timedelta(hours=2),
    )
    polres = region.institutions.get(code="polres")
    invitee = meeting_actions.invite(by=SYSTEM, meeting=meeting, institution=polres)
    meeting = meeting_actions.send_invitations(by=SYSTEM, meeting=meeting)
    item = meeting_actions.set_agenda_item(by=SYSTEM, meeting=meeting, number=1, title="Acara")
    meeting_actions.decide(by=SYSTEM, meeting=meeting, text="Diputuskan")
    follow_up = meeting_actions.add_follow_up(
        by=SYSTEM, meeting=meeting, task="Tugas", institution=polres, due_on=meeting.day
    )
    return {
        "{running}": meeting.pk,
        "{checkin}": meeting.checkin_key,
        "{invitee}": invitee.pk,
        "{item}": item.pk,
        "{letter}": invitee.letters.first().pk,
        "{followup}": follow_up.pk,
    }


def place(role, regency):
    if role == "police_operator":
        return {BATU_BARA: LAUT_TADOR, ASAHAN: "12.09.08"}[regency]
    return regency


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_what_the_table_says_in_its_region_and_in_the_next_one(
    role, keys, person, sign_in
):
    here = sign_in(person(role, place(role, BATU_BARA)))
    there = sign_in(person(role, place(role, ASAHAN)))
    wrong = []
    for name, rows in RIGHTS.items():
        for row in rows:
            inside = expected_of(role, row)
            outside = row.elsewhere or inside
            for whose, client, expected in (("here", here, inside), ("there", there, outside)):
                got = ask(client, name, row, keys)
                # To the neighbour, "not for you" and "not there" may both be said.
                fine = {expected} | ({404, 403} if whose == "there" and expected == 404 else set())
                if got not in fine:
                    wrong.append(f"{name} {row.kwargs}{row.query} {row.method} {whose}: {got}")
    assert not wrong, wrong


def test_who_is_signed_out_or_has_no_role_gets_what_the_table_says(keys, person, sign_in):
    visitors = {"anonymous": Client(), "no_role": sign_in(person(None))}
    wrong = []
    for name, rows in RIGHTS.items():
        for row in rows:
            for kind, client in visitors.items():
                got = ask(client, name, row, keys)
                if got != getattr(row, kind):
                    wrong.append(f"{name} {row.kwargs}{row.query} {kind}: {got}")
    assert not wrong, wrong


def test_every_page_of_the_admin_has_a_row():
    assert {model._meta.label_lower for model in admin.site._registry} == set(ADMIN)


@pytest.mark.parametrize("role", [*ROLES, None])
def test_the_admin_opens_to_staff_alone_and_shows_what_the_table_says(role, keys, person, sign_in):
    client = sign_in(person(role))
    wrong = []
    for label, allowed in ADMIN.items():
        address = reverse(f"admin:{label.replace('.', '_')}_changelist")
        got = client.get(address, follow=True).status_code
        if got != (200 if role in allowed else DENIED):
            wrong.append(f"{label}: {got}")
    assert client.get("/admin/", follow=True).status_code == (200 if role in STAFF else DENIED)
    assert not wrong, wrong


@pytest.mark.parametrize("role", sorted(STAFF))
def test_staff_of_the_next_regency_find_no_row_of_ours_in_the_admin(role, keys, person, sign_in):
    client = sign_in(person(role, ASAHAN))
    for model in admin.site._registry:
        if model._meta.label_lower in {"people.rolegrant", "people.user", "audit.auditevent"}:
            continue  # they hold rows of the neighbour's own
        name = f"admin:{model._meta.label_lower.replace('.', '_')}"
        for row in model._base_manager.filter()[:3]:
            shown = f"/admin/{model._meta.app_label}/{model._meta.model_name}/{row.pk}/change/"
            if not (getattr(row, "region_id", BATU_BARA) or "").startswith(BATU_BARA):
                continue  # the province's or the country's, open to both
            if model._meta.label_lower == "regions.region" and not row.pk.startswith(BATU_BARA):
                continue
            assert client.get(shown).status_code in {302, 403}, f"{name} {row.pk}"


def test_the_admin_sends_who_is_signed_out_to_the_one_door(db):
    answer = Client().get("/admin/", follow=False)

    assert answer.status_code == TO_LOGIN
    assert answer.headers["Location"].startswith("/admin/login/")
    assert Client().get(answer.headers["Location"]).headers["Location"].startswith("/akun/masuk/")
