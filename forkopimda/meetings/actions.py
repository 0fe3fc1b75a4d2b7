"""The only writers of meetings, their agenda and attendance."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.people.models import Tenure

from .models import AgendaItem, Attendance, Kind, Meeting

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
    _store(meeting, fields)
    _record(by, "meetings.plan_meeting", meeting, meeting, after=_plain(fields))
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
    _store(meeting, fields)
    changed = [name for name in fields if old[name] != getattr(meeting, name)]
    before = _plain({name: old[name] for name in changed})
    after = _plain({name: getattr(meeting, name) for name in changed})
    _record(by, "meetings.edit_meeting", meeting, meeting, before=before, after=after)
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
    _store(item, {"meeting": meeting, "number": number, "title": title, "minutes": minutes})
    _record(by, "meetings.set_agenda_item", item, meeting, number=number, item=item.title)
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
    _store(attendance, fields)
    _record(by, "meetings.invite", attendance, meeting, institution=institution.name)
    return attendance


@action
def record_attendance(
    *,
    by: Actor,
    attendance: Attendance,
    status: str,
    representative_name: str = "",
    reason: str = "",
) -> Attendance:
    """Notes whether an institution came, by whom it was represented, or why it could not come."""
    require(by, "meetings.change_part", attendance)
    before = attendance.status
    _store(
        attendance,
        {"status": status, "representative_name": representative_name, "reason": reason},
    )
    _record(
        by,
        "meetings.record_attendance",
        attendance,
        attendance.meeting,
        institution=attendance.institution.name,
        status=attendance.status,
        before=before,
    )
    return attendance


def _store(row: Meeting | AgendaItem | Attendance, fields: dict[str, Any]) -> None:
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.full_clean()
    row.save()


def _record(
    by: Actor, act: str, target: Meeting | AgendaItem | Attendance, meeting: Meeting, **data: Any
) -> None:
    record(by=by, act=act, target=target, region=meeting.region_id, title=meeting.title, **data)
    announce("meetings", region=meeting.region_id)


def _plain(fields: dict[str, Any]) -> dict[str, str]:
    return {
        name: value.isoformat() if isinstance(value, datetime) else str(value)
        for name, value in fields.items()
    }
