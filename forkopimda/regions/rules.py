"""Who may read and write regions."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor


@rules.predicate
def reads_region(by: Actor, region: Any = None) -> bool:
    """Whoever has a role reads the regions of their own regency (or wider scope)."""
    return bool(by.access.grants) if region is None else by.access.may_read(region.pk)


@rules.predicate
def administers_region(by: Actor, region: Any = None) -> bool:
    """Administrators change the regions in their scope."""
    if region is None:
        return by.access.holds("administrator")
    return by.access.covers(region.pk, "administrator")


@rules.predicate
def reads_boundary(by: Actor, boundary: Any = None) -> bool:
    """Whoever reads a region reads its outline."""
    return reads_region(by, None if boundary is None else boundary.region)


rules.add_perm("regions.view", reads_region)
rules.add_perm("regions.view_boundary", reads_boundary)
rules.add_perm("regions.change", administers_region)
