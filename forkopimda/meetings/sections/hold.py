"""Agenda, minutes and decisions."""

from __future__ import annotations

from typing import Any

from forkopimda.people.models import User

from ..models import Meeting


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """The points of the agenda with their minutes."""
    return {"agenda": meeting.agenda.all()}
