"""The list of meetings."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from forkopimda.lib.authority import may
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from ..models import Meeting

PER_PAGE = 20


@require_GET
@needs("meetings.view")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings that the reader may open, newest first: all, upcoming or past, by title."""
    user = cast(User, request.user)
    when, words = request.GET.get("waktu", ""), request.GET.get("cari", "").strip()[:100]
    meetings = Meeting.objects.visible_to(user).matching(words).select_related("region")
    if when == "mendatang":
        meetings = meetings.upcoming()
    elif when == "lewat":
        meetings = meetings.past()
    page = Paginator(meetings, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "when": when,
        "words": words,
        "may_plan": may(user, "meetings.plan"),
    }
    return render(request, "meetings/list.html", context)
