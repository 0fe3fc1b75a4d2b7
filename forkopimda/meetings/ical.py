"""Meetings as iCalendar: entries in invitations, and a person's calendar of meetings."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parseaddr

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event, vCalAddress, vText

from .models import Answer, Attendance, Letter, LetterKind, Meeting, Stage

PRODUCT = "-//Forkopimda//Rapat//ID"
PARTICIPATION = {
    Answer.NONE: "NEEDS-ACTION",
    Answer.COMES: "ACCEPTED",
    Answer.REPRESENTED: "DELEGATED",
    Answer.DECLINES: "DECLINED",
}


@dataclass(frozen=True)
class Entry:
    """A calendar entry in a letter: what it asks of the reader's calendar, and its text."""

    method: str
    text: str


def entry_of(letter: Letter, url: str) -> Entry:
    """The entry that a letter carries to the one who is invited; `url` is where they answer."""
    attendance = letter.attendance
    withdrawn = letter.kind == LetterKind.CANCELLATION
    event = _event(attendance.meeting, url=url, stamp=letter.created_at)
    event["SEQUENCE"] = letter.sequence
    event["STATUS"] = "CANCELLED" if withdrawn else "CONFIRMED"
    if attendance.removed_at is not None:
        event["DESCRIPTION"] = vText(url)  # what is on the agenda is no longer theirs to read
    event.add("attendee", _attendee(attendance, letter.address), encode=False)
    method = "CANCEL" if withdrawn else "REQUEST"
    return Entry(method, _calendar([event], method).to_ical().decode())


def feed_of(meetings: Iterable[Meeting], name: str) -> bytes:
    """These meetings as a calendar that programs subscribe to."""
    now = timezone.now()
    events = [
        _event(meeting, url=f"{settings.BASE_URL}/rapat/{meeting.pk}/", stamp=now)
        for meeting in meetings
    ]
    calendar = _calendar(events, "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", "PT1H", parameters={"VALUE": "DURATION"}, encode=False)
    return calendar.to_ical()


def _calendar(events: list[Event], method: str) -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", method)
    for event in events:
        calendar.add_component(event)
    return calendar


def _event(meeting: Meeting, *, url: str, stamp: datetime) -> Event:
    event = Event()
    event.add("uid", f"{meeting.uid}@forkopimda")
    event.add("dtstamp", stamp.astimezone(UTC))
    event.add("sequence", meeting.sequence)
    event.add("summary", meeting.title)
    event.add("dtstart", meeting.starts_at.astimezone(UTC))
    event.add("dtend", meeting.ends_at.astimezone(UTC))
    event.add("location", meeting.place)
    event.add("description", _description(meeting, url))
    event.add("url", url)
    event.add("status", _status(meeting))
    event.add("organizer", _organizer(meeting), encode=False)
    return event


def _status(meeting: Meeting) -> str:
    """What the calendar says: a draft is tentative, to those who see it at all."""
    if meeting.stage == Stage.CANCELLED:
        return "CANCELLED"
    return "TENTATIVE" if meeting.stage == Stage.DRAFT else "CONFIRMED"


def _description(meeting: Meeting, url: str) -> str:
    lines = [str(item) for item in meeting.agenda.all()]
    if meeting.stage == Stage.CANCELLED:
        lines.insert(0, _("Rapat ini dibatalkan: %(reason)s") % {"reason": meeting.cancel_reason})
    return "\n".join([*lines, url])


def _organizer(meeting: Meeting) -> vCalAddress:
    _name, address = parseaddr(settings.DEFAULT_FROM_EMAIL)
    organizer = vCalAddress(f"mailto:{address}")
    organizer.params["CN"] = vText(_("Sekretariat, %(region)s") % {"region": meeting.region})
    return organizer


def _attendee(attendance: Attendance, address: str) -> vCalAddress:
    attendee = vCalAddress(f"mailto:{address}")
    chairs = attendance.institution_id and attendance.institution_id == attendance.meeting.chair_id
    attendee.params["CN"] = vText(attendance.who)
    attendee.params["ROLE"] = vText("CHAIR" if chairs else "REQ-PARTICIPANT")
    attendee.params["PARTSTAT"] = vText(PARTICIPATION[Answer(attendance.answer)])
    # Answers are given on the page: nobody reads the mail box that invitations come from.
    attendee.params["RSVP"] = vText("FALSE")
    return attendee
