"""What the tests of letters share: a change as the form makes it, and mail taken apart."""

import re

from icalendar import Calendar

from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from tests.processes import wait_until


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


def mail_to(mailbox, username, subject):
    """The mail to that account whose subject begins so, once it has come."""

    def found():
        mails = [mail for mail in mailbox.messages if mail["Subject"].startswith(subject)]
        return [mail for mail in mails if mail["To"] == f"{username}@batubara.example"]

    wait_until(lambda: len(found()) == 1, 30, f"{subject}{username}")
    return found()[0]


def sequence(mail):
    """What the calendar entry asks for, and the how-manieth change it is."""
    _files, calendar = parts(mail)
    return calendar["METHOD"], event_of(mail)["SEQUENCE"]


def link_in(mail):
    return re.search(r"http\S+/rapat/undangan/\S+", mail.get_body(("plain",)).get_content())[0]
