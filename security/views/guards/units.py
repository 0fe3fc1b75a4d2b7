"""Units: the list, one unit with its postings, and the forms for them."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.paginator import Paginator
from django.db.models import Q, Sum
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import Region, RegionQuerySet

from ... import actions
from ...actions.units import HOMES, mark_of
from ...forms.guards import UnitFilters, UnitForm
from ...models import Posting, Unit
from ...models.guard import UnitQuerySet

PER_PAGE = 25


@require_safe
@needs("security.view_guards")
def units(request: HttpRequest) -> HttpResponse:
    """Units that serve the region: strength, posted now, free."""
    user, region = cast(User, request.user), asked_region(request)
    filters = UnitFilters(request.GET)
    page = Paginator(listed(user, region, filters), PER_PAGE).get_page(request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    posted = posted_now(list(page))
    context = {
        "region": region,
        "page": page,
        "rows": [
            (unit, posted.get(unit.pk, 0), max(0, unit.strength - posted.get(unit.pk, 0)))
            for unit in page
        ],
        "filters": filters,
        "narrowed": any(request.GET.get(name) for name in filters.fields),
        "query": query.urlencode(),
        "may_add": may(user, "security.keep_guards", region.pk if region else ""),
        "may_import": may(user, "security.keep_guards"),
    }
    return render(request, "guards/units.html", context, status=422 if filters.errors else 200)


def listed(by: User, region: Region | None, filters: UnitFilters) -> UnitQuerySet:
    """Units that serve the region and fit the filters, in the list's order."""
    rows = Unit.objects.visible_to(by).serving(region.pk if region else "")
    rows = filters.narrow(rows) if filters.is_valid() else rows.none()
    return rows.select_related("region").order_by("-in_use", "region_id", "kind", "name")


def posted_now(shown: list[Unit]) -> dict[int, int]:
    """How many people each unit has posted at this moment. One query."""
    postings = Posting.objects.at(timezone.now()).filter(unit__in=shown).order_by()
    return dict(postings.values_list("unit").annotate(people=Sum("people")))


@require_safe
@needs("security.view_guards")
def unit(request: HttpRequest, pk: int) -> HttpResponse:
    """One unit and where it is, was and will be."""
    user, row = cast(User, request.user), _visible(request, pk)
    postings = Posting.objects.visible_to(user).filter(unit=row).select_related("region")
    page = Paginator(postings.order_by("-starts_at", "-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    posted = posted_now([row]).get(row.pk, 0)
    context = {
        "unit": row,
        "page": page,
        "posted": posted,
        "free": max(0, row.strength - posted),
        "may_edit": may(user, "security.keep_unit", row),
    }
    return render(request, "guards/unit.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.keep_guards")
def add_unit(request: HttpRequest) -> HttpResponse:
    """The police record a unit of the region or of one of its parts."""
    user, region = cast(User, request.user), asked_region(request)
    homes = _homes(user, region)
    form = UnitForm(request.POST if request.method == "POST" else None, homes=homes)
    if form.is_valid():
        try:
            row = actions.save_unit(by=user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Satuan %(name)s dicatat.") % {"name": row.name})
            return redirect("guards:unit", pk=row.pk)
    context = {"form": form, "title": _("Satuan baru")}
    return render(request, "guards/unit_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.keep_guards")
def edit_unit(request: HttpRequest, pk: int) -> HttpResponse:
    """The police change a unit."""
    user, row = cast(User, request.user), _visible(request, pk)
    require(user, "security.keep_unit", row)
    form = UnitForm(request.POST if request.method == "POST" else None, unit=row)
    status, stale = 422 if form.is_bound else 200, None
    if form.is_valid():
        try:
            row = actions.save_unit(by=user, unit=row, **form.cleaned_data)
        except actions.StaleUnit as error:
            stale, status = error.unit, 409
            data = request.POST.copy()
            data["seen"] = mark_of(stale)
            form = UnitForm(data, unit=stale)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Perubahan satuan disimpan."))
            return redirect("guards:unit", pk=pk)
    context = {"form": form, "title": _("Ubah satuan"), "unit": row, "stale": stale}
    return render(request, "guards/unit_form.html", context, status=status)


def _homes(user: User, region: Region | None) -> RegionQuerySet:
    """The region and its parts, of those where the reader keeps units."""
    code = region.pk if region else ""
    own = Region.objects.visible_to(user).filter(level__in=HOMES)
    nearby = own.filter(Q(pk=code) | Q(parent=code or None))
    kept = [place.pk for place in nearby if may(user, "security.keep_guards", place.pk)]
    if not kept:
        raise PermissionDenied
    return own.filter(pk__in=kept)


def _visible(request: HttpRequest, pk: int) -> Unit:
    rows = Unit.objects.visible_to(cast(User, request.user)).select_related("region")
    return cast(Unit, get_object_or_404(rows, pk=pk))
