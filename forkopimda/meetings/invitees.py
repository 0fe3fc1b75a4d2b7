"""Who is invited, who could be, and where else they are expected at the same time."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from forkopimda.people.models import Institution, Membership

from .models import Attendance, Letter, Meeting, Stage
from .recipients import addresses_of

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor

    from .models.meeting import MeetingQuerySet

#: How many clashes a page names; beyond that, the day itself is wrong.
SHOWN_CLASHES = 20


@dataclass(frozen=True)
class Row:
    """One invitee as a table shows them."""

    attendance: Attendance
    letters: list[Letter]


@dataclass
class Clash:
    """Another meeting at the same time, and who is expected at both. `title` is empty where the
    reader may not open it."""

    meeting: Meeting
    open: bool
    who: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Post:
    """To where an invitation would go."""

    attendance: Attendance
    addresses: list[str]


def invitees(meeting: Meeting) -> QuerySet[Attendance]:
    """Those invited and not withdrawn, in the forum's order."""
    rows = meeting.attendances.filter(removed_at=None)
    return rows.select_related("institution", "official", "meeting__region")


def rows_with_letters(meeting: Meeting) -> list[Row]:
    """The invitees, each with the newest letter to each of their addresses."""
    newest = Letter.objects.filter(attendance__meeting=meeting)
    newest = newest.order_by("attendance_id", "address", "-id").distinct("attendance_id", "address")
    letters: dict[int, list[Letter]] = {}
    for letter in newest:
        letters.setdefault(letter.attendance_id, []).append(letter)
    return [Row(row, letters.get(row.pk, [])) for row in invitees(meeting)]


def standing_not_invited(meeting: Meeting) -> list[Institution]:
    """The institutions that belong to every meeting of the region's forum and are not invited."""
    there = meeting.attendances.filter(removed_at=None, institution__isnull=False)
    missing = Institution.objects.standing().filter(region=meeting.region_id)
    return list(missing.exclude(pk__in=there.order_by().values("institution")))


def members_and_guests(
    institutions: list[Institution],
) -> tuple[list[Institution], list[Institution]]:
    """The forum's statutory members and its guests, apart."""
    guests = [row for row in institutions if row.membership == Membership.INVITED]
    return [row for row in institutions if row not in guests], guests


def post_of(meeting: Meeting) -> list[Post]:
    """To which addresses the invitations would go, and who has none."""
    rows = list(invitees(meeting))
    addresses = addresses_of(meeting, rows)
    return [Post(row, [address for address, _language in addresses[row.pk]]) for row in rows]


def clashes(meeting: Meeting, by: Actor) -> list[Clash]:
    """Other meetings at the same time to which any of the same people are expected.

    Drafts of others are no appointment yet, and count only for who may open them.
    """
    if meeting.stage == Stage.CANCELLED:
        return []
    found: dict[int, Clash] = {}
    visible = set(_overlapping(meeting).visible_to(by).values_list("pk", flat=True))
    for row in _shared(meeting):
        other = row.meeting
        if other.pk not in visible and other.stage == Stage.DRAFT:
            continue
        clash = found.setdefault(other.pk, Clash(other, other.pk in visible))
        clash.who.append(str(row.institution or row.who))
    return sorted(found.values(), key=lambda clash: clash.meeting.starts_at)[:SHOWN_CLASHES]


def _overlapping(meeting: Meeting) -> MeetingQuerySet:
    others = Meeting.objects.exclude(pk=meeting.pk).exclude(stage=Stage.CANCELLED)
    return others.filter(starts_at__lt=meeting.ends_at, ends_at__gt=meeting.starts_at)


def _shared(meeting: Meeting) -> QuerySet[Attendance]:
    own = meeting.attendances.filter(removed_at=None).order_by()
    same = (
        Q(institution__in=own.exclude(institution=None).values("institution"))
        | Q(official__in=own.exclude(official=None).values("official"))
        | Q(email__in=own.exclude(email="").values("email"))
    )
    rows = Attendance.objects.filter(same, removed_at=None, meeting__in=_overlapping(meeting))
    return rows.select_related("meeting__region", "institution", "official").order_by("pk")[:200]
