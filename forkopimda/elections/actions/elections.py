"""The only writer of elections."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce

from ..models import Election

if TYPE_CHECKING:
    from datetime import date

    from forkopimda.regions.models import Region


@action
def save_election(
    *,
    by: Actor,
    election: Election | None = None,
    region: Region,
    name: str,
    kind: str,
    voting_day: date,
) -> Election:
    """Adds an election, or changes one: a voting day that is moved, a name put right."""
    require(by, "elections.keep", region)
    if election is None:
        election, before = Election(), None
    else:
        require(by, "elections.change", election)
        before = _facts(election)
    election.region, election.name, election.kind = region, name.strip(), kind
    election.voting_day = voting_day
    election.full_clean()
    election.save()
    after = _facts(election)
    record(
        by=by,
        act="elections.save_election",
        target=election,
        region=region.code,
        before=before,
        **after,
    )
    for code in {after["place"], before["place"]} if before else {after["place"]}:
        announce("elections", region=code)
    return election


def _facts(election: Election) -> dict[str, Any]:
    return {
        "name": election.name,
        "kind": election.kind,
        "place": election.region_id,
        "voting_day": election.voting_day.isoformat(),
    }
