"""Follow-ups of the meeting, and what earlier ones left unfinished."""

from __future__ import annotations

from typing import Any

from forkopimda.lib.authority import may
from forkopimda.people.models import User

from ..actions.follow import to_carry
from ..models import Meeting


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """What the meeting gave out; for its keepers, how much could be carried here."""
    carries = (
        meeting.is_upcoming
        and meeting.cancelled_at is None
        and meeting.minutes_open
        and may(by, "meetings.change", meeting)
    )
    return {
        "follow_ups": meeting.follow_ups.select_related("institution", "decision"),
        "carry_count": to_carry(meeting).count() if carries else 0,
    }
