"""To which addresses invitees' letters go, and which accounts are reminded."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from forkopimda.lib.authority import REGENCY_LENGTH, may
from forkopimda.people.models import Role, RoleGrant, User
from forkopimda.people.models.user import UserQuerySet
from forkopimda.regions.models import ancestors

from .models import Attendance, Meeting

#: Of one invitee: addresses, each with the language of who reads there.
Addresses = list[tuple[str, str]]


def addresses_of(meeting: Meeting, invited: Iterable[Attendance]) -> dict[int, Addresses]:
    """The addresses of these invitees of the meeting, by their keys: the one noted for this
    meeting, else those of the institution's accounts whose role covers the meeting's region."""
    invited = list(invited)
    asked = {row.institution_id for row in invited if row.institution_id and not row.email}
    users = _serving(asked, meeting).exclude(email="").order_by("pk")
    accounts: dict[int | None, Addresses] = {}
    for institution, email, language in users.values_list("institution", "email", "language"):
        accounts.setdefault(institution, []).append((email, language))
    return {
        row.pk: [(row.email, "id")] if row.email else accounts.get(row.institution_id, [])
        for row in invited
    }


def accounts_of(institution_id: int | None, meeting: Meeting) -> list[User]:
    """The institution's active accounts that may read the meeting."""
    if institution_id is None:
        return []
    users = _serving({institution_id}, meeting)
    return [user for user in users if may(user, "meetings.view", meeting)]


def secretaries(meeting: Meeting) -> list[User]:
    """The active accounts of the secretariat of the meeting's region, up to its regency."""
    places = [code for code in ancestors(meeting.region_id) if len(code) >= REGENCY_LENGTH]
    grants = RoleGrant.objects.filter(role=Role.SECRETARIAT, region__in=places)
    return list(User.objects.filter(is_active=True, pk__in=grants.order_by().values("user")))


def _serving(institutions: set[int], meeting: Meeting) -> UserQuerySet:
    """The institutions' active accounts with a role that covers the meeting's region."""
    places = Q(region=None) | Q(region__in=ancestors(meeting.region_id))
    return User.objects.get_queryset().filter(
        institution__in=institutions,
        is_active=True,
        pk__in=RoleGrant.objects.filter(places).order_by().values("user"),
    )
