"""Who may read and write elections."""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

KEEPERS = (Role.ADMINISTRATOR, Role.ELECTION_OFFICER)


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


rules.add_perm("elections.view", reads_election)
rules.add_perm("elections.keep", keeps_elections)
rules.add_perm("elections.change", keeps_election)
