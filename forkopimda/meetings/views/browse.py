"""Finding meetings: the list with its search, and the calendar."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from ..filters import MeetingFilters
from ..finding import finds
from ..models import Meeting
from ..month import Month, meetings_by_day

PER_PAGE = 20


@require_safe
@needs("meetings.view")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings that the reader may open, as the filters say; a wrong filter shows none."""
    user = cast(User, request.user)
    filters = MeetingFilters(request.GET, by=user)
    meetings = Meeting.objects.none()
    if filters.is_valid():
        meetings = filters.narrow(Meeting.objects.visible_to(user))
    page = Paginator(meetings.select_related("region"), PER_PAGE).get_page(request.GET.get("page"))
    shown = list(page)
    found = finds(shown, filters.words)
    context = {
        "page": page,
        "rows": [(meeting, found.get(meeting.pk, [])) for meeting in shown],
        "filters": filters,
        "may_plan": may(user, "meetings.plan"),
    }
    return render(request, "meetings/list.html", context, status=422 if filters.errors else 200)


@require_safe
@needs("meetings.view")
def calendar(request: HttpRequest) -> HttpResponse:
    """A month of the meetings that the reader may open; the present one by default."""
    asked = request.GET.get("bulan", "")
    month = Month.parse(asked) if asked else Month.present()
    shown = month or Month.present()
    days, left_out = meetings_by_day(cast(User, request.user), shown)
    context = {
        "month": shown,
        "weeks": [[(day, days.get(day, [])) for day in week] for week in shown.weeks()],
        "any": any(shown.holds(day) for day in days),
        "today": timezone.localdate(),
        "left_out": left_out,
        "wrong": asked if month is None else "",
    }
    return render(request, "meetings/calendar.html", context, status=422 if month is None else 200)
