"""Who may read and rate the levels of regions."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role
from forkopimda.regions.models import Level as RegionLevel


@rules.predicate
def reads_levels(by: Actor, rating: Any = None) -> bool:
    """Whoever has a role reads the levels of their regency."""
    if rating is None:
        return bool(by.access.grants)
    return by.access.may_read(rating.region_id)


@rules.predicate
def rates_region(by: Actor, region: Any = None) -> bool:
    """The Polres rates the regency and its kecamatan, a Polsek its own kecamatan."""
    if region is None:
        return by.access.holds(Role.POLICE_APPROVER, Role.POLICE_OPERATOR)
    if region.level == RegionLevel.KECAMATAN:
        return by.access.covers(region.code, Role.POLICE_APPROVER, Role.POLICE_OPERATOR)
    if region.level == RegionLevel.REGENCY:
        return by.access.covers(region.code, Role.POLICE_APPROVER)
    return False


rules.add_perm("security.view", reads_levels)
rules.add_perm("security.rate_region", rates_region)
