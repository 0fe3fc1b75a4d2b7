"""What this app offers the dashboard."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, cast

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.panels import Offer, Panel
from forkopimda.people.models import Role

from .board import DONE_IN_TIME
from .models import FollowUp, FollowUpState, Meeting
from .models.followup import FollowUpQuerySet

#: Which due dates the share of follow-ups done on time looks back to.
LOOK_BACK = timedelta(days=90)
SHOWN = 3


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


def follow_ups(by: Actor, code: str) -> Panel | None:
    """How many of the follow-ups that fell due were done on time, and whose are overdue.

    Counted are those of meetings that the reader may open. None as for `next_meeting`. Two queries.
    """
    visible = FollowUp.objects.visible_to(by).filter(meeting__region__code__startswith=code)
    rows = cast(FollowUpQuerySet, visible)
    today = timezone.localdate()
    fell_due = rows.filter(due_on__gte=today - LOOK_BACK, due_on__lt=today)
    counts = fell_due.exclude(state=FollowUpState.CANCELLED).aggregate(
        all=Count("pk"), in_time=Count("pk", filter=DONE_IN_TIME)
    )
    overdue = _by_institution(rows, today)
    if not counts["all"] and not overdue and not by.access.covers(code, *Role.values):
        return None
    share = round(100 * counts["in_time"] / counts["all"]) if counts["all"] else None
    return Panel(
        title=_("Tindak lanjut rapat"),
        template="meetings/_follow_up_panel.html",
        context={
            "share": share,
            "counts": counts,
            "overdue": overdue[:SHOWN],
            "others": len(overdue) > SHOWN,
            "days": LOOK_BACK.days,
        },
        link=reverse("meetings:board"),
    )


def _by_institution(rows: FollowUpQuerySet, today: date) -> list[dict[str, Any]]:
    """Institutions with the most overdue follow-ups; one more than is shown, to say so."""
    counted = (
        rows.overdue(today)
        .order_by()
        .values("institution__name")
        .annotate(count=Count("pk"))
        .order_by("-count", "institution__name")
    )
    return list(counted[: SHOWN + 1])


OFFERS = [
    Offer(key="meetings", build=next_meeting, topics=("meetings",)),
    Offer(key="follow-ups", build=follow_ups, topics=("meetings",)),
]
