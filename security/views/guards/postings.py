"""Postings: the list, one posting, its withdrawal."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region

from ... import actions
from ...forms.guards import PostingFilters
from ...models import Posting, StationRating
from .scope import choices

PER_PAGE = 25


@require_safe
@needs("security.view_guards")
def postings(request: HttpRequest) -> HttpResponse:
    """Who is posted where: what has not ended, or what stands on a day."""
    user, region = cast(User, request.user), asked_region(request)
    code = region.pk if region else ""
    data = request.GET.copy()
    data["wilayah"] = code
    filters = PostingFilters(data, regions=choices(user, region))
    rows = Posting.objects.visible_to(user)
    rows = rows.filter(region__code__startswith=code)
    rows = filters.narrow(rows, region) if filters.is_valid() else rows.none()
    listed = rows.select_related("unit", "region").order_by("starts_at", "region_id", "id")
    page = Paginator(listed, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": region,
        "code": code,
        "page": page,
        "rows": list(page),
        "filters": filters,
        "query": request.GET.urlencode(),
        "narrowed": any(request.GET.get(name) for name in filters.fields),
        "may_post": may(user, "security.keep_guards", code),
    }
    return render(request, "guards/postings.html", context, status=422 if filters.errors else 200)


@require_safe
@needs("security.view_guards")
def posting(request: HttpRequest, pk: int) -> HttpResponse:
    """One posting with its stations."""
    user, row = cast(User, request.user), visible_posting(request, pk)
    guarded = row.guarded.select_related("station__village").order_by(
        "station__village_id", "station__number"
    )
    stations = [each.station for each in guarded]
    classes = StationRating.objects.current().filter(station__in=stations)
    known = dict(classes.values_list("station", "risk_class"))
    context = {
        "posting": row,
        "stations": [(station, known.get(station.pk, "")) for station in stations],
        "may_withdraw": row.may_be_withdrawn and may(user, "security.keep_guards", row.region_id),
    }
    return render(request, "guards/posting.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.keep_guards")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """The police call a posting off, once they have confirmed."""
    user, row = cast(User, request.user), visible_posting(request, pk)
    require(user, "security.keep_guards", row.region_id)
    problem = ""
    if request.method == "POST":
        try:
            actions.withdraw_posting(by=user, posting=row)
        except actions.PostingOver as error:
            problem = error.messages[0]
            row.refresh_from_db()
        else:
            messages.success(
                request,
                _("Penempatan %(unit)s ditarik; %(people)d orang bebas lagi.")
                % {"unit": row.unit, "people": row.people},
            )
            return redirect("guards:posting", pk=pk)
    context = {"posting": row, "problem": problem}
    return render(request, "guards/withdraw.html", context, status=409 if problem else 200)


def visible_posting(request: HttpRequest, pk: int) -> Posting:
    """The posting, not found where the reader may not see its region."""
    rows = Posting.objects.visible_to(cast(User, request.user)).select_related("unit", "region")
    return cast(Posting, get_object_or_404(rows, pk=pk))
