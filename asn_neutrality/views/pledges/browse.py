"""How far the units of a region are with their pledges: the list, one unit, its evidence."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.files import serve
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region

from ...forms.pledges import PledgeFilters
from ...models import CivilUnit, Pledge, PledgeReminder
from ...pledge_totals import totals
from ...whereabouts import choices

if TYPE_CHECKING:
    from forkopimda.regions.models import Region

    from ...models.unit import CivilUnitQuerySet

PER_PAGE = 25
PRINTED_MOST = 1_000
SHOWN_REMINDERS = 5


@require_safe
@never_cache
@needs("asn_neutrality.view_pledges")
def unit_list(request: HttpRequest) -> HttpResponse:
    """The region's units with who has signed. `cetak` asks for many of them on one sheet."""
    user, region = cast(User, request.user), asked_region(request)
    filters = PledgeFilters(request.GET)
    printed = bool(request.GET.get("cetak"))
    paginator = Paginator(listed(user, region, filters), PRINTED_MOST if printed else PER_PAGE)
    query = request.GET.copy()
    for name in ("page", "cetak"):
        query.pop(name, None)
    context = {
        "region": region,
        "regions": choices(user, region),
        "totals": totals(user, region.pk if region else ""),
        "filters": filters,
        "page": paginator.get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "printed": printed,
        "today": timezone.localdate(),
        "may_keep": may(user, "asn_neutrality.keep_pledges", region)
        if region
        else may(user, "asn_neutrality.keep_pledges"),
    }
    status = 422 if filters.errors else 200
    return render(request, "asn_neutrality/pledges/list.html", context, status=status)


def listed(by: User, region: Region | None, filters: PledgeFilters) -> CivilUnitQuerySet:
    """Units of the region that the filters let through, in the list's order."""
    rows = CivilUnit.objects.visible_to(by).within(region.pk if region else "")
    rows = filters.narrow(rows) if filters.is_valid() else rows.none()
    return rows.select_related("region")


@require_safe
@never_cache
@needs("asn_neutrality.view_pledges")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit: its standing, each count with its evidence, the latest reminders."""
    user, row = cast(User, request.user), visible_unit(request, pk)
    counts = Pledge.objects.visible_to(user).filter(unit=row).order_by("-counted_on", "-pk")
    reminders = PledgeReminder.objects.visible_to(user).filter(unit=row).order_by("-pk")
    may_keep = may(user, "asn_neutrality.keep_pledges", row.region)
    context: dict[str, Any] = {
        "unit": row,
        "page": Paginator(counts, PER_PAGE).get_page(request.GET.get("page")),
        "reminders": list(reminders[:SHOWN_REMINDERS]) if may_keep else [],
        "may_keep": may_keep,
    }
    return render(request, "asn_neutrality/pledges/unit.html", context)


@require_safe
@never_cache
@needs("asn_neutrality.view_pledges")
def evidence(request: HttpRequest, pk: int) -> HttpResponse:
    """The sheet behind one count, to be saved."""
    pledges = Pledge.objects.visible_to(cast(User, request.user))
    pledge = cast(Pledge, get_object_or_404(pledges, pk=pk))
    if not pledge.evidence:
        raise Http404
    return serve(pledge.evidence, pledge.evidence_name, pledge.evidence_type)


def visible_unit(request: HttpRequest, pk: int) -> CivilUnit:
    """The unit with its region; not found where the reader may not see it."""
    units = CivilUnit.objects.visible_to(cast(User, request.user)).select_related("region")
    return cast(CivilUnit, get_object_or_404(units, pk=pk))
