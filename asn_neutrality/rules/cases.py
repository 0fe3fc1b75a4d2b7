"""Cases: seeing, working, opening, and reporting."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role, User

from ..models import READERS, Case, Member

#: Who may learn how many cases there are, without seeing any.
COUNTERS = (
    Role.VIEWER,
    Role.SECRETARIAT,
    Role.ADMINISTRATOR,
    Role.ASN_EXAMINER,
    Role.AUDITOR,
)


@rules.predicate
def enters(by: Actor, _subject: Any = None) -> bool:
    """Whoever has a role may learn what the register is for."""
    return bool(by.access.grants)


@rules.predicate
def sees_case(by: Actor, case: Any = None) -> bool:
    """Auditors of the region, and the case's examiners."""
    if case is None:
        return by.access.holds(*READERS)
    return bool(Case.objects.visible_to(by).filter(pk=case.pk).exists())


@rules.predicate
def sees_part(by: Actor, part: Any = None) -> bool:
    """As `sees_case`, for what belongs to a case."""
    return sees_case(by, part.case if part else None)


@rules.predicate
def works_case(by: Actor, case: Any = None) -> bool:
    """Examiners work the cases they belong to."""
    if case is None:
        return by.access.holds(Role.ASN_EXAMINER)
    return by.access.covers(case.region_id, Role.ASN_EXAMINER) and belongs(by, case)


@rules.predicate
def opens_case(by: Actor, case: Any = None) -> bool:
    """Members open the content: examiners, and auditors whom an examiner let in."""
    if case is None:
        return by.access.holds(*READERS)
    return by.access.covers(case.region_id, *READERS) and belongs(by, case)


@rules.predicate
def registers_in(by: Actor, region: Any = None) -> bool:
    """Examiners enter reports in their regions."""
    if region is None:
        return by.access.holds(Role.ASN_EXAMINER)
    return by.access.covers(region.pk, Role.ASN_EXAMINER)


@rules.predicate
def reports(_by: Actor, _region: Any = None) -> bool:
    """Everybody may report."""
    return True


@rules.predicate
def counts(by: Actor, code: str | None = None) -> bool:
    """Officials, secretariat, administrators, examiners and auditors may count cases."""
    if code is None:
        return by.access.holds(*COUNTERS)
    return by.access.covers(code, *COUNTERS)


@rules.predicate
def erases(_by: Actor, _case: Any = None) -> bool:
    """Nobody erases by hand: the schedule does, after the time that the catalogue says."""
    return False


def belongs(by: Actor, case: Case) -> bool:
    """Whether the person is a member of the case today; of a case without a key, everybody is."""
    if not isinstance(by, User):
        return False
    if not case.is_sealed:
        return True
    return Member.objects.filter(case=case, user=by, removed_at=None).exists()


rules.add_perm("asn_neutrality.enter", enters)
rules.add_perm("asn_neutrality.view", sees_case)
rules.add_perm("asn_neutrality.view_part", sees_part)
rules.add_perm("asn_neutrality.work", works_case)
rules.add_perm("asn_neutrality.open", opens_case)
rules.add_perm("asn_neutrality.register", registers_in)
rules.add_perm("asn_neutrality.report", reports)
rules.add_perm("asn_neutrality.count", counts)
rules.add_perm("asn_neutrality.erase", erases)
