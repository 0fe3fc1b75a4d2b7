"""Who may read and write elections."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

KEEPERS = (Role.ADMINISTRATOR, Role.ELECTION_OFFICER)
STATION_KEEPERS = (*KEEPERS, Role.POLICE_APPROVER)


@rules.predicate
def reads_election(by: Actor, election: Any = None) -> bool:
    """Whoever has a role reads the elections in which their region takes part."""
    if election is None:
        return bool(by.access.grants)
    code = election.region_id
    return by.access.may_read(code) or any(place.startswith(code) for place in by.access.reads())


@rules.predicate
def keeps_elections(by: Actor, region: Any = None) -> bool:
    """Election officers and administrators keep the elections of their region."""
    if region is None:
        return by.access.holds(*KEEPERS)
    return by.access.covers(region.pk, *KEEPERS)


@rules.predicate
def keeps_election(by: Actor, election: Any = None) -> bool:
    """As `keeps_elections`, for the region of an election."""
    if election is None:
        return by.access.holds(*KEEPERS)
    return by.access.covers(election.region_id, *KEEPERS)


@rules.predicate
def reads_station(by: Actor, station: Any = None) -> bool:
    """Whoever has a role reads the polling stations of their regency."""
    if station is None:
        return bool(by.access.grants)
    return by.access.may_read(station.village_id)


@rules.predicate
def keeps_stations(by: Actor, code: Any = None) -> bool:
    """Election officers, the Polres and administrators keep the list of stations of their region.

    Asked with a region's code.
    """
    if code is None:
        return by.access.holds(*STATION_KEEPERS)
    return by.access.covers(str(code), *STATION_KEEPERS)


@rules.predicate
def keeps_station(by: Actor, station: Any = None) -> bool:
    """As `keeps_stations`, for one station."""
    return keeps_stations(by, None if station is None else station.village_id)


rules.add_perm("elections.view_stations", reads_station)
rules.add_perm("elections.keep_stations", keeps_stations)
rules.add_perm("elections.keep_station", keeps_station)
rules.add_perm("elections.view", reads_election)
rules.add_perm("elections.keep", keeps_elections)
rules.add_perm("elections.change", keeps_election)
