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
def reads_unit(by: Actor, unit: Any = None) -> bool:
    """As `reads_guards`; units of what contains the reader's region as well."""
    if unit is None:
        return bool(by.access.grants)
    code = unit.region_id
    return by.access.may_read(code) or any(place.startswith(code) for place in by.access.reads())


@rules.predicate
def reads_guarded(by: Actor, row: Any = None) -> bool:
    """As `reads_guards`, for a station of a posting."""
    return reads_guards(by, None if row is None else row.posting)


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
rules.add_perm("security.view_unit", reads_unit)
rules.add_perm("security.view_guarded", reads_guarded)
rules.add_perm("security.keep_guards", keeps_guards)
rules.add_perm("security.keep_unit", keeps_unit)
rules.add_perm("security.class_station", classes_station)
