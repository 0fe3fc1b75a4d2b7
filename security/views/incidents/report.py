"""Reporting an incident, from a page or from a phone's waiting list."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs, wants_json
from forkopimda.lib.photos import MAX_BYTES, MOST_PHOTOS
from forkopimda.people.models import User

from ... import actions
from ...actions.incidents import not_yours
from ...duplicates import candidates
from ...forms.incidents import DegreeField, ReportForm
from ...models import Incident
from ...whereabouts import Spot, locate

if TYPE_CHECKING:
    from typing import ParamSpec

    P = ParamSpec("P")
    View = Callable[..., HttpResponse]

#: All photos at their largest, and the words.
MOST_BYTES = MOST_PHOTOS * MAX_BYTES + 1024 * 1024


def json_doors(view: View) -> View:
    """A script is told in JSON that it is signed out (401) or not allowed (403)."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not wants_json(request):
            return view(request, *args, **kwargs)
        if not request.user.is_authenticated:
            return JsonResponse({"error": "signed-out"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return JsonResponse({"error": "denied"}, status=403)

    return guarded


def json_only(view: View) -> View:
    """As `json_doors`, for an address that answers nothing but JSON."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"error": "signed-out"}, status=401)
        try:
            return view(request, *args, **kwargs)
        except PermissionDenied:
            return JsonResponse({"error": "denied"}, status=403)

    return guarded


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@json_doors
@needs("security.report_incident")
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what it sends. A script that asks for JSON is answered in JSON."""
    user = cast(User, request.user)
    if request.method != "POST":
        return render(request, "incidents/report.html", {"form": ReportForm(by=user)})
    if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
        return _too_large(request, user)
    form = ReportForm(request.POST, request.FILES, by=user)
    if not form.is_valid():
        return _wrong(request, form, 422)
    try:
        reported = actions.report_incident(by=user, **form.report())
    except actions.KeyTaken as taken:
        refused(form, taken)
        return _wrong(request, form, 409)
    except ValidationError as error:
        refused(form, error)
        return _wrong(request, form, 422)
    return _stored(request, user, reported)


@require_safe
@never_cache
@json_only
@needs("security.report_incident")
def whereabouts(request: HttpRequest) -> HttpResponse:
    """Which kecamatan or village a point lies in, and whether the reporter may report there."""
    try:
        spot = Spot(_degrees(request, "lat"), _degrees(request, "lon"))
        found = locate(spot)
    except ValidationError as error:
        return JsonResponse({"message": " ".join(error.messages), "allowed": False}, status=422)
    allowed = may(request.user, "security.report_incident", found.region.pk)  # type: ignore[arg-type]
    answer = {
        "region": found.region.pk,
        "name": found.region.name,
        "title": found.region.title,
        "certain": found.certain,
        "allowed": allowed,
        "message": "" if allowed else not_yours(found),
    }
    return JsonResponse(answer, status=200 if allowed else 422)


@require_safe
@never_cache
@json_only
@needs("security.report_incident")
def token(request: HttpRequest) -> HttpResponse:
    """A fresh token for a report that waited while its own expired, and whose session it is: a
    phone sends what waits for that account alone."""
    return JsonResponse({"csrf": get_token(request), "user": request.user.pk})


def _degrees(request: HttpRequest, name: str) -> float:
    value = DegreeField("").clean(request.GET.get(name, "")[:40])
    if value is None:
        raise ValidationError(_("Kirim lintang dan bujur."))
    return value


def _stored(request: HttpRequest, user: User, reported: actions.Reported) -> HttpResponse:
    incident = reported.incident
    similar = candidates(incident, by=user) if reported.new else []
    if wants_json(request):
        answer = {
            "number": incident.number,
            "url": _address(incident),
            "key": str(incident.key),
            "similar": [
                {"number": found.incident.number, "url": _address(found.incident)}
                for found in similar
            ],
        }
        return JsonResponse(answer, status=201 if reported.new else 200)
    messages.success(
        request, _("Insiden dicatat dengan nomor %(number)s.") % {"number": incident.number}
    )
    if similar:
        numbers = ", ".join(found.incident.number for found in similar)
        messages.warning(
            request,
            _("Mungkin sudah dilaporkan sebagai %(numbers)s. Periksa di bawah.")
            % {"numbers": numbers},
        )
    return redirect("incidents:detail", pk=incident.pk)


def _address(incident: Incident) -> str:
    return reverse("incidents:detail", args=[incident.pk])


def _wrong(request: HttpRequest, form: ReportForm, status: int) -> HttpResponse:
    if not wants_json(request):
        return render(request, "incidents/report.html", {"form": form}, status=status)
    if status == 409:
        return JsonResponse({"error": "key"}, status=409)
    errors = {name: [str(text) for text in texts] for name, texts in form.errors.items()}
    return JsonResponse({"errors": errors, "confirm": form.asks}, status=status)


def _too_large(request: HttpRequest, user: User) -> HttpResponse:
    message = _("Kirimannya terlalu besar. Kurangi fotonya, lalu kirim lagi.")
    if wants_json(request):
        return JsonResponse({"errors": {"photos": [message]}, "confirm": []}, status=413)
    form = ReportForm(request.POST, by=user)
    form.add_error("photos", message)
    return render(request, "incidents/report.html", {"form": form}, status=413)
