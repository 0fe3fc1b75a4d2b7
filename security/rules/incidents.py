"""Who may read, report, verify and work incidents."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

POLICE = (Role.POLICE_APPROVER, Role.POLICE_OPERATOR)
LINKERS = (*POLICE, Role.SECRETARIAT, Role.ASN_EXAMINER)


@rules.predicate
def reads_incident(by: Actor, incident: Any = None) -> bool:
    """Whoever has a role reads the incidents of their regency."""
    if incident is None:
        return bool(by.access.grants)
    return by.access.may_read(incident.region_id)


@rules.predicate
def reports_incident(by: Actor, code: Any = None) -> bool:
    """The police report incidents anywhere in their regency: duty does not end at a kecamatan."""
    if code is None:
        return by.access.holds(*POLICE)
    return by.access.holds(*POLICE) and by.access.may_read(str(code))


@rules.predicate
def works_incident(by: Actor, incident: Any = None) -> bool:
    """The Polres works all incidents of its region, a Polsek those of its own kecamatan."""
    if incident is None:
        return by.access.holds(*POLICE)
    return by.access.covers(incident.region_id, *POLICE)


@rules.predicate
def verifies_incident(by: Actor, incident: Any = None) -> bool:
    """As `works_incident`, but a Polsek officer does not verify their own report."""
    if incident is None:
        return by.access.holds(*POLICE)
    if by.access.covers(incident.region_id, Role.POLICE_APPROVER):
        return True
    own = incident.reporter_id is not None and incident.reporter_id == getattr(by, "pk", None)
    return works_incident(by, incident) and not own


@rules.predicate
def adds_to_incident(by: Actor, incident: Any = None) -> bool:
    """Who reported an incident adds photos to it, and so does who works it."""
    if incident is None:
        return by.access.holds(*POLICE)
    own = incident.reporter_id is not None and incident.reporter_id == getattr(by, "pk", None)
    return (own and reports_incident(by, incident.region_id)) or works_incident(by, incident)


@rules.predicate
def links_incident(by: Actor, incident: Any = None) -> bool:
    """Who works an incident links it; so do secretariat and ASN examiners of its region."""
    if incident is None:
        return by.access.holds(*LINKERS)
    others = (Role.SECRETARIAT, Role.ASN_EXAMINER)
    return works_incident(by, incident) or by.access.covers(incident.region_id, *others)


@rules.predicate
def reads_part(by: Actor, part: Any = None) -> bool:
    """As `reads_incident`, for a step, photo or link of the incident."""
    return reads_incident(by, part.incident if part else None)


@rules.predicate
def links_case(by: Actor, incident: Any = None) -> bool:
    """Who works neutrality cases enters their numbers: to others these are closed."""
    if incident is None:
        return by.access.holds(Role.ASN_EXAMINER)
    return by.access.covers(incident.region_id, Role.ASN_EXAMINER)


rules.add_perm("security.view_incidents", reads_incident)
rules.add_perm("security.report_incident", reports_incident)
rules.add_perm("security.work_incident", works_incident)
rules.add_perm("security.verify_incident", verifies_incident)
rules.add_perm("security.add_photo", adds_to_incident)
rules.add_perm("security.link_incident", links_incident)
rules.add_perm("security.view_incident_parts", reads_part)
rules.add_perm("security.link_case", links_case)
