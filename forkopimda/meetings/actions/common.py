"""What all writers of meetings do: check and store a row, leave a record, tell open pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Model

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor
from forkopimda.lib.live import announce

from ..models import Meeting


def store(row: Model, fields: dict[str, Any]) -> None:
    """Sets the fields, checks the whole row, stores it. Texts lose the space around them."""
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.full_clean()
    row.save()


def noted(by: Actor, act: str, target: Model, meeting: Meeting, **data: Any) -> None:
    """Leaves the audit record and tells open pages. A restricted meeting's title stays inside."""
    title = "–" if meeting.restricted else meeting.title
    record(by=by, act=act, target=target, region=meeting.region_id, title=title, **data)
    announce("meetings", region=meeting.region_id)


def plain(fields: dict[str, Any]) -> dict[str, str]:
    """The fields as JSON texts, for the audit trail."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else str(value)
        for name, value in fields.items()
    }
