"""The dashboard, and each of its panels by itself."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from forkopimda.lib.live import last_event
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from .panels import BY_KEY, CARDS, LEVELS, card


@require_safe
def dashboard(request: HttpRequest) -> HttpResponse:
    """A region at a glance: the reader's own by default, another one by `?wilayah=`."""
    user = request.user
    if not user.is_authenticated:
        return redirect("account_login")
    if not user.access.grants:
        return render(request, "situation/no_role.html")
    since = last_event()
    code = asked_code(request, user)
    region = readable_region(user, code)
    cards = [shown for offer in CARDS if (shown := card(offer, user, code)) is not None]
    context = {
        "region": region,
        "code": code,
        "levels": card(LEVELS, user, code),
        "cards": cards,
        "live_since": since,
    }
    return render(request, "situation/dashboard.html", context)


@require_safe
def panel(request: HttpRequest, key: str) -> HttpResponse:
    """One panel, for the page to swap in. Whoever is signed out is told so, not redirected."""
    user = request.user
    if not user.is_authenticated:
        return HttpResponse(status=401)
    offer = BY_KEY.get(key)
    if offer is None or not user.access.grants:
        raise Http404
    code = asked_code(request, user)
    readable_region(user, code)
    shown = card(offer, user, code)
    if shown is None:
        raise Http404
    return render(request, "situation/_card_body.html", {"card": shown, "panel": shown.panel})


def asked_code(request: HttpRequest, user: User) -> str:
    """The code of the region asked for; without one, the reader's own."""
    return request.GET.get("wilayah", user.access.home() or "")


def readable_region(user: User, code: str) -> Region | None:
    """The region shown; None for the country. Not found where the reader may not see it."""
    if not code:
        if user.access.home() != "":
            raise Http404
        return None
    return get_object_or_404(Region.objects.visible_to(user), pk=code)
