"""Documents and attachments."""

from __future__ import annotations

from typing import Any

from forkopimda.people.models import User

from ..models import Meeting


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """Filled by the part of the app that it is about."""
    return {}
