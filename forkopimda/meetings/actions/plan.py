"""Planning: the meeting, its agenda, who is invited."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.people.models import Tenure

from ..models import AgendaItem, Attendance, Kind, Meeting
from .common import noted, plain, store

if TYPE_CHECKING:
    from forkopimda.people.models import Institution, Official
    from forkopimda.regions.models import Region


@action
def plan_meeting(
    *,
    by: Actor,
    region: Region,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str = Kind.FORUM,
    note: str = "",
) -> Meeting:
    """Adds a meeting of a region's leaders."""
    require(by, "meetings.plan", region)
    meeting = Meeting(region=region)
    fields = {
        "title": title,
        "place": place,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "kind": kind,
        "note": note,
    }
    store(meeting, fields)
    noted(by, "meetings.plan_meeting", meeting, meeting, after=plain(fields))
    return meeting


@action
def edit_meeting(
    *,
    by: Actor,
    meeting: Meeting,
    region: Region,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    note: str,
) -> Meeting:
    """Changes what a meeting is about, where and when. The trail keeps what was changed."""
    require(by, "meetings.change", meeting)
    require(by, "meetings.plan", region)
    fields = {
        "region": region,
        "title": title,
        "place": place,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "kind": kind,
        "note": note,
    }
    old = {name: getattr(meeting, name) for name in fields}
    store(meeting, fields)
    changed = [name for name in fields if old[name] != getattr(meeting, name)]
    before = plain({name: old[name] for name in changed})
    after = plain({name: getattr(meeting, name) for name in changed})
    noted(by, "meetings.edit_meeting", meeting, meeting, before=before, after=after)
    return meeting


@action
def set_agenda_item(
    *,
    by: Actor,
    meeting: Meeting,
    number: int,
    title: str,
    minutes: str = "",
    item: AgendaItem | None = None,
) -> AgendaItem:
    """Adds a point to a meeting's agenda, or changes one and its minutes."""
    require(by, "meetings.change", meeting)
    if item is None:
        item = AgendaItem()
    else:
        require(by, "meetings.change_part", item)
    store(item, {"meeting": meeting, "number": number, "title": title, "minutes": minutes})
    noted(by, "meetings.set_agenda_item", item, meeting, number=number, item=item.title)
    return item


@action
def invite(
    *,
    by: Actor,
    meeting: Meeting,
    institution: Institution,
    official: Official | None = None,
    title: str = "",
) -> Attendance:
    """Invites an institution to a meeting.

    Without `official` it is whoever heads the institution on the day of the meeting, if known;
    without `title` it is their title, kept as it was held then.
    """
    require(by, "meetings.change", meeting)
    held = Tenure.objects.on(meeting.day).filter(institution=institution)
    if official is not None:
        held = held.filter(official=official)
    tenure = held.select_related("official").first()
    attendance = Attendance()
    fields = {
        "meeting": meeting,
        "institution": institution,
        "official": official or (tenure.official if tenure else None),
        "title": title or (tenure.title if tenure else institution.head_title),
    }
    store(attendance, fields)
    noted(by, "meetings.invite", attendance, meeting, institution=institution.name)
    return attendance
