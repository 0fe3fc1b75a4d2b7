"""Who may class polling stations, keep units and post guards."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

POLICE = (Role.POLICE_APPROVER, Role.POLICE_OPERATOR)


@rules.predicate
def reads_guards(by: Actor, row: Any = None) -> bool:
    """Whoever has a role reads units, postings and shortages of their regency."""
    if row is None:
        return bool(by.access.grants)
    return by.access.may_read(row.region_id)


@rules.predicate
def keeps_guards(by: Actor, code: Any = None) -> bool:
    """The Polres keeps units and postings of its region. Asked with a region's code."""
    if code is None:
        return by.access.holds(Role.POLICE_APPROVER)
    return by.access.covers(str(code), Role.POLICE_APPROVER)


@rules.predicate
def keeps_unit(by: Actor, unit: Any = None) -> bool:
    """As `keeps_guards`, for a unit."""
    return keeps_guards(by, None if unit is None else unit.region_id)


@rules.predicate
def classes_station(by: Actor, station: Any = None) -> bool:
    """The Polres classes the stations of its region, a Polsek those of its own kecamatan."""
    if station is None:
        return by.access.holds(*POLICE)
    return by.access.covers(station.village_id, *POLICE)


rules.add_perm("security.view_guards", reads_guards)
rules.add_perm("security.keep_guards", keeps_guards)
rules.add_perm("security.keep_unit", keeps_unit)
rules.add_perm("security.class_station", classes_station)
