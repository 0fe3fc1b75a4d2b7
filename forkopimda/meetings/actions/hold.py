"""On the day: who came."""

from __future__ import annotations

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import Attendance
from .common import noted, store


@action
def record_attendance(
    *,
    by: Actor,
    attendance: Attendance,
    status: str,
    representative_name: str = "",
    reason: str = "",
) -> Attendance:
    """Notes whether an institution came, by whom it was represented, or why it could not come."""
    require(by, "meetings.change_part", attendance)
    before = attendance.status
    store(
        attendance,
        {"status": status, "representative_name": representative_name, "reason": reason},
    )
    noted(
        by,
        "meetings.record_attendance",
        attendance,
        attendance.meeting,
        institution=attendance.who,
        status=attendance.status,
        before=before,
    )
    return attendance
