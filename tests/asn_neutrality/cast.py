"""Everybody who might try to read a case, each with the strongest hand that they could hold."""

from dataclasses import dataclass, field
from pathlib import Path

from django.test import Client

from asn_neutrality import actions
from asn_neutrality.actions.keys import unlock
from asn_neutrality.entries import open_case
from asn_neutrality.models import HomeUnit, Member
from asn_neutrality.sealing import vault
from asn_neutrality.sealing.codes import open_code
from asn_neutrality.unlocking import EXAMINER
from asn_neutrality.views.status import KIND as REPORTER
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.people import actions as people
from forkopimda.people.models import User
from security import actions as security
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR, make_person, make_regions
from tests.security.incidents.reporting import report as report_incident

from .made import PASSPHRASE, give_key, make_unit, receive
from .planted import Planted, plant

#: Members of the case, and those who see that it is there.
WORKERS = frozenset({"member"})
OPENERS = WORKERS | {"member_auditor"}
SEERS = OPENERS | {"auditor"}
#: Who has the role of an examiner or auditor, of this case or not.
EXAMINERS = WORKERS | {"outsider", "conflicted", "former", "examiner_elsewhere"}
AUDITORS = frozenset({"auditor", "member_auditor", "auditor_elsewhere"})
DESK = EXAMINERS | AUDITORS
#: Those of them in whose region the case is.
NEAR = DESK - {"examiner_elsewhere", "auditor_elsewhere"}
ADMINISTRATORS = frozenset({"administrator", "national_administrator"})
COUNTERS = DESK | ADMINISTRATORS | {"viewer", "secretariat"}
OTHER_ROLES = frozenset(
    {"viewer", "police_operator", "police_approver", "secretariat", "election_officer"}
)
WITH_ROLE = DESK | ADMINISTRATORS | OTHER_ROLES
STRANGERS = frozenset({"lapsed", "no_role", "signed_out", "other_reporter", "reporter"})
EVERYBODY = WITH_ROLE | STRANGERS


@dataclass
class Cast:
    """The planted case, the people, and the keys that addresses name."""

    planted: Planted
    media: Path
    users: dict[str, User] = field(default_factory=dict)
    keys: dict[str, object] = field(default_factory=dict)
    codes: dict[str, str] = field(default_factory=dict)
    reports: dict[str, int] = field(default_factory=dict)

    def client(self, who: str) -> Client:
        """Their browser: signed in, their key unlocked as if they had opened the case before."""
        client = Client()
        client.raise_request_exception = False
        user = self.users.get(who)
        if user is not None:
            client.force_login(user)
            if user.case_keys.exists():
                self._unlock(client, user)
        elif who in self.codes:
            held = vault.Vault(REPORTER, self.reports[who], open_code(self.codes[who]).key)
            held.keep()
            client.cookies[vault.cookie_name(REPORTER)] = held.token
        return client

    def _unlock(self, client: Client, user: User) -> None:
        opened = [self.keys["case"], self.keys["main"]]
        notes = {"cases": {str(key): "study" for key in opened}}
        held = vault.Vault(EXAMINER, user.pk, unlock(user, PASSPHRASE), notes)
        held.keep()
        client.cookies[vault.cookie_name(EXAMINER)] = held.token


def assemble(media: Path) -> Cast:
    """All of them, in the database of the test."""
    regions = make_regions()
    here = regions[BATU_BARA]
    unit = make_unit(here)

    def person(role, code=BATU_BARA, **fields):
        return make_person(regions, role, code, **fields)

    users = {
        "member": give_key(person("asn_examiner")),
        "former": give_key(person("asn_examiner")),
        "lapsed": give_key(person("asn_examiner")),
        "conflicted": give_key(person("asn_examiner")),
        "examiner_elsewhere": give_key(person("asn_examiner", ASAHAN)),
    }
    with writing():
        HomeUnit.objects.create(user=users["conflicted"], unit=unit)
    planted = plant(here, users["member"], unit)
    main = receive(here, kind="photo")
    users |= {
        "outsider": give_key(person("asn_examiner")),
        "auditor": give_key(person("auditor")),
        "member_auditor": give_key(person("auditor")),
        "auditor_elsewhere": give_key(person("auditor", ASAHAN)),
        "administrator": person("administrator"),
        "national_administrator": person("administrator", ""),
        "police_operator": person("police_operator", LAUT_TADOR),
        "no_role": person(None),
    }
    for role in ("viewer", "police_approver", "secretariat", "election_officer"):
        users[role] = person(role)
    cast = Cast(planted, media, users)
    _settle(cast)
    incident = report_incident(regions[LAUT_TADOR])
    security.link_case(by=users["member"], incident=incident, number=planted.case.number)
    cast.codes = {"reporter": planted.code, "other_reporter": main.code}
    cast.reports = {"reporter": planted.report.pk, "other_reporter": main.report.pk}
    cast.keys = {
        "case": planted.case.pk,
        "part": planted.case.number[: len("001/NET-ASN")],
        "report": planted.report.pk,
        "evidence": planted.evidence.pk,
        "answer": planted.case.entries.get(kind="to_reporter").evidence.get().pk,
        "note": planted.note.pk,
        "path": planted.evidence.file.name,
        "main": main.report.case.pk,
        "unit": unit.pk,
        "outsider": users["outsider"].pk,
        "incident": incident.pk,
        "member": Member.objects.get(case=planted.case, user=users["member_auditor"]).pk,
    }
    return cast


def _settle(cast: Cast) -> None:
    """An auditor is let in; one examiner is put out, another loses their role."""
    member, case = cast.users["member"], cast.planted.case
    opened = open_case(case, member, unlock(member, PASSPHRASE))
    actions.add_member(by=member, opened=opened, user=cast.users["member_auditor"], why="oversight")
    former = Member.objects.get(case=case, user=cast.users["former"])
    actions.remove_member(by=member, opened=opened, member=former, why="moved")
    for grant in cast.users["lapsed"].grants.all():
        people.revoke_role(by=SYSTEM, grant=grant)
    cast.users["lapsed"] = User.objects.get(pk=cast.users["lapsed"].pk)
