"""Who may read and write meetings.

Readers hold a role in the meeting's region or in one that contains it: whoever serves in a
kecamatan does not read the meetings of the regency. Only the secretariat writes.
"""

from __future__ import annotations

from typing import Any

import rules

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role


@rules.predicate
def reads_meeting(by: Actor, meeting: Any = None) -> bool:
    """Whoever has a role that covers the meeting's region."""
    if meeting is None:
        return bool(by.access.grants)
    return by.access.covers(meeting.region_id, *Role.values)


@rules.predicate
def plans_in(by: Actor, region: Any = None) -> bool:
    """The secretariat plans meetings in its region."""
    if region is None:
        return by.access.holds(Role.SECRETARIAT)
    return by.access.covers(region.pk, Role.SECRETARIAT)


@rules.predicate
def writes_meeting(by: Actor, meeting: Any = None) -> bool:
    """The secretariat keeps the meetings of its region."""
    if meeting is None:
        return by.access.holds(Role.SECRETARIAT)
    return by.access.covers(meeting.region_id, Role.SECRETARIAT)


@rules.predicate
def reads_part(by: Actor, part: Any = None) -> bool:
    """As `reads_meeting`, for a point of the agenda or an attendance."""
    return reads_meeting(by, part.meeting if part else None)


@rules.predicate
def writes_part(by: Actor, part: Any = None) -> bool:
    """As `writes_meeting`, for a point of the agenda or an attendance."""
    return writes_meeting(by, part.meeting if part else None)


rules.add_perm("meetings.view", reads_meeting)
rules.add_perm("meetings.view_part", reads_part)
rules.add_perm("meetings.plan", plans_in)
rules.add_perm("meetings.change", writes_meeting)
rules.add_perm("meetings.change_part", writes_part)
