"""One polling station: its class and why, who guards it, what happened there; its forms."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from forkopimda.elections import actions as elections
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from ... import actions
from ...forms.stations import ClassForm
from ...models import (
    Incident,
    Policy,
    PostingStation,
    StationClass,
    StationRating,
    StationReason,
)

PER_PAGE = 10
SHOWN = 10
REASONS = dict(StationReason.choices)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("elections.view_stations")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The station's page; the police class it here."""
    user = cast(User, request.user)
    station = visible_station(user, pk)
    if request.method == "POST":
        return _class(request, user, station)
    return _page(request, user, station)


@require_POST
@needs("elections.keep_stations")
def retire(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the station out of use; one click takes it back."""
    user = cast(User, request.user)
    station = visible_station(user, pk)
    elections.retire_station(by=user, station=station)
    messages.success(request, _("%(name)s ditandai tidak dipakai lagi.") % {"name": station})
    return redirect("stations:detail", pk=pk)


@require_POST
@needs("elections.keep_stations")
def reuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes a station that was given up into use again."""
    user = cast(User, request.user)
    station = visible_station(user, pk)
    elections.reuse_station(by=user, station=station)
    messages.success(request, _("%(name)s dipakai lagi.") % {"name": station})
    return redirect("stations:detail", pk=pk)


def visible_station(user: User, pk: int) -> PollingStation:
    """The station, with its village and kecamatan; not found where the reader may not see it."""
    visible = PollingStation.objects.visible_to(user).select_related("village__parent__parent")
    return cast(PollingStation, get_object_or_404(visible, pk=pk))


def _class(request: HttpRequest, user: User, station: PollingStation) -> HttpResponse:
    require(user, "security.class_station", station)
    form = ClassForm(request.POST)
    if not form.is_valid():
        return _page(request, user, station, form, status=422)
    try:
        rating = actions.class_station(by=user, station=station, **form.cleaned_data)
    except actions.StaleClass as stale:
        data = request.POST.copy()
        data["seen"] = str(stale.current.pk)
        return _page(
            request, user, station, ClassForm(data), stale=_in_words(stale.current), status=409
        )
    except ValidationError as error:
        refused(form, error)
        return _page(request, user, station, form, status=422)
    messages.success(
        request,
        _("Kelas %(name)s dicatat: %(risk_class)s.")
        % {"name": station, "risk_class": rating.get_risk_class_display()},
    )
    return redirect("stations:detail", pk=station.pk)


def _in_words(rating: StationRating) -> tuple[StationRating, list[tuple[str, str]]]:
    """A class with its reasons, each code and what it means."""
    return rating, [(code, str(REASONS.get(code, code))) for code in rating.reasons]


def _page(
    request: HttpRequest,
    user: User,
    station: PollingStation,
    form: ClassForm | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    history = StationRating.objects.visible_to(user).filter(station=station)
    page = Paginator(history, PER_PAGE).get_page(request.GET.get("page"))
    current = history.current().first()
    may_class = station.in_use and may(user, "security.class_station", station)
    if form is None and may_class:
        form = ClassForm(initial=_initial(current))
    now = timezone.now()
    guarded = PostingStation.objects.visible_to(user).filter(
        station=station, standing=True, starts_at__lte=now, ends_at__gt=now
    )
    incidents = Incident.objects.visible_to(user).filter(station=station)
    context = {
        "station": station,
        "current": _in_words(current) if current else None,
        "history": [_in_words(rating) for rating in page],
        "page": page,
        "form": form if may_class else None,
        "needs": _needs(station, current),
        "guarded": list(guarded.select_related("posting", "unit")[:SHOWN]),
        "incidents": list(incidents[:SHOWN]),
        "may_keep": may(user, "elections.keep_station", station),
        "may_report": may(user, "security.report_incident", station.village_id),
        **more,
    }
    return render(request, "stations/detail.html", context, status=status)


def _initial(current: StationRating | None) -> dict[str, Any]:
    if current is None:
        return {"seen": 0}
    return {
        "risk_class": current.risk_class,
        "reasons": current.reasons,
        "note": current.note,
        "seen": current.pk,
    }


def _needs(station: PollingStation, current: StationRating | None) -> dict[str, Any]:
    """The ratio of the station's class: so many police for so many stations; and its Linmas."""
    policy = Policy.objects.of(station.village_id)
    name = current.risk_class if current else StationClass.LOW
    return {
        "police": getattr(policy, f"{name}_police"),
        "stations": getattr(policy, f"{name}_stations"),
        "linmas": policy.linmas_per_station,
    }
