"""Who may read and rate the levels of regions, propose, assess, and keep frames and policies."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import REGENCY_LENGTH, Actor
from forkopimda.people.models import Role
from forkopimda.regions.models import Level as RegionLevel

from ..models import Policy

POLICE = (Role.POLICE_APPROVER, Role.POLICE_OPERATOR)
RATED = (RegionLevel.REGENCY, RegionLevel.KECAMATAN)


@rules.predicate
def reads_levels(by: Actor, rating: Any = None) -> bool:
    """Whoever has a role reads the levels of their regency, and what they rest on."""
    if rating is None:
        return bool(by.access.grants)
    return by.access.may_read(rating.region_id)


@rules.predicate
def assesses(by: Actor, region: Any = None) -> bool:
    """The Polres assesses the regency and its kecamatan, a Polsek its own kecamatan."""
    if region is None:
        return by.access.holds(*POLICE)
    if region.level == RegionLevel.KECAMATAN:
        return by.access.covers(region.code, *POLICE)
    return approves(by, region)


@rules.predicate
def approves(by: Actor, region: Any = None) -> bool:
    """The Polres decides on the regency and its kecamatan."""
    if region is None:
        return by.access.holds(Role.POLICE_APPROVER)
    return region.level in RATED and by.access.covers(region.code, Role.POLICE_APPROVER)


@rules.predicate
def rates_region(by: Actor, region: Any = None) -> bool:
    """The Polres rates directly; a Polsek too where its regency has turned approval off."""
    if region is None:
        return by.access.holds(*POLICE)
    if approves(by, region):
        return True
    return assesses(by, region) and not Policy.objects.of(region.code).approval


@rules.predicate
def decides_proposal(by: Actor, proposal: Any = None) -> bool:
    """The Polres approves or returns what a Polsek of its regency proposed."""
    if proposal is None:
        return by.access.holds(Role.POLICE_APPROVER)
    return by.access.covers(proposal.region_id, Role.POLICE_APPROVER)


@rules.predicate
def withdraws_proposal(by: Actor, proposal: Any = None) -> bool:
    """Whoever proposed may take it back."""
    if proposal is None:
        return by.access.holds(*POLICE)
    return proposal.author_id == getattr(by, "pk", None)


@rules.predicate
def reads_frames(by: Actor, frame: Any = None) -> bool:
    """Whoever has a role reads the frames of their region, and those for the whole country."""
    if frame is None or not getattr(frame, "region_id", None):
        return bool(by.access.grants)
    code = frame.region_id
    return by.access.may_read(code) or any(place.startswith(code) for place in by.access.reads())


@rules.predicate
def keeps_frames(by: Actor, frame: Any = None) -> bool:
    """Administrators keep the frames of their region; the country's, if theirs is the country."""
    if frame is None:
        return by.access.holds(Role.ADMINISTRATOR)
    return by.access.covers(frame.region_id or "", Role.ADMINISTRATOR)


@rules.predicate
def keeps_policy(by: Actor, policy: Any = None) -> bool:
    """Administrators keep the settings of the regencies in their region."""
    if policy is None:
        return by.access.holds(Role.ADMINISTRATOR)
    return by.access.covers(policy.region_id[:REGENCY_LENGTH], Role.ADMINISTRATOR)


rules.add_perm("security.view", reads_levels)
rules.add_perm("security.rate_region", rates_region)
rules.add_perm("security.approve", approves)
rules.add_perm("security.assess", assesses)
rules.add_perm("security.propose", assesses)
rules.add_perm("security.decide_proposal", decides_proposal)
rules.add_perm("security.withdraw_proposal", withdraws_proposal)
rules.add_perm("security.view_frames", reads_frames)
rules.add_perm("security.keep_frames", keeps_frames)
rules.add_perm("security.view_policy", reads_levels)
rules.add_perm("security.keep_policy", keeps_policy)
