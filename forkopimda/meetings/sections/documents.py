"""Documents and attachments."""

from __future__ import annotations

from typing import Any

from forkopimda.lib.authority import may
from forkopimda.people.models import User

from ..document_forms import AttachForm
from ..models import DocumentKind, Meeting, MinutesState, Stage

MOST_SHOWN = 60


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """What was issued and attached, and what the reader may do about it."""
    keeps = may(by, "meetings.change", meeting)
    live = meeting.stage != Stage.CANCELLED
    ready = meeting.minutes_open and meeting.stage == Stage.SENT and meeting.has_started
    return {
        "documents": meeting.documents.all()[:MOST_SHOWN],
        "minutes_kind": DocumentKind.MINUTES,
        "attachments": meeting.attachments.filter(follow_up=None, removed_at=None),
        "may_attach": keeps,
        "attach_form": AttachForm() if keeps else None,
        "may_issue": keeps and live,
        "may_approve": ready and may(by, "meetings.approve", meeting),
        "may_correct": keeps and meeting.minutes_state == MinutesState.APPROVED,
        "lacks_chair": keeps and live and meeting.chair_id is None,
        "waits_for_chair": keeps and ready and meeting.chair_id is not None,
    }
