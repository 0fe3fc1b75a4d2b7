"""What this app offers the dashboard: cases to those who see or count them, pledges to all."""

from __future__ import annotations

from django.db.models import Count, Exists, OuterRef, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import REGENCY_LENGTH, Actor, may
from forkopimda.lib.panels import Offer, Panel

from .models import CLOSED, READERS, Case, Report
from .pledge_totals import totals
from .statistics import numbers


def open_cases(by: Actor, code: str) -> Panel | None:
    """Examiners and auditors: the cases that they see, open, overdue, with news of a reporter.
    Those who may only count: what the statistics publish of the region. One query."""
    scopes = by.access.scopes(*READERS)
    if any(code.startswith(scope) or scope.startswith(code) for scope in scopes):
        return _own(by, code)
    if may(by, "asn_neutrality.count", code):
        return _counted(code)
    return None


def _own(by: Actor, code: str) -> Panel:
    unread = Exists(Report.objects.filter(case=OuterRef("pk"), is_unread=True))
    going = ~Q(state__in=CLOSED)
    rows = Case.objects.visible_to(by).within(code).order_by()
    counts = rows.aggregate(
        count=Count("pk", filter=going),
        late=Count("pk", filter=going & Q(due_on__lt=timezone.localdate())),
        unread=Count("pk", filter=unread),
    )
    return Panel(
        title=_("Netralitas ASN"),
        template="asn_neutrality/_panel.html",
        context={**counts, "own": True},
        link=reverse("asn_neutrality:register"),
    )


def _counted(code: str) -> Panel:
    """Only a regency has numbers of its own; above it there are only its parts."""
    today = timezone.localdate()
    found = numbers(code, today.year, today) if len(code) == REGENCY_LENGTH else None
    return Panel(
        title=_("Netralitas ASN"),
        template="asn_neutrality/_panel.html",
        context={"numbers": found, "year": str(today.year)},
        link=f"{reverse('asn_counts:statistics')}?wilayah={code}",
    )


def pledges(by: Actor, code: str) -> Panel | None:
    """How many of the region's civil servants have signed the pledge. One query."""
    if not may(by, "asn_neutrality.view_pledges"):
        return None
    return Panel(
        title=_("Ikrar netralitas"),
        template="asn_neutrality/pledges/_panel.html",
        context={"totals": totals(by, code)},
        link=f"{reverse('asn_pledges:list')}?wilayah={code}",
    )


OFFERS = [
    Offer(key="cases", build=open_cases, topics=("asn_neutrality",)),
    Offer(key="pledges", build=pledges, topics=("pledges",)),
]
