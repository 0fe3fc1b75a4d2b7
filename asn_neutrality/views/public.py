"""The public channel: the report form, its receipt, the language switch, the way out.

Nobody is known here (forkopimda/lib/middleware.py, ApartMiddleware): officials report as citizens
do. What a page of the form refuses, it shows again with all that was typed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseBadRequest, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.forms import refused
from forkopimda.lib.http import safe_next, wants_json
from forkopimda.people.middleware import LANGUAGES

from .. import actions, puzzle, receipts
from ..actions.intake import AlreadyReceived
from ..admission import Admission, admit
from ..channel import open_regions, was_received
from ..forms.evidence import attachments, refused_places
from ..forms.intake import IntakeForm
from ..reporter import REPORTER
from ..sealing import vault
from .status import KIND as REPORTER_VAULT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.http import HttpRequest

    from forkopimda.regions.models import Region

#: Where the quick exit leads: a page that anybody may have open.
NEUTRAL = "https://www.bmkg.go.id/"
#: In the receipt's address when the same form was sent again.
AGAIN = "sudah"
UNREADABLE = 422
SOLVE_AGAIN = 428
TOO_MANY = 429


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def report(request: HttpRequest) -> HttpResponse:
    """The form, and what is sent with it. Where several regions take reports, first asks which."""
    regions = list(open_regions())
    if not regions:
        return render(request, "lapor/closed.html", status=503 if request.method == "POST" else 200)
    region = chosen(regions, request.GET.get("wilayah", ""))
    if region is None:
        return render(request, "lapor/region.html", {"regions": regions})
    if request.method == "POST":
        return _receive(request, region)
    return _page(request, IntakeForm(region=region))


@never_cache
@require_safe
def sent(request: HttpRequest) -> HttpResponse:
    """The receipt with the tracking code, for a quarter of an hour after the report was sent."""
    receipt = receipts.of_request(request)
    context = {"receipt": receipt, "again": AGAIN in request.GET}
    return render(request, "lapor/sent.html", context)


@never_cache
@require_safe
def leave(request: HttpRequest) -> HttpResponse:
    """Forgets what this browser has unlocked here, and opens a page of no interest."""
    receipts.forget(request)
    held = vault.find(REPORTER_VAULT, request.COOKIES.get(vault.cookie_name(REPORTER_VAULT), ""))
    if held is not None:
        held.forget()
    answer = redirect(NEUTRAL)
    for kind in (receipts.KIND, REPORTER_VAULT):
        vault.take_back(answer, kind, path=receipts.PATH)
    return answer


@never_cache
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switches the language until the browser is closed; no account is asked or changed."""
    to = request.POST.get("language", "")
    if to not in LANGUAGES:
        return HttpResponseBadRequest(_("Bahasa tidak dikenal."))
    answer = redirect(safe_next(request, "lapor:report"))
    answer.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, to, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )
    return answer


def chosen(regions: Sequence[Region], code: str) -> Region | None:
    """The region that was asked for, or the only one; None while it must be asked for."""
    if not code and len(regions) == 1:
        return regions[0]
    return next((region for region in regions if region.pk == code), None)


def _receive(request: HttpRequest, region: Region) -> HttpResponse:
    form = IntakeForm(request.POST, request.FILES, region=region)
    if was_received(form.token):
        return _received_before(request, form.token)
    if not form.is_valid():
        return _refuse(request, form)
    admission = admit(
        request.POST.get("challenge", ""),
        request.POST.get("solution", ""),
        can_solve_again=wants_json(request),
    )
    if admission is not Admission.WELCOME:
        return _not_now(request, form, admission)
    return _store(request, form)


def _store(request: HttpRequest, form: IntakeForm) -> HttpResponse:
    try:
        files = attachments(form.cleaned_data["files"])
    except ValidationError as error:
        form.add_error("files", error)
        return _refuse(request, form, files=refused_places(error))
    try:
        received = actions.receive_report(
            by=REPORTER, region=form.region, incoming=form.incoming(files)
        )
    except AlreadyReceived:
        return _received_before(request, form.token)
    except ValidationError as error:
        refused(form, error)
        return _refuse(request, form)
    if receipt := receipts.keep(received, form.token):
        return _show_at_once(request, receipt)
    return _to_receipt(request, form.token, reverse("lapor:sent"))


def _received_before(request: HttpRequest, token: str) -> HttpResponse:
    return _to_receipt(request, token, f"{reverse('lapor:sent')}?{AGAIN}")


def _to_receipt(request: HttpRequest, token: str, address: str) -> HttpResponse:
    answer: HttpResponse
    if wants_json(request):
        answer = JsonResponse({"next": address}, status=201)
    else:
        answer = redirect(address)
        answer.status_code = 303
    receipts.give(answer, token)
    return answer


def _show_at_once(request: HttpRequest, receipt: receipts.Receipt) -> HttpResponse:
    context = {"receipt": receipt}
    if wants_json(request):
        page = render_to_string("lapor/_receipt.html", context, request)
        return JsonResponse({"page": page}, status=201)
    return render(request, "lapor/sent.html", context)


def _refuse(request: HttpRequest, form: IntakeForm, *, files: Sequence[int] = ()) -> HttpResponse:
    if wants_json(request):
        return _told(form.errors, UNREADABLE, files=list(files))
    return _page(request, form, status=UNREADABLE)


def _not_now(request: HttpRequest, form: IntakeForm, admission: Admission) -> HttpResponse:
    if admission is Admission.SOLVE_AGAIN:
        return _told({}, SOLVE_AGAIN)
    minutes = admission.minutes
    form.add_error(
        None,
        ngettext(
            "Kanal laporan sedang ramai. Laporan Anda belum terkirim; yang Anda tulis masih ada "
            "di halaman ini. Coba kirim lagi dalam %(minutes)s menit.",
            "Kanal laporan sedang ramai. Laporan Anda belum terkirim; yang Anda tulis masih ada "
            "di halaman ini. Coba kirim lagi dalam %(minutes)s menit.",
            minutes,
        )
        % {"minutes": minutes},
    )
    if wants_json(request):
        answer = _told(form.errors, TOO_MANY)
    else:
        answer = _page(request, form, status=TOO_MANY)
    answer["Retry-After"] = str(minutes * 60)
    return answer


def _told(errors: Any, status: int, **more: Any) -> HttpResponse:
    """What a script needs to say it at its place, and to send again: a new puzzle included."""
    told = {name: [str(each) for each in listed] for name, listed in errors.items()}
    content = {"errors": told, "challenge": puzzle.challenge(), **more}
    return JsonResponse(content, status=status)


def _page(request: HttpRequest, form: IntakeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "region": form.region,
        "challenge": puzzle.challenge(),
        "lost_files": form.is_bound and bool(request.FILES),
    }
    return render(request, "lapor/report.html", context, status=status)
