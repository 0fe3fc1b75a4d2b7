"""The agenda: points in order, numbered from one without a gap."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..models import AgendaItem, Meeting
from .common import check_open, held, name_of, noted, store


@action
def set_agenda_item(
    *,
    by: Actor,
    meeting: Meeting,
    title: str,
    presenter: str | None = None,
    number: int | None = None,
    minutes: str | None = None,
    item: AgendaItem | None = None,
) -> AgendaItem:
    """Adds a point to a meeting's agenda (at its end, without `number`), or changes one.

    What is None stays as it is. `minutes` is for records of the past: note-takers have an action
    of their own, which sees to it that two do not overwrite each other.
    """
    require(by, "meetings.change", meeting)
    if item is not None:
        require(by, "meetings.change_part", item)
    meeting = held(meeting)
    check_open(meeting)
    item = item or AgendaItem()
    fields = {
        "meeting": meeting,
        "number": _number(meeting, item, number),
        "title": title,
        "presenter": item.presenter if presenter is None else presenter,
    }
    if minutes is not None and minutes.strip() != item.minutes:
        fields |= {
            "minutes": minutes,
            "minutes_version": item.minutes_version + 1,
            "minutes_by": name_of(by),
            "minutes_at": timezone.now(),
        }
    store(item, fields)
    noted(by, "meetings.set_agenda_item", item, meeting, **_named(item, meeting))
    return item


@action
def move_agenda_item(*, by: Actor, item: AgendaItem, up: bool) -> AgendaItem:
    """Lets a point change places with the one before it (`up`) or after it. At the end of the
    list it stays where it is."""
    require(by, "meetings.change_part", item)
    meeting = held(item.meeting)
    check_open(meeting)
    item = meeting.agenda.get(pk=item.pk)
    other = meeting.agenda.filter(number=item.number - 1 if up else item.number + 1).first()
    if other is None:
        return item
    item.number, other.number = other.number, item.number
    AgendaItem.objects.bulk_update([item, other], ["number"])
    noted(by, "meetings.move_agenda_item", item, meeting, **_named(item, meeting))
    return item


@action
def remove_agenda_item(*, by: Actor, item: AgendaItem) -> None:
    """Takes a point off the agenda, as long as nothing was said or decided under it."""
    require(by, "meetings.change_part", item)
    meeting = held(item.meeting)
    check_open(meeting)
    item = meeting.agenda.get(pk=item.pk)
    if item.minutes.strip() or item.decisions.exists() or item.follow_ups.exists():
        raise ValidationError(
            _("Acara ini sudah mempunyai notulen, keputusan, atau tindak lanjut.")
        )
    noted(by, "meetings.remove_agenda_item", item, meeting, **_named(item, meeting))
    item.delete()
    rest = list(meeting.agenda.filter(number__gt=item.number))
    for later in rest:
        later.number -= 1
    AgendaItem.objects.bulk_update(rest, ["number"])


def _number(meeting: Meeting, item: AgendaItem, number: int | None) -> int:
    if number is None and item.pk:
        return item.number
    following = meeting.agenda.count() + 1
    if number is not None and number > following:
        raise ValidationError(
            {"number": _("Nomor acara berikutnya adalah %(number)d.") % {"number": following}}
        )
    return number or following


def _named(item: AgendaItem, meeting: Meeting) -> dict[str, object]:
    return {"number": item.number, "item": "–" if meeting.restricted else item.title}
