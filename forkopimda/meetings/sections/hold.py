"""The day itself: quorum, agenda with minutes, decisions."""

from __future__ import annotations

from typing import Any

from forkopimda.lib.authority import may
from forkopimda.people.models import User

from ..models import Meeting
from ..quorum import quorum_of


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """The points of the agenda with their minutes, what was decided, and what the reader may
    do on the day."""
    keeps = may(by, "meetings.change", meeting)
    running = meeting.sent_at is not None and meeting.cancelled_at is None
    return {
        "agenda": meeting.agenda.all(),
        "decisions": meeting.decisions.select_related("item"),
        "quorum": quorum_of(meeting),
        "may_attend": keeps and running,
        "may_write": keeps and meeting.cancelled_at is None and meeting.minutes_open,
    }
