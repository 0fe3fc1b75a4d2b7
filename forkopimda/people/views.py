"""The reader's own account, and the language switch."""

from __future__ import annotations

from typing import cast

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forkopimda.lib.http import safe_next

from . import actions
from .middleware import LANGUAGES
from .models import User

YEAR = 365 * 24 * 60 * 60


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Who the reader is here: institution, roles, language, password."""
    user = cast(User, request.user)
    grants = user.grants.select_related("region")
    return render(request, "people/account.html", {"grants": grants})


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Switches the language of pages, and of mail for whoever is signed in."""
    chosen = request.POST.get("language", "")
    if chosen not in LANGUAGES:
        return HttpResponseBadRequest(_("Bahasa tidak dikenal."))
    if request.user.is_authenticated:
        actions.set_language(by=request.user, language=chosen)
    response = redirect(safe_next(request, "situation:dashboard"))
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        chosen,
        max_age=YEAR,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
