"""What follows from a meeting: given, worked on, finished, carried to the next one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.text import Truncator, capfirst
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import (
    UNFINISHED,
    AgendaItem,
    Decision,
    FollowUp,
    FollowUpNote,
    FollowUpState,
    Meeting,
    Stage,
)
from .common import check_open, held, name_of, noted, plain, store

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from forkopimda.people.models import Institution
    from forkopimda.regions.models import Region

#: Where a follow-up may go from each state.
STEPS: dict[str, tuple[str, ...]] = {
    FollowUpState.OPEN: (
        FollowUpState.IN_PROGRESS,
        FollowUpState.DONE,
        FollowUpState.CANCELLED,
    ),
    FollowUpState.IN_PROGRESS: (FollowUpState.DONE, FollowUpState.CANCELLED),
    FollowUpState.DONE: (FollowUpState.OPEN,),
    FollowUpState.CANCELLED: (FollowUpState.OPEN,),
}


@action
def add_follow_up(
    *,
    by: Actor,
    meeting: Meeting,
    task: str,
    institution: Institution,
    due_on: date,
    person: str = "",
    decision: Decision | None = None,
    item: AgendaItem | None = None,
    place: Region | None = None,
) -> FollowUp:
    """Gives an institution a task, due on a day not before the meeting's."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    check_open(meeting)
    follow_up = FollowUp(meeting=meeting)
    fields = _checked(
        meeting,
        {
            "task": task,
            "institution": institution,
            "due_on": due_on,
            "person": person,
            "decision": decision,
            "item": item,
            "place": place,
        },
    )
    store(follow_up, fields)
    noted(
        by,
        "meetings.add_follow_up",
        follow_up,
        meeting,
        institution=institution.name,
        due_on=due_on.isoformat(),
    )
    return follow_up


@action
def edit_follow_up(*, by: Actor, follow_up: FollowUp, **fields: Any) -> FollowUp:
    """Changes an unfinished follow-up: its text, whose it is, its day. Its own history says so.

    `fields` are those of `add_follow_up`.
    """
    require(by, "meetings.change_part", follow_up)
    follow_up = _current(follow_up)
    if follow_up.state not in UNFINISHED:
        raise ValidationError(_("Tindak lanjut ini sudah berakhir. Buka kembali dahulu."))
    fields = _checked(follow_up.meeting, fields)
    old = {name: getattr(follow_up, name) for name in fields}
    store(follow_up, fields)
    changed = [name for name in fields if old[name] != getattr(follow_up, name)]
    if not changed:
        return follow_up
    _note(by, follow_up, text=_changes(follow_up, old, changed))
    noted(
        by,
        "meetings.edit_follow_up",
        follow_up,
        follow_up.meeting,
        changed=changed,
        **_due_dates(follow_up, old),
    )
    return follow_up


@action
def step_follow_up(
    *,
    by: Actor,
    follow_up: FollowUp,
    state: str,
    text: str = "",
    at: datetime | None = None,
) -> FollowUp:
    """Moves a follow-up on: `text` is the evidence when it is done, the reason when it is
    cancelled, the remark when it is opened again; on the way it may be left out. `at` is for
    records of the past."""
    require(by, "meetings.work_follow_up", follow_up)
    follow_up = _current(follow_up)
    before, text = follow_up.state, text.strip()
    if state not in STEPS[before]:
        raise ValidationError(
            _("Tindak lanjut ini sekarang “%(state)s”. Muat ulang halaman, lalu pilih lagi.")
            % {"state": follow_up.get_state_display()}
        )
    if not text and state in MISSING:
        raise ValidationError({"text": MISSING[state]()})
    finished = state not in UNFINISHED
    if state == FollowUpState.CANCELLED and len(text) > REASON_LENGTH:
        message = _("Alasan paling panjang %(most)d karakter.") % {"most": REASON_LENGTH}
        raise ValidationError({"text": message})
    fields = {
        "state": state,
        "evidence": text if state == FollowUpState.DONE else "",
        "cancel_reason": text if state == FollowUpState.CANCELLED else "",
        "finished_at": (at or timezone.now()) if finished else None,
    }
    store(follow_up, fields)
    _note(by, follow_up, text=text, state=state)
    noted(
        by,
        "meetings.step_follow_up",
        follow_up,
        follow_up.meeting,
        state=state,
        before=before,
        institution=follow_up.institution.name,
    )
    return follow_up


