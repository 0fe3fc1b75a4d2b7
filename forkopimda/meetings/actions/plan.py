"""Planning: the meeting itself, changed and cancelled."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action
from forkopimda.people.models import Institution, Membership

from ..models import DocumentKind, Kind, LetterKind, Meeting, Stage
from .common import check_open, held, noted, plain, store
from .letters import write_letters
from .publish import issue_document

if TYPE_CHECKING:
    from forkopimda.regions.models import Region

#: What invitees must hear of once they are invited; a change of the rest is read on the page.
TOLD = ("title", "place", "starts_at", "ends_at")


@action
def plan_meeting(
    *,
    by: Actor,
    region: Region,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str = Kind.FORUM,
    note: str = "",
    chair: Institution | None = None,
    restricted: bool = False,
    quorum: int | None = None,
) -> Meeting:
    """Adds a draft. Without `chair` the meeting is led by the institution that leads the forum."""
    require(by, "meetings.plan", region)
    meeting = Meeting(region=region)
    fields = {
        "title": title,
        "place": place,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "kind": kind,
        "note": note,
        "chair": _chair_of(region, chair),
        "restricted": restricted,
        "quorum": quorum,
    }
    store(meeting, fields)
    noted(by, "meetings.plan_meeting", meeting, meeting, after=_trail(meeting, fields))
    return meeting


class StaleMeeting(ValidationError):
    """Somebody changed the meeting since the form was opened; `current` is what they stored."""

    def __init__(self, current: Meeting) -> None:
        self.current = current
        super().__init__(_("Rapat ini berubah sejak formulir dibuka."), code="stale")


@storing_files
@action
def edit_meeting(
    *,
    by: Actor,
    meeting: Meeting,
    region: Region,
    title: str,
    place: str,
    starts_at: datetime,
    ends_at: datetime,
    kind: str,
    note: str,
    chair: Institution | None,
    restricted: bool,
    quorum: int | None,
    seen: str = "",
) -> Meeting:
    """Changes what a meeting is about, where and when. The trail keeps what was changed.

    `seen` is the `plan_mark` of the meeting as the form showed it; another one by now raises
    StaleMeeting. Without it nothing is compared.

    Once invitations are out, invitees get a letter with the new title, time or place.
    """
    require(by, "meetings.change", meeting)
    require(by, "meetings.plan", region)
    meeting = held(meeting)
    check_open(meeting)
    if seen and seen != meeting.plan_mark:
        raise StaleMeeting(meeting)
    fields = {
        "region": region,
        "title": title,
        "place": place,
        "starts_at": starts_at,
        "ends_at": ends_at,
        "kind": kind,
        "note": note,
        "chair": _chair_of(region, chair),
        "restricted": restricted,
        "quorum": quorum,
    }
    old = {name: getattr(meeting, name) for name in fields}
    was_to_come = meeting.is_upcoming
    if meeting.stage == Stage.SENT and region != meeting.region:
        raise ValidationError(
            {"region": _("Wilayah tidak dapat diubah lagi setelah undangan dikirim.")}
        )
    store(meeting, fields)
    changed = [name for name in fields if old[name] != getattr(meeting, name)]
    if meeting.stage == Stage.SENT and set(changed) & set(TOLD):
        _tell_of_change(by, meeting, was_to_come)
    before = _trail(meeting, {name: old[name] for name in changed})
    after = _trail(meeting, {name: getattr(meeting, name) for name in changed})
    noted(by, "meetings.edit_meeting", meeting, meeting, before=before, after=after)
    return meeting


@action
def cancel_meeting(*, by: Actor, meeting: Meeting, reason: str) -> Meeting:
    """Cancels a meeting that has not ended. Who was invited gets a letter."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    check_open(meeting)
    if not reason.strip():
        raise ValidationError({"reason": _("Tuliskan alasan pembatalan.")})
    if not meeting.is_upcoming:
        raise ValidationError(_("Rapat ini sudah lewat, sehingga tidak dapat dibatalkan."))
    was_sent = meeting.stage == Stage.SENT
    fields = {
        "stage": Stage.CANCELLED,
        "cancelled_at": timezone.now(),
        "cancel_reason": reason,
        "sequence": meeting.sequence + was_sent,
    }
    store(meeting, fields)
    count = write_letters(meeting=meeting, kind=LetterKind.CANCELLATION) if was_sent else 0
    noted(by, "meetings.cancel_meeting", meeting, meeting, count=count)
    return meeting


def _chair_of(region: Region, chair: Institution | None) -> Institution | None:
    if chair is None:
        return region.institutions.filter(membership=Membership.CHAIR).first()
    if not region.pk.startswith(chair.region_id):
        raise ValidationError(
            {"chair": _("Pimpinan rapat harus lembaga di wilayah rapat atau di atasnya.")}
        )
    return chair


def _tell_of_change(by: Actor, meeting: Meeting, was_to_come: bool) -> None:
    if was_to_come or meeting.is_upcoming:
        meeting.sequence += 1
        meeting.save()
        issued = meeting.documents.filter(kind=DocumentKind.INVITATION).exists()
        if issued and meeting.attendances.filter(removed_at=None).exists():
            issue_document(by=by, meeting=meeting, kind=DocumentKind.INVITATION)
        write_letters(meeting=meeting, kind=LetterKind.UPDATE)


def _trail(meeting: Meeting, fields: dict[str, Any]) -> dict[str, str]:
    # What a restricted meeting is about stays with those who may open it.
    shown = {"restricted", "stage", "quorum"} if meeting.restricted else set(fields)
    return plain({name: value for name, value in fields.items() if name in shown})
