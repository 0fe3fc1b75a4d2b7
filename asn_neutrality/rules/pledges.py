"""Units and their pledges: open to who shares the region's picture, kept by the secretariat."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

KEEPERS = (Role.SECRETARIAT, Role.ADMINISTRATOR)


@rules.predicate
def reads_pledges(by: Actor, unit: Any = None) -> bool:
    """Whoever may read the region's shared picture."""
    if unit is None:
        return bool(by.access.grants)
    return by.access.may_read(unit.region_id)


@rules.predicate
def reads_pledge(by: Actor, pledge: Any = None) -> bool:
    """As `reads_pledges`, for what belongs to a unit."""
    return reads_pledges(by, pledge.unit if pledge else None)


@rules.predicate
def keeps_pledges(by: Actor, region: Any = None) -> bool:
    """The secretariat and administrators keep units and pledges of their regions."""
    if region is None:
        return by.access.holds(*KEEPERS)
    return by.access.covers(region.pk, *KEEPERS)


rules.add_perm("asn_neutrality.view_pledges", reads_pledges)
rules.add_perm("asn_neutrality.view_pledge", reads_pledge)
rules.add_perm("asn_neutrality.keep_pledges", keeps_pledges)
