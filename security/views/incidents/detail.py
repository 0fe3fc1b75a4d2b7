"""One incident: what was reported, how it is worked, and the forms of whoever works it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import Form, refused
from forkopimda.lib.http import needs
from forkopimda.lib.photos import MOST_PHOTOS
from forkopimda.people.models import User

from ... import actions
from ...duplicates import candidates
from ...forms.incident_steps import DuplicateForm, NoteForm, SeverityForm, StepForm
from ...forms.incidents import PhotosForm
from ...models import FLOW, Incident, IncidentLink, IncidentState

#: Steps and duplicates that the page shows; more than any incident has.
MOST_SHOWN = 200


@require_safe
@never_cache
@needs("security.view_incidents")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page; for htmx the part that changes while others work the incident."""
    user = cast(User, request.user)
    return show(request, user, visible(user, pk))


@require_POST
@needs("security.work_incident")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings the incident to its next state."""
    user = cast(User, request.user)
    incident = visible(user, pk)
    require(user, "security.work_incident", incident)
    form = StepForm(request.POST, incident=incident, by=user)
    seen = request.POST.get("seen", "")
    if seen and seen != incident.state:
        return _stale(request, user, incident, form)
    if form.is_valid():
        try:
            moved = actions.step_incident(by=user, incident=incident, **form.cleaned_data)
        except actions.StaleIncident:
            incident = visible(user, pk)
            return _stale(request, user, incident, form)
        except ValidationError as error:
            refused(form, error)
        else:
            _say(request, moved)
            return redirect("incidents:detail", pk=pk)
    return show(request, user, incident, status=422, step_form=form)


@require_POST
@needs("security.work_incident")
def severity(request: HttpRequest, pk: int) -> HttpResponse:
    """Corrects how grave it is."""
    form = SeverityForm(request.POST)
    return _act(request, pk, "security.work_incident", actions.correct_severity, "severity", form)


@require_POST
@needs("security.add_photo")
def note(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a remark."""
    form = NoteForm(request.POST)
    return _act(request, pk, "security.add_photo", actions.note_incident, "note", form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("security.work_incident")
def duplicate(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks whether the incident is a duplicate of the named one, and marks it."""
    user = cast(User, request.user)
    incident = visible(user, pk)
    require(user, "security.work_incident", incident)
    posted = request.method == "POST"
    asked = request.GET.get("number", "").strip()[:30]
    form = DuplicateForm(
        request.POST if posted else None, initial={"number": asked, "seen": incident.state}
    )
    fits = form.is_valid()
    # A number that the form refuses is not looked for: it may be no text for PostgreSQL at all.
    number = form.cleaned_data.get("number", "") if posted else asked
    of = Incident.objects.visible_to(user).filter(number__iexact=number).first() if number else None
    status = 200
    if fits:
        if of is None:
            form.add_error("number", _("Tidak ada insiden bernomor ini di wilayah Anda."))
        else:
            data = {name: form.cleaned_data[name] for name in ("note", "seen")}
            try:
                moved = actions.mark_duplicate(by=user, incident=incident, of=of, **data)
            except actions.StaleIncident:
                incident, status = visible(user, pk), 409
            except ValidationError as error:
                refused(form, error)
            else:
                _say(request, moved)
                return redirect("incidents:detail", pk=pk)
    if form.errors:
        status = 422
    context = {"incident": incident, "of": of, "form": form, "stale": status == 409}
    return render(request, "incidents/duplicate.html", context, status=status)


def visible(user: User, pk: int) -> Incident:
    """The incident with what its page names, if the reader may open it; else 404."""
    rows = Incident.objects.visible_to(user).select_related(
        "region__parent__parent", "station__village", "duplicate_of"
    )
    return cast(Incident, get_object_or_404(rows, pk=pk))


def show(
    request: HttpRequest, user: User, incident: Incident, status: int = 200, **forms: Any
) -> HttpResponse:
    """The page, with the forms that a view has found wrong in place of empty ones."""
    steps = list(incident.steps.order_by("pk")[:MOST_SHOWN])
    if request.headers.get("HX-Target") == "progress":
        context = {"incident": incident, "steps": steps}
        return render(request, "incidents/_progress.html", context, status=status)
    photos = list(incident.photos.order_by("pk")[:MOST_PHOTOS])
    works = may(user, "security.work_incident", incident)
    adds = may(user, "security.add_photo", incident)
    links = IncidentLink.objects.visible_to(user).filter(incident=incident)
    step_form = forms.pop("step_form", None) or StepForm(incident=incident, by=user)
    context = {
        "incident": incident,
        "steps": steps,
        "photos": photos,
        "links": list(links.select_related("follow_up__institution")[:MOST_SHOWN]),
        "duplicates": list(incident.duplicates.order_by("pk")[:MOST_SHOWN]),
        "candidates": candidates(incident, by=user) if adds and _may_double(incident) else [],
        "step_form": step_form if step_form.open else None,
        "severity_form": SeverityForm(initial={"severity": incident.severity}) if works else None,
        "note_form": NoteForm() if adds else None,
        "photos_form": PhotosForm() if adds and len(photos) < MOST_PHOTOS else None,
        "may_mark": works and _may_double(incident),
        "own_unverified": _waits_for_other(user, incident, works),
        "may_link": may(user, "security.link_incident", incident),
        "may_link_case": may(user, "security.link_case", incident),
        **forms,
    }
    return render(request, "incidents/detail.html", context, status=status)


def _may_double(incident: Incident) -> bool:
    return IncidentState.DUPLICATE in FLOW[incident.state]


def _waits_for_other(user: User, incident: Incident, works: bool) -> bool:
    """Whether the reader works the incident but somebody else must verify it."""
    waits = incident.state == IncidentState.REPORTED
    return waits and works and not may(user, "security.verify_incident", incident)


def _stale(request: HttpRequest, user: User, incident: Incident, form: StepForm) -> HttpResponse:
    """Says what happened meanwhile, and shows the form for the state in force, words kept."""
    data = request.POST.copy()
    data["seen"] = incident.state
    fresh = StepForm(data, incident=incident, by=user)
    latest = incident.steps.filter(state=incident.state).order_by("-pk").first()
    return show(request, user, incident, status=409, step_form=fresh, stale=latest)


def _act(
    request: HttpRequest,
    pk: int,
    permission: str,
    act: Callable[..., Any],
    name: str,
    form: Form,
) -> HttpResponse:
    user = cast(User, request.user)
    incident = visible(user, pk)
    require(user, permission, incident)
    if form.is_valid():
        try:
            act(by=user, incident=incident, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Tersimpan."))
            return redirect("incidents:detail", pk=pk)
    return show(request, user, incident, status=422, **{f"{name}_form": form})


def _say(request: HttpRequest, incident: Incident) -> None:
    words = {"number": incident.number, "state": incident.get_state_display()}
    messages.success(request, _("%(number)s: %(state)s.") % words)
