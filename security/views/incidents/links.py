"""What an incident belongs with: station, follow-ups, neutrality cases."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import REGENCY_LENGTH, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.meetings.models import FollowUp
from forkopimda.meetings.models.followup import FollowUpQuerySet
from forkopimda.people.models import User

from ... import actions
from ...forms.incident_steps import CaseForm, StationForm
from ...models import Incident, IncidentLink
from .detail import visible

SHOWN = 20


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("security.link_incident")
def station(request: HttpRequest, pk: int) -> HttpResponse:
    """Picks the polling station among those of the incident's kecamatan."""
    user = cast(User, request.user)
    incident = _linkable(user, pk)
    form = StationForm(
        request.POST if request.method == "POST" else None, incident=incident, by=user
    )
    if form.is_valid():
        actions.set_station(by=user, incident=incident, station=form.cleaned_data["station"])
        messages.success(request, _("Tersimpan."))
        return redirect("incidents:detail", pk=pk)
    context = {"incident": incident, "form": form}
    return render(request, "incidents/station.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("security.link_incident")
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Searches the follow-ups that the reader may open, and ties one to the incident."""
    user = cast(User, request.user)
    incident = _linkable(user, pk)
    rows = cast(
        FollowUpQuerySet,
        FollowUp.objects.visible_to(user).filter(
            meeting__region__code__startswith=str(incident.region_id)[:REGENCY_LENGTH]
        ),
    )
    error = ""
    if request.method == "POST":
        key = request.POST.get("follow_up", "")
        found = rows.filter(pk=key).first() if key.isascii() and key.isdigit() else None
        if found is None:
            error = _("Tindak lanjut itu tidak ada.")
        else:
            try:
                actions.link_follow_up(by=user, incident=incident, follow_up=found)
            except ValidationError as refusal:
                error = " ".join(refusal.messages)
            else:
                messages.success(request, _("Kaitan ditambahkan."))
                return redirect("incidents:detail", pk=pk)
    words = request.GET.get("cari", "").strip()[:100]
    shown = rows.filter(task__icontains=words) if words else rows.unfinished()
    linked = incident.links.exclude(follow_up=None).values("follow_up")
    shown = shown.exclude(pk__in=linked).select_related("meeting__region", "institution")
    context = {
        "incident": incident,
        "rows": list(shown.order_by("-due_on", "-pk")[:SHOWN]),
        "words": words,
        "most": SHOWN,
        "error": error,
    }
    return render(request, "incidents/follow_up.html", context, status=422 if error else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("security.link_case")
def case(request: HttpRequest, pk: int) -> HttpResponse:
    """An examiner notes the number of the neutrality case that the incident belongs with."""
    user = cast(User, request.user)
    incident = visible(user, pk)
    require(user, "security.link_case", incident)
    form = CaseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.link_case(by=user, incident=incident, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Kaitan ditambahkan."))
            return redirect("incidents:detail", pk=pk)
    context = {"incident": incident, "form": form}
    return render(request, "incidents/case.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("security.link_incident")
def unlink(request: HttpRequest, pk: int, link: int) -> HttpResponse:
    """Asks, then unties the incident from what it was linked to."""
    user = cast(User, request.user)
    links = IncidentLink.objects.visible_to(user).select_related("incident__region", "follow_up")
    found = cast(IncidentLink, get_object_or_404(links, pk=link, incident=pk))
    permission = "security.link_case" if found.case_number else "security.link_incident"
    require(user, permission, found.incident)
    if request.method == "POST":
        actions.remove_link(by=user, link=found)
        messages.success(request, _("Kaitan dilepas."))
        return redirect("incidents:detail", pk=pk)
    return render(request, "incidents/unlink.html", {"link": found, "incident": found.incident})


def _linkable(user: User, pk: int) -> Incident:
    incident = visible(user, pk)
    require(user, "security.link_incident", incident)
    return incident
