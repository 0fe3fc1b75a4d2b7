"""One meeting, composed of its sections."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.people.models import User

from ..models import Meeting
from ..sections import documents, follow, hold, plan

SECTIONS = (plan, hold, follow, documents)


@require_safe
@needs("meetings.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Time and place, invitees, agenda with minutes, decisions, follow-ups, documents."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    context: dict[str, object] = {"meeting": meeting}
    for section in SECTIONS:
        context |= section.section(user, meeting)
    return render(request, "meetings/detail.html", context)


def visible_meeting(user: User, pk: int) -> Meeting:
    """The meeting, not found where the reader may not open it."""
    meetings = Meeting.objects.visible_to(user).select_related("region", "chair")
    return cast(Meeting, get_object_or_404(meetings, pk=pk))