@action
def comment_follow_up(*, by: Actor, follow_up: FollowUp, text: str) -> FollowUpNote:
    """Adds a remark to a follow-up's history, which nobody changes any more."""
    require(by, "meetings.comment", follow_up)
    note = _note(by, follow_up, text=text)
    noted(by, "meetings.comment_follow_up", follow_up, follow_up.meeting)
    return note


@action
def carry_follow_ups(*, by: Actor, meeting: Meeting) -> list[AgendaItem]:
    """Adds one point to the agenda for each unfinished follow-up of the region's earlier
    meetings, the one due first in front; those already there are left out.

    What a restricted meeting gave out stays with its invitees and is not carried.
    """
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    check_open(meeting)
    if not meeting.is_upcoming:
        raise ValidationError(_("Rapat ini sudah selesai. Bawalah ke rapat berikutnya."))
    last = meeting.agenda.aggregate(last=Max("number"))["last"] or 0
    items = []
    for number, follow_up in enumerate(to_carry(meeting), start=last + 1):
        item = AgendaItem(meeting=meeting)
        title = _("Tindak lanjut: %(task)s") % {"task": follow_up.task}
        fields = {
            "number": number,
            "title": Truncator(title).chars(200),
            "presenter": Truncator(follow_up.person or follow_up.institution.name).chars(120),
            "carried_from": follow_up,
        }
        store(item, fields)
        items.append(item)
    if items:
        noted(by, "meetings.carry_follow_ups", meeting, meeting, count=len(items))
    return items


def to_carry(meeting: Meeting) -> QuerySet[FollowUp]:
    """What `carry_follow_ups` would carry to this meeting."""
    there = meeting.agenda.exclude(carried_from=None).order_by().values("carried_from")
    rows = FollowUp.objects.unfinished().filter(
        meeting__region=meeting.region_id,
        meeting__starts_at__lt=meeting.starts_at,
        meeting__restricted=False,
    )
    rows = rows.exclude(meeting__stage=Stage.DRAFT).exclude(meeting=meeting)
    return rows.exclude(pk__in=there).select_related("institution").order_by("due_on", "pk")


REASON_LENGTH = 300
MISSING: dict[str, Callable[[], str]] = {
    FollowUpState.DONE: lambda: _("Tuliskan buktinya: apa yang sudah dikerjakan."),
    FollowUpState.CANCELLED: lambda: _("Tuliskan alasan pembatalannya."),
    FollowUpState.OPEN: lambda: _("Tuliskan mengapa dibuka kembali."),
}


def _current(follow_up: FollowUp) -> FollowUp:
    """The follow-up as it stands now, kept from other writers until the action commits."""
    rows = FollowUp.objects.select_for_update(no_key=True, of=("self",))
    return rows.select_related("meeting__region", "institution").get(pk=follow_up.pk)


def _checked(meeting: Meeting, fields: dict[str, Any]) -> dict[str, Any]:
    """The fields, when they fit the meeting; says beside which field where they do not."""
    errors = {}
    if (due_on := fields.get("due_on")) and due_on < meeting.day:
        errors["due_on"] = _("Tenggat tidak boleh sebelum hari rapat.")
    for name in ("decision", "item"):
        part = fields.get(name)
        if part is not None and part.meeting_id != meeting.pk:
            errors[name] = _("Pilihan ini milik rapat lain.")
    place = fields.get("place")
    if place is not None and not place.pk.startswith(meeting.region_id):
        errors["place"] = _("Wilayah ini di luar wilayah rapat.")
    if errors:
        raise ValidationError(errors)
    return fields


def _note(by: Actor, follow_up: FollowUp, *, text: str, state: str = "") -> FollowUpNote:
    note = FollowUpNote(follow_up=follow_up)
    store(note, {"by_name": name_of(by), "text": text, "state": state})
    return note


def _changes(follow_up: FollowUp, old: dict[str, Any], changed: list[str]) -> str:
    """What was changed, in words, a line per field."""
    names = {field.name: str(field.verbose_name) for field in FollowUp._meta.fields}
    lines = []
    for name in changed:
        words = {
            "field": capfirst(names[name]),
            "before": old[name] or "–",
            "after": getattr(follow_up, name) or "–",
        }
        lines.append(_("%(field)s diubah dari “%(before)s” menjadi “%(after)s”.") % words)
    return Truncator("\n".join(lines)).chars(2000)


def _due_dates(follow_up: FollowUp, old: dict[str, Any]) -> dict[str, Any]:
    before = plain({"due_on": old.get("due_on", follow_up.due_on)})
    return {"before": before, "after": plain({"due_on": follow_up.due_on})}
