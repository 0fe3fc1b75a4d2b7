"""Somebody of each role here and in the next regency, and the rows that addresses name."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from django.test import Client
from django.utils import timezone

from forkopimda.alerts.models import Delivery
from forkopimda.elections import example as elections
from forkopimda.elections.models import Election, PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions as meeting_actions
from forkopimda.meetings import example as meetings
from forkopimda.people import example as people
from forkopimda.people.models import Institution, User
from security import actions as security
from security import example as levels
from tests.asn_neutrality import made as asn
from tests.asn_neutrality.planted import plant
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, make_person, make_regions
from tests.meetings.publishing import publish
from tests.security.assessing import assess
from tests.security.guards.made import guard_keys
from tests.security.incidents.reporting import worked_incident

from .rows import ROLES

NEIGHBOUR = {BATU_BARA: LAUT_TADOR, ASAHAN: "12.09.08"}


@dataclass
class World:
    """`keys` names rows of Batu Bara; `here` and `there` have one user per role, and for `None`
    here an account without any."""

    media: Path
    keys: dict = field(default_factory=dict)
    here: dict = field(default_factory=dict)
    there: dict = field(default_factory=dict)
    cases: list = field(default_factory=list)

    def enter(self, user: User) -> Client:
        """The user signed in; an examiner has unlocked their key and said why."""
        client = Client()
        client.force_login(user)
        if user.case_keys.exists():
            asn.unlock_desk(client, user, self.cases)
        return client

    def clients(self) -> dict:
        """One signed-in client per role of Batu Bara."""
        return {role: self.enter(user) for role, user in self.here.items() if role}


def build(media: Path) -> World:
    """All of it, in the database of the test."""
    regions = make_regions()
    people.load(password=None)
    levels.load()
    elections.load()
    meetings.load()
    make_person(regions, "viewer", username="penerima")
    security.rate_region(by=SYSTEM, region=regions[LAUT_TADOR], level="high", reason="contoh")
    world = World(media)
    world.keys = {
        **running_meeting(regions[BATU_BARA]),
        **guard_keys(),
        **worked_incident(regions[LAUT_TADOR]),
        "{meeting}": meetings.load().pk,
        "{assessment}": assess(regions[LAUT_TADOR]).pk,
        "{proposal}": security.propose_level(
            by=make_person(regions, "police_operator", LAUT_TADOR),
            region=regions[LAUT_TADOR],
            level="low",
            reason="contoh",
        ).pk,
        "{station}": PollingStation.objects.within(LAUT_TADOR).first().pk,
        "{upload}": security.keep_upload(
            by=make_person(regions, "police_approver"), name="daftar.csv", content=b"kode\n"
        ).pk,
        "{election}": Election.objects.get(region_id=BATU_BARA).pk,
        "{delivery}": Delivery.objects.filter(recipient__username="penerima").get().pk,
        **publish(regions[BATU_BARA], Institution.objects.get(region_id=BATU_BARA, code="pemkab")),
    }
    for role in ROLES:
        world.here[role] = make_person(regions, role, place(role, BATU_BARA))
        world.there[role] = make_person(regions, role, place(role, ASAHAN))
    world.here[None] = make_person(regions, None)
    asn_rows(world, regions[BATU_BARA])
    return world


def place(role, regency):
    """Where somebody of the role serves: operators of the police in a kecamatan."""
    return NEIGHBOUR[regency] if role == "police_operator" else regency


def asn_rows(world, region):
    """A case full of secrets, sealed to the examiner of the world alone; auditors have a key."""
    examiner = asn.give_key(world.here["asn_examiner"])
    found = plant(region, examiner)
    world.cases = [found.case]
    for user in (world.here["auditor"], world.there["asn_examiner"], world.there["auditor"]):
        asn.give_key(user)
    world.keys |= asn.unit_keys(region) | {
        "{case}": found.case.pk,
        "{report}": found.report.pk,
        "{evidence}": found.evidence.pk,
        "{member}": found.case.members.get().pk,
    }


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
