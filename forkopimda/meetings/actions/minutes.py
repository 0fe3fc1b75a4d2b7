"""While the meeting runs: what is said, and what is decided."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import AgendaItem, Decision, Meeting
from .common import check_open, held, name_of, noted, store

MINUTES_LENGTH = 20_000


class MinutesChanged(Exception):
    """Somebody else wrote this part since it was shown. `item` is the part as it stands now."""

    def __init__(self, item: AgendaItem) -> None:
        self.item = item
        super().__init__(f"agenda item {item.pk} is at version {item.minutes_version}")


@action
def save_minutes(*, by: Actor, item: AgendaItem, text: str, seen_version: int) -> AgendaItem:
    """Stores what was said on one point, on top of the version that the writer was shown.

    When another version stands there now, nothing is stored and MinutesChanged carries it. The
    same text sent again is no change: an answer that was lost on the way does no harm.
    """
    require(by, "meetings.change_part", item)
    meeting = held(item.meeting)
    check_open(meeting)
    item = meeting.agenda.get(pk=item.pk)
    item.meeting = meeting
    text = text.replace("\r\n", "\n").strip()
    if text == item.minutes:
        return item
    if len(text) > MINUTES_LENGTH:
        message = _("Notulen satu acara paling panjang %(most)d karakter.")
        raise ValidationError(message % {"most": MINUTES_LENGTH})
    if seen_version != item.minutes_version:
        raise MinutesChanged(item)
    fields = {
        "minutes": text,
        "minutes_version": item.minutes_version + 1,
        "minutes_by": name_of(by),
        "minutes_at": timezone.now(),
    }
    store(item, fields)
    noted(
        by,
        "meetings.save_minutes",
        item,
        meeting,
        number=item.number,
        version=item.minutes_version,
        length=len(text),
    )
    return item


@action
def decide(*, by: Actor, meeting: Meeting, text: str, item: AgendaItem | None = None) -> Decision:
    """Adds a decision, under the meeting's next number."""
    require(by, "meetings.change", meeting)
    meeting = held(meeting)
    check_open(meeting)
    _check_item(meeting, item)
    last = meeting.decisions.aggregate(last=Max("number"))["last"] or 0
    decision = Decision(meeting=meeting, number=last + 1)
    store(decision, {"text": text, "item": item})
    noted(by, "meetings.decide", decision, meeting, number=decision.number)
    return decision


@action
def edit_decision(
    *, by: Actor, decision: Decision, text: str, item: AgendaItem | None = None
) -> Decision:
    """Changes what a decision says. Its number stays, and so does the decision: what was decided
    and taken back is a text that says so."""
    require(by, "meetings.change_part", decision)
    meeting = held(decision.meeting)
    check_open(meeting)
    _check_item(meeting, item)
    decision = meeting.decisions.get(pk=decision.pk)
    decision.meeting = meeting
    store(decision, {"text": text, "item": item})
    noted(by, "meetings.edit_decision", decision, meeting, number=decision.number)
    return decision


def _check_item(meeting: Meeting, item: AgendaItem | None) -> None:
    if item is not None and item.meeting_id != meeting.pk:
        raise ValidationError({"item": _("Acara ini milik rapat lain.")})
