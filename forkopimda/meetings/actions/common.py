"""What all writers of meetings do: check and store a row, leave a record, tell open pages."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import Model
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor
from forkopimda.lib.live import announce

from ..models import Meeting, Stage


def store(row: Model, fields: dict[str, Any]) -> None:
    """Sets the fields, checks the whole row, stores it. Texts lose the space around them."""
    for name, value in fields.items():
        setattr(row, name, value.strip() if isinstance(value, str) else value)
    row.full_clean()
    row.save()


def noted(by: Actor, act: str, target: Model, meeting: Meeting, **data: Any) -> None:
    """Leaves the audit record and tells open pages. A restricted meeting's title stays inside;
    records of one that not all may read are for auditors alone, whatever else they hold."""
    if meeting.is_closed:
        data["closed"] = True
    title = "–" if meeting.restricted else meeting.title
    record(by=by, act=act, target=target, region=meeting.region_id, title=title, **data)
    announce("meetings", region=meeting.region_id)


def plain(fields: dict[str, Any]) -> dict[str, str]:
    """The fields as JSON texts, for the audit trail."""
    return {
        name: value.isoformat() if isinstance(value, date | datetime) else str(value)
        for name, value in fields.items()
    }


def held(meeting: Meeting) -> Meeting:
    """The meeting as it stands now, kept from other writers until this action commits."""
    meetings = Meeting.objects.select_for_update(no_key=True, of=("self",))
    return cast(Meeting, meetings.select_related("region").get(pk=meeting.pk))


def check_open(meeting: Meeting) -> None:
    """Raises ValidationError where the meeting is cancelled or its minutes are approved."""
    if meeting.stage == Stage.CANCELLED:
        raise ValidationError(_("Rapat ini dibatalkan; tidak ada yang dapat dicatat lagi."))
    if not meeting.minutes_open:
        raise ValidationError(_("Notulen sudah disetujui dan terkunci. Mulai koreksi dahulu."))


def name_of(by: Actor) -> str:
    """The name that readers know the actor by."""
    return str(getattr(by, "display_name", "")) or by.get_username()
