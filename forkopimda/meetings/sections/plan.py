"""Plan and invitations."""

from __future__ import annotations

from typing import Any

from forkopimda.lib.authority import may
from forkopimda.people.models import User

from ..models import Meeting


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """Who is invited, and what the reader may do with the plan."""
    invitees = meeting.attendances.filter(removed_at=None)
    return {
        "attendances": invitees.select_related("institution", "official"),
        "may_edit": may(by, "meetings.change", meeting),
    }
