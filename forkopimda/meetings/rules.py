"""Who may read and write meetings.

Readers hold a role in the meeting's region or in one that contains it: whoever serves in a
kecamatan does not read the meetings of the regency. A draft is read by the secretariat and the
auditor alone; a restricted meeting also by the institutions invited. The secretariat plans,
invites and takes minutes; the chair's institution approves them; whoever is responsible for a
follow-up reports on it.
"""

from __future__ import annotations

from typing import Any

import rules
from django.utils.crypto import constant_time_compare

from forkopimda.lib.authority import Actor
from forkopimda.people.models import Role

from .invitee import Invitee
from .models import Meeting
from .visitors import Visitor


@rules.predicate
def enters(by: Actor, _subject: Any = None) -> bool:
    """Whoever has a role has a list of meetings, if perhaps an empty one."""
    return bool(by.access.grants)


@rules.predicate
def reads_meeting(by: Actor, meeting: Meeting | None = None) -> bool:
    """As the module says."""
    if meeting is None:
        return bool(by.access.grants)
    if not by.access.covers(meeting.region_id, *Role.values):
        return False
    if by.access.covers(meeting.region_id, Role.SECRETARIAT, Role.AUDITOR):
        return True
    if meeting.sent_at is None:
        return False
    return not meeting.restricted or _invited(by, meeting)


def _invited(by: Actor, meeting: Meeting) -> bool:
    institution = getattr(by, "institution_id", None)
    invited = meeting.attendances.filter(institution=institution, removed_at=None)
    return bool(institution) and invited.exists()


@rules.predicate
def plans_in(by: Actor, region: Any = None) -> bool:
    """The secretariat plans meetings in its region."""
    if region is None:
        return by.access.holds(Role.SECRETARIAT)
    return by.access.covers(region.pk, Role.SECRETARIAT)


@rules.predicate
def writes_meeting(by: Actor, meeting: Meeting | None = None) -> bool:
    """The secretariat keeps the meetings of its region."""
    if meeting is None:
        return by.access.holds(Role.SECRETARIAT)
    return by.access.covers(meeting.region_id, Role.SECRETARIAT)


@rules.predicate
def approves(by: Actor, meeting: Meeting | None = None) -> bool:
    """The officials of the institution that chairs the meeting approve its minutes."""
    if meeting is None:
        return by.access.holds(Role.VIEWER)
    return (
        by.access.covers(meeting.region_id, Role.VIEWER)
        and meeting.chair_id is not None
        and meeting.chair_id == getattr(by, "institution_id", None)
    )


@rules.predicate
def reads_part(by: Actor, part: Any = None) -> bool:
    """As `reads_meeting`, for what belongs to a meeting."""
    return reads_meeting(by, part.meeting if part else None)


@rules.predicate
def writes_part(by: Actor, part: Any = None) -> bool:
    """As `writes_meeting`, for what belongs to a meeting."""
    return writes_meeting(by, part.meeting if part else None)


@rules.predicate
def works_follow_up(by: Actor, follow_up: Any = None) -> bool:
    """The secretariat, and the accounts of the responsible institution that read the meeting."""
    if follow_up is None:
        return bool(by.access.grants)
    if writes_meeting(by, follow_up.meeting):
        return True
    return follow_up.institution_id == getattr(by, "institution_id", None) and reads_meeting(
        by, follow_up.meeting
    )


@rules.predicate
def stands_at_the_door(by: Actor, meeting: Meeting | None = None) -> bool:
    """Whoever has read the code that hangs on the wall now."""
    return (
        isinstance(by, Visitor)
        and meeting is not None
        and meeting.sent_at is not None
        and constant_time_compare(by.key, meeting.checkin_key)
    )


@rules.predicate
def answers(by: Actor, attendance: Any = None) -> bool:
    """Whoever holds the invitation's link, and the accounts of the invited institution that read
    the meeting."""
    if isinstance(by, Invitee):
        return attendance is not None and attendance.pk == by.attendance_id
    if attendance is None:
        return bool(by.access.grants)
    own = attendance.institution_id is not None and (
        attendance.institution_id == getattr(by, "institution_id", None)
    )
    return own and reads_meeting(by, attendance.meeting)


@rules.predicate
def reads_of_follow_up(by: Actor, part: Any = None) -> bool:
    """As `reads_meeting`, for what belongs to a follow-up."""
    return reads_meeting(by, part.follow_up.meeting if part else None)


@rules.predicate
def reads_letter(by: Actor, letter: Any = None) -> bool:
    """The secretariat and auditors see to whom letters went."""
    if letter is None:
        return by.access.holds(Role.SECRETARIAT, Role.AUDITOR)
    return by.access.covers(letter.attendance.meeting.region_id, Role.SECRETARIAT, Role.AUDITOR)


@rules.predicate
def reads_letterhead(by: Actor, letterhead: Any = None) -> bool:
    """As for the institutions of a region."""
    if letterhead is None:
        return bool(by.access.grants)
    return by.access.may_read(letterhead.institution.region_id)


@rules.predicate
def keeps_letterhead(by: Actor, subject: Any = None) -> bool:
    """The secretariat and administrators, of an institution of theirs or its letterhead."""
    keepers = (Role.SECRETARIAT, Role.ADMINISTRATOR)
    if subject is None:
        return by.access.holds(*keepers)
    institution = getattr(subject, "institution", subject)
    return by.access.covers(institution.region_id, *keepers)


rules.add_perm("meetings.enter", enters)
rules.add_perm("meetings.view", reads_meeting)
rules.add_perm("meetings.view_part", reads_part)
rules.add_perm("meetings.view_of_follow_up", reads_of_follow_up)
rules.add_perm("meetings.view_letter", reads_letter)
rules.add_perm("meetings.plan", plans_in)
rules.add_perm("meetings.change", writes_meeting)
rules.add_perm("meetings.change_part", writes_part)
rules.add_perm("meetings.approve", approves)
rules.add_perm("meetings.preview", writes_meeting | approves)
rules.add_perm("meetings.view_letterhead", reads_letterhead)
rules.add_perm("meetings.keep_letterhead", keeps_letterhead)
rules.add_perm("meetings.work_follow_up", works_follow_up)
rules.add_perm("meetings.comment", reads_part)
rules.add_perm("meetings.answer", answers)
rules.add_perm("meetings.check_in", stands_at_the_door)
