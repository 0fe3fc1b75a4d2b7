"""While the meeting runs: note-takers write, each part saves itself, decisions are numbered."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..follow_forms import DecisionForm
from ..models import AgendaItem, Decision, Meeting
from .hold import kept_meeting


@dataclass(frozen=True)
class Part:
    """One field of the editor: the point, what stands in the field, what is wrong with it."""

    item: AgendaItem
    text: str
    conflict: bool = False
    error: str = ""


@never_cache
@require_safe
@needs("meetings.change")
def minutes(request: HttpRequest, pk: int) -> HttpResponse:
    """The editor: a field for each point of the agenda."""
    return _editor(request, kept_meeting(request, pk))


@never_cache
@require_safe
@needs("meetings.change")
def minutes_now(request: HttpRequest, pk: int) -> JsonResponse:
    """What stands in each part now, for the editors of others."""
    meeting = kept_meeting(request, pk)
    parts = {item.pk: _facts(meeting, item) for item in meeting.agenda.all()}
    return JsonResponse({"open": meeting.minutes_open, "parts": parts})


@require_POST
@needs("meetings.change")
def save_minutes(request: HttpRequest, pk: int, item: int) -> HttpResponse:
    """Stores one part: by script as it is typed, or by a plain form."""
    meeting = kept_meeting(request, pk)
    part = cast(AgendaItem, get_object_or_404(meeting.agenda.all(), pk=item))
    part.meeting = meeting
    text, seen = request.POST.get("text", ""), request.POST.get("seen", "")
    by_script = request.headers.get("Accept") == "application/json"
    try:
        part = actions.save_minutes(
            by=cast(User, request.user),
            item=part,
            text=text,
            seen_version=int(seen) if seen.isdecimal() else -1,
        )
    except actions.MinutesChanged as changed:
        if by_script:
            return JsonResponse(_facts(meeting, changed.item), status=409)
        return _editor(request, meeting, Part(changed.item, text, conflict=True), 409)
    except ValidationError as error:
        message = " ".join(error.messages)
        if by_script:
            return JsonResponse({"error": message}, status=422)
        return _editor(request, meeting, Part(part, text, error=message), 422)
    if by_script:
        return JsonResponse(_facts(meeting, part))
    messages.success(
        request, _("Notulen acara nomor %(number)d disimpan.") % {"number": part.number}
    )
    return redirect(f"{reverse('meetings:minutes', args=[pk])}#acara-{item}")


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def decide(request: HttpRequest, pk: int, number: int | None = None) -> HttpResponse:
    """A new decision, or another wording of one that has its number."""
    meeting = kept_meeting(request, pk)
    row = get_object_or_404(meeting.decisions.all(), number=number) if number else None
    initial = {"item": request.GET.get("acara")}
    if row is not None:
        initial = {"text": row.text, "item": row.item_id}
    data = request.POST if request.method == "POST" else None
    form = DecisionForm(data, meeting=meeting, initial=initial)
    if form.is_valid():
        try:
            stored = _decide(cast(User, request.user), meeting, row, form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            message = _("Keputusan nomor %(number)d disimpan.") % {"number": stored.number}
            messages.success(request, message)
            return redirect(f"{reverse('meetings:detail', args=[pk])}#keputusan")
    title = _("Ubah keputusan nomor %(number)d") % {"number": number} if number else ""
    context = {"form": form, "meeting": meeting, "title": title or _("Keputusan baru")}
    return render(request, "meetings/part_form.html", context, status=422 if form.is_bound else 200)


def _decide(by: User, meeting: Meeting, row: Decision | None, data: dict[str, Any]) -> Decision:
    if row is None:
        return actions.decide(by=by, meeting=meeting, **data)
    row.meeting = meeting
    return actions.edit_decision(by=by, decision=row, **data)


def _editor(
    request: HttpRequest, meeting: Meeting, wrong: Part | None = None, status: int = 200
) -> HttpResponse:
    parts = [
        wrong if wrong and wrong.item.pk == item.pk else Part(item, item.minutes)
        for item in meeting.agenda.select_related("carried_from")
    ]
    context = {
        "meeting": meeting,
        "parts": parts,
        "decisions": meeting.decisions.all(),
        "writable": meeting.minutes_open and meeting.cancelled_at is None,
    }
    return render(request, "meetings/minutes.html", context, status=status)


def _facts(meeting: Meeting, item: AgendaItem) -> dict[str, Any]:
    """A part as the editor's script reads it."""
    at = timezone.localtime(item.minutes_at, meeting.zone) if item.minutes_at else None
    return {
        "text": item.minutes,
        "version": item.minutes_version,
        "by": item.minutes_by,
        "at": formats.date_format(at, "TIME_FORMAT") if at else "",
    }
