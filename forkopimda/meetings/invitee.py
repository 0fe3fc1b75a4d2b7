"""Whoever answers an invitation by the link in its letter, without signing in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import ClassVar

from django.core.signing import BadSignature, Signer

from forkopimda.lib.authority import Access

from .models import Attendance

_signer = Signer(salt="forkopimda.meetings.invitation", sep=".")


@dataclass(frozen=True)
class Invitee:
    """The holder of one invitation's link: may answer that invitation and nothing else."""

    attendance_id: int
    title: str
    access: ClassVar[Access] = Access()

    @classmethod
    def of(cls, attendance: Attendance) -> Invitee:
        """The holder of this invitation's link."""
        return cls(attendance.pk, attendance.title)

    def get_username(self) -> str:
        """The name that audit records keep."""
        return f"undangan: {self.title}"


def token_of(attendance: Attendance) -> str:
    """The part of an invitation's link that only we can make. It names the invitation."""
    return _signer.sign(str(attendance.pk))


def attendance_of(token: str) -> Attendance | None:
    """The invitation that a link names; None where the link is not one of ours."""
    try:
        key = int(_signer.unsign(token))
    except (BadSignature, ValueError):
        return None
    rows = Attendance.objects.select_related("meeting__region", "institution", "official")
    found: Attendance | None = rows.filter(pk=key).first()
    return found
