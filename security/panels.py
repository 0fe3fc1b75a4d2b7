"""What this app offers the dashboard."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, may
from forkopimda.lib.panels import Offer, Panel

from .levels import picture
from .models import RiskRating, Scheme

SHOWN = 5


def levels(by: Actor, code: str) -> Panel | None:
    """Levels of the region's parts beside the level declared for the region itself."""
    if not may(by, "security.view"):
        return None
    return Panel(
        title=_("Tingkat kerawanan"),
        template="security/_levels.html",
        context={"picture": picture(by, code)},
        link=f"{reverse('security:levels')}?wilayah={code}",
    )


def recent_changes(by: Actor, code: str) -> Panel | None:
    """The newest ratings in the region: who set which level, from which, why."""
    if not may(by, "security.view"):
        return None
    newest = (
        RiskRating.objects.visible_to(by)
        .filter(scheme=Scheme.FORUM, region__code__startswith=code)
        .select_related("region")
        .with_previous_level()
        .order_by("-valid_from", "-id")[:SHOWN]
    )
    return Panel(
        title=_("Perubahan terakhir"),
        template="security/_changes.html",
        context={"ratings": list(newest)},
        link=f"{reverse('security:levels')}?wilayah={code}",
    )


LEVELS = Offer(key="levels", build=levels, topics=("levels",))
OFFERS = [Offer(key="changes", build=recent_changes, topics=("levels",))]
