"""To which addresses an invitee's letters go."""

from __future__ import annotations

from forkopimda.people.models import User

from .models import Attendance


def addresses(attendance: Attendance) -> list[tuple[str, str]]:
    """Address and language, each address once: the one noted for this meeting, else those of the
    institution's accounts."""
    if attendance.email:
        return [(attendance.email, "id")]
    if attendance.institution_id is None:
        return []
    users = User.objects.filter(institution=attendance.institution_id, is_active=True)
    return list(users.exclude(email="").order_by("pk").values_list("email", "language"))
