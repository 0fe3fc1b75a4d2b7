"""Levels of a region's parts, and one region's level with its history and form."""

from __future__ import annotations

from datetime import datetime, time
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from forkopimda.lib.authority import may, require
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.models import Region, TimeZone, ancestors

from .. import actions
from ..forms.levels import DayForm, RatingForm
from ..levels import picture
from ..models import RiskRating

PER_PAGE = 20


@require_GET
@needs("security.view")
def levels(request: HttpRequest) -> HttpResponse:
    """The map and the table of a region's parts, now or at the end of a past day."""
    user = cast(User, request.user)
    code = request.GET.get("wilayah", user.access.home() or "")
    region = _readable(user, code)
    moment, day, error = _as_of(request, region)
    shown = picture(
        user,
        code,
        moment=moment,
        sort=request.GET.get("urut", "tingkat"),
        search=request.GET.get("cari", "").strip()[:100],
    )
    context = {"picture": shown, "region": region, "code": code, "day": day, "error": error}
    template = "security/_levels.html" if request.headers.get("HX-Target") == "levels" else None
    return render(request, template or "security/levels.html", context)


@require_http_methods(["GET", "POST"])
@needs("security.view")
def region(request: HttpRequest, code: str) -> HttpResponse:
    """One region: its level, why, the history, and the form for its police."""
    user = cast(User, request.user)
    place = get_object_or_404(Region.objects.visible_to(user).select_related("parent"), pk=code)
    if request.method == "POST":
        return _rate(request, user, place)
    current = RiskRating.objects.of(code).filter(valid_until=None).first()
    form = RatingForm(initial={"seen": current.pk if current else 0})
    return _region_page(request, user, place, form)


def _rate(request: HttpRequest, user: User, place: Region) -> HttpResponse:
    require(user, "security.rate_region", place)
    form = RatingForm(request.POST)
    if not form.is_valid():
        return _region_page(request, user, place, form, status=422)
    try:
        rating = actions.rate_region(by=user, region=place, **form.cleaned_data)
    except actions.StaleRating as stale:
        data = request.POST.copy()
        data["seen"] = str(stale.current.pk)
        return _region_page(request, user, place, RatingForm(data), stale=stale.current, status=409)
    messages.success(
        request,
        _("Tingkat %(region)s dicatat: %(level)s.")
        % {"region": place.title, "level": rating.get_level_display()},
    )
    return redirect("security:region", code=place.pk)


def _region_page(
    request: HttpRequest,
    user: User,
    place: Region,
    form: RatingForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    moment, day, error = _as_of(request, place)
    history = RiskRating.objects.of(place.pk).with_previous_level()
    page = Paginator(history, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": place,
        "above": _above(user, place),
        "form": form if may(user, "security.rate_region", place) else None,
        "current": RiskRating.objects.of(place.pk).filter(valid_until=None).first(),
        "then": RiskRating.objects.of(place.pk).as_of(moment).first() if moment else None,
        "day": day,
        "error": error,
        "page": page,
        **more,
    }
    return render(request, "security/region.html", context, status=status)


def _readable(user: User, code: str) -> Region | None:
    """The region `code`, None for the country; not found where the reader may not see it."""
    if not code:
        if user.access.home() != "":
            raise Http404
        return None
    return get_object_or_404(Region.objects.visible_to(user), pk=code)


def _above(user: User, place: Region) -> list[Region]:
    codes = [code for code in ancestors(place.pk)[:-1] if user.access.may_read(code)]
    return list(Region.objects.filter(pk__in=codes)) if codes else []


def _as_of(
    request: HttpRequest, place: Region | None
) -> tuple[datetime | None, datetime | None, str]:
    """The end of the asked day in the region's zone, the day itself, and what is wrong with it."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return None, None, _("Tanggal tidak dikenal. Pilih tanggal seperti 2024-11-21.")
    day = form.cleaned_data["per"]
    if day is None:
        return None, None, ""
    zone = ZoneInfo(place.time_zone if place else TimeZone.WIB)
    if day > timezone.localtime(timezone=zone).date():
        return None, None, _("Tanggal itu belum tiba. Pilih hari ini atau sebelumnya.")
    return datetime.combine(day, time.max, tzinfo=zone), day, ""
