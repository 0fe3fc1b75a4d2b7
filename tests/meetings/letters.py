"""What the tests of letters share: a change as the form makes it, and mail taken apart."""

from icalendar import Calendar

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions


def change(meeting, **changes):
    """Changes a meeting as its form does."""
    names = ("region", "title", "place", "starts_at", "ends_at", "kind", "note")
    fields = {name: getattr(meeting, name) for name in (*names, "chair", "restricted", "quorum")}
    return actions.edit_meeting(by=SYSTEM, meeting=meeting, **fields | changes)


def parts(message):
    """The text, the calendar entry that mail programs act on, and the files, by content type."""
    if hasattr(message, "message"):
        message = message.message()
    found = {part.get_content_type(): part for part in message.walk() if not part.is_multipart()}
    return found, Calendar.from_ical(found["text/calendar"].get_payload(decode=True))


def event_of(message):
    return parts(message)[1].walk("VEVENT")[0]
