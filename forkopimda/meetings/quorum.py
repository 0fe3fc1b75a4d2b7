"""Whether enough invitees are there to decide."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q

from .models import CAME, Meeting


@dataclass(frozen=True)
class Quorum:
    """How many were invited, how many are there, how many are needed."""

    invited: int
    there: int
    needed: int

    @property
    def reached(self) -> bool:
        """Whether the meeting may decide. Nobody invited is nobody there."""
        return bool(self.invited) and self.there >= self.needed

    @property
    def missing(self) -> int:
        """How many more are needed."""
        return max(self.needed - self.there, 0)


def quorum_of(meeting: Meeting) -> Quorum:
    """The quorum as it stands: the meeting's own, else more than half of the invitees."""
    counts = meeting.attendances.filter(removed_at=None).aggregate(
        invited=Count("pk"), there=Count("pk", filter=Q(status__in=CAME))
    )
    needed = meeting.quorum or counts["invited"] // 2 + 1
    return Quorum(invited=counts["invited"], there=counts["there"], needed=needed)
