"""Adding a polling station, and changing one."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forkopimda.elections import actions
from forkopimda.elections.rules import STATION_KEEPERS
from forkopimda.lib.authority import REGENCY_LENGTH, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import Level, Region, RegionQuerySet, under

from ...forms.stations import NewStationForm, StationForm
from .detail import visible_station


@require_http_methods(["GET", "HEAD", "POST"])
@needs("elections.keep_stations")
def add(request: HttpRequest) -> HttpResponse:
    """A new station of a village; whoever keeps a province chooses the regency first."""
    user = cast(User, request.user)
    region = asked_region(request, villages=True)
    if region is None or len(region.pk) < REGENCY_LENGTH:
        regions = Region.objects.visible_to(user).children_of(region.pk if region else "")
        return render(request, "stations/add_where.html", {"region": region, "regions": regions})
    require(user, "elections.keep_stations", region.pk)
    villages = _villages(user, region)
    initial = {"village": request.GET.get("desa", "") or region.pk}
    form = NewStationForm(
        request.POST if request.method == "POST" else None, villages=villages, initial=initial
    )
    if form.is_valid():
        try:
            station = actions.save_station(by=user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("%(name)s ditambahkan.") % {"name": station})
            return redirect("stations:detail", pk=station.pk)
    context = {"form": form, "region": region, "any": villages.exists()}
    return render(request, "stations/form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("elections.keep_stations")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Number, place, point and kind of a station. Its village is changed in the admin."""
    user = cast(User, request.user)
    station = visible_station(user, pk)
    require(user, "elections.keep_station", station)
    form = StationForm(request.POST) if request.method == "POST" else StationForm.of(station)
    status, stale = (422 if form.is_bound else 200), None
    if form.is_valid():
        try:
            actions.save_station(
                by=user,
                station=station,
                village=station.village,
                in_use=station.in_use,
                **form.cleaned_data,
            )
        except actions.StaleStation as error:
            stale, status = error.current, 409
            data = request.POST.copy()
            data["seen"] = stale.fingerprint
            form = StationForm(data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Data %(name)s disimpan.") % {"name": station})
            return redirect("stations:detail", pk=pk)
    context = {"form": form, "station": station, "stale": stale, "any": True}
    return render(request, "stations/form.html", context, status=status)


def _villages(user: User, region: Region) -> RegionQuerySet:
    kept = Region.objects.within(region.pk).filter(level=Level.VILLAGE)
    return kept.filter(under("code", user.access.scopes(*STATION_KEEPERS)))
