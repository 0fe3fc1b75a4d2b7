"""Plan and invitations."""

from __future__ import annotations

from typing import Any

from forkopimda.lib.authority import may
from forkopimda.people.models import User

from ..invitees import Row, invitees, rows_with_letters
from ..models import Answer, Meeting, Stage


def section(by: User, meeting: Meeting) -> dict[str, Any]:
    """Who is invited and what they answered, and what the reader may do with the plan."""
    may_edit = may(by, "meetings.change", meeting)
    rows = rows_with_letters(meeting) if may_edit else [Row(row, []) for row in invitees(meeting)]
    return {
        "rows": rows,
        "answers": _counts(rows),
        "may_edit": may_edit,
        "may_see_letters": may_edit and meeting.sent_at is not None,
        "may_answer": _may_answer(by, meeting, rows),
    }


def _counts(rows: list[Row]) -> list[tuple[str, int]]:
    given = [row.attendance.answer for row in rows]
    return [(str(answer.label), given.count(answer)) for answer in Answer]


def _may_answer(by: User, meeting: Meeting, rows: list[Row]) -> bool:
    if meeting.stage != Stage.SENT or meeting.has_started or by.institution_id is None:
        return False
    return any(row.attendance.institution_id == by.institution_id for row in rows)
