"""What this app offers the dashboard."""

from __future__ import annotations

from datetime import timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Window
from django.urls import reverse
from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor, may
from forkopimda.lib.panels import Offer, Panel
from forkopimda.regions.models import TimeZone
from forkopimda.regions.zones import time_zone_of

from .levels import picture
from .models import EarlyWarning, Incident, IncidentSeverity, RiskRating, Scheme
from .shortage import overview, usual_moment, voting_morning
from .waiting import waiting_for

SHOWN = 5
SHOWN_SHORT = 3
#: How long after a voting morning its stations still ask for guards.
AFTER_VOTING = timedelta(days=2)
SHOWN_INCIDENTS = 4


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


def warnings(by: Actor, code: str) -> Panel | None:
    """Kecamatan of the region for which more is suggested than the level in force."""
    if not may(by, "security.view"):
        return None
    above = (
        EarlyWarning.objects.visible_to(by)
        .filter(region__code__startswith=code)
        .above_current()
        .select_related("region")
        .annotate(total=Window(Count("*")))
    )
    shown = list(above[:SHOWN])
    return Panel(
        title=_("Peringatan dini"),
        template="security/_warning_panel.html",
        context={"warnings": shown, "total": shown[0].total if shown else 0},
        link=f"{reverse('security:warnings')}?wilayah={code}",
    )


def waiting(by: Actor, code: str) -> Panel | None:
    """Proposals and reviews that wait for the reader; None where nothing does."""
    found = waiting_for(by, code)
    if found is None:
        return None
    return Panel(
        title=_("Menunggu Anda"),
        template="security/_waiting.html",
        context={"waiting": found},
        link=reverse("security:proposals"),
    )


def incidents(by: Actor, code: str) -> Panel | None:
    """Incidents that ask for work, by severity, and the newest ones. Two queries."""
    if not may(by, "security.view_incidents"):
        return None
    rows = Incident.objects.visible_to(by).within(code)
    counted = rows.unfinished().order_by().values("severity").annotate(count=Count("pk"))
    found = {row["severity"]: row["count"] for row in counted}
    counts = [
        {"severity": each.value, "get_severity_display": each.label, "count": found[each]}
        for each in reversed(IncidentSeverity)
        if each in found
    ]
    newest = rows.exclude(state__in=["rejected", "duplicate"]).select_related("region__parent")
    return Panel(
        title=_("Insiden"),
        template="incidents/_panel.html",
        context={"counts": counts, "incidents": list(newest[:SHOWN_INCIDENTS])},
        link=f"{reverse('incidents:list')}?wilayah={code}",
    )


def guards(by: Actor, code: str) -> Panel | None:
    """Where guards are short on the voting day ahead; once it is long past, who is on duty now.
    Four queries."""
    if not may(by, "security.view_guards"):
        return None
    morning = voting_morning(by, code, ZoneInfo(time_zone_of(code) or TimeZone.WIB))
    moment = usual_moment(morning)
    shown = overview(by, code, moment, brief=True)
    return Panel(
        title=_("Pengamanan TPS"),
        template="guards/_panel.html",
        context={
            "overview": shown,
            "totals": shown.totals,
            "rows": [row for row in shown.rows if row.short][:SHOWN_SHORT],
            "moment": moment,
            "voting": morning is not None and morning > moment - AFTER_VOTING,
        },
        link=f"{reverse('guards:overview')}?wilayah={code}",
    )


LEVELS = Offer(key="levels", build=levels, topics=("levels",))
OFFERS = [
    Offer(key="waiting", build=waiting, topics=("proposals", "levels")),
    Offer(key="incidents", build=incidents, topics=("incidents",)),
    Offer(key="changes", build=recent_changes, topics=("levels",)),
    Offer(key="guards", build=guards, topics=("guards", "stations")),
    Offer(key="warnings", build=warnings, topics=("warnings", "levels")),
]
