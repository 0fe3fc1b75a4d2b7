"""What this app offers the dashboard."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.panels import Offer, Panel
from forkopimda.people.models import Role

from .models import Meeting


def next_meeting(by: Actor, code: str) -> Panel | None:
    """The region's next meeting, else its latest one.

    None for whoever may not read the region's own meetings and has none of a part of it.
    """
    meetings = Meeting.objects.visible_to(by).within(code).select_related("region")
    meeting = meetings.upcoming().first() or meetings.first()
    if meeting is None and not by.access.covers(code, *Role.values):
        return None
    upcoming = meeting is None or meeting.is_upcoming
    return Panel(
        title=_("Rapat berikutnya") if upcoming else _("Rapat terakhir"),
        template="meetings/_panel.html",
        context={"meeting": meeting},
        link=reverse("meetings:list"),
    )


OFFERS = [Offer(key="meetings", build=next_meeting, topics=("meetings",))]
