"""What this app offers the dashboard."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, may
from forkopimda.lib.panels import Offer, Panel

from .models import Election
from .words import countdown


def days_to_voting(by: Actor, code: str) -> Panel | None:
    """Days to the region's nearest voting day, or since its latest one."""
    if not may(by, "elections.view"):
        return None
    election = Election.objects.visible_to(by).next_for(code)
    return Panel(
        title=_("Hari pemungutan suara"),
        template="elections/_panel.html",
        context={"election": election, "countdown": countdown(election) if election else ""},
        link=reverse("elections:list"),
    )


OFFERS = [Offer(key="countdown", build=days_to_voting, topics=("elections",))]
