"""The reader's own key: make it, unlock it, lock it, change its passphrase, replace it."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe
from redis.exceptions import RedisError

from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs, safe_next
from forkopimda.lib.limits import minutes_to_wait, spend
from forkopimda.people.models import User

from .. import actions
from ..actions import keys
from ..forms.keys import NO_UNIT, ChangeForm, HomeUnitForm, LostForm, MakeForm, UnlockForm
from ..holders import readable_by, unreadable_to, waiting_for
from ..models import HomeUnit
from ..sealing import vault
from ..unlocking import EXAMINER, forget, key_state, unlocked_with

if TYPE_CHECKING:
    from django import forms

logger = logging.getLogger(__name__)

PER_PAGE = 25
#: Tries at a passphrase or password on these pages, of one signed-in user.
TRIES = "10 per 15 minutes"
FORMS = ["GET", "HEAD", "POST"]


@require_safe
@never_cache
@needs("asn_neutrality.hold_key")
def key(request: HttpRequest) -> HttpResponse:
    """How the reader's key stands, and which of their cases it does not open."""
    user = cast(User, request.user)
    held = keys.own_key(user)
    unit = HomeUnit.objects.filter(user=user).select_related("unit").first()
    rows = unreadable_to(user).visible_to(user) if held else unreadable_to(user).none()
    context = {
        "key": held,
        "state": key_state(request),
        "home_unit": unit.unit if unit else None,
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "waiting": len(waiting_for(user)) if held else 0,
    }
    return render(request, "asn_neutrality/keys/key.html", context)


@sensitive_post_parameters("passphrase", "repeat")
@require_http_methods(FORMS)
@never_cache
@needs("asn_neutrality.hold_key")
def make(request: HttpRequest) -> HttpResponse:
    """Makes the reader's first key, and unlocks it."""
    user = cast(User, request.user)
    if keys.own_key(user) is not None:
        return render(request, "asn_neutrality/keys/has_key.html")
    form = MakeForm(user, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        try:
            actions.set_home_unit(by=user, unit=data["unit"])
            actions.make_key(by=user, passphrase=data["passphrase"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Kunci Anda sudah dibuat dan terbuka."))
            return _unlocked(request, data["passphrase"])
    return _page(request, "make", form)


@sensitive_post_parameters("passphrase")
@require_http_methods(FORMS)
@never_cache
@needs("asn_neutrality.hold_key")
def unlock(request: HttpRequest) -> HttpResponse:
    """Unlocks the reader's key with its passphrase, and goes where they came from."""
    user = cast(User, request.user)
    if keys.own_key(user) is None:
        return render(request, "asn_neutrality/keys/no_key.html")
    form = UnlockForm(request.POST or None)
    if form.is_valid():
        if refusal := _too_many(user):
            form.add_error(None, refusal)
            return _page(request, "unlock", form, status=429)
        try:
            return _unlocked(request, form.cleaned_data["passphrase"])
        except ValidationError as error:
            refused(form, ValidationError({"passphrase": error.messages}))
        except RedisError as error:
            logger.warning("no key can be unlocked, Redis is away: %s", error)
            form.add_error(None, _("Kunci tidak dapat dibuka saat ini. Coba lagi sebentar lagi."))
            return _page(request, "unlock", form, status=503)
    return _page(request, "unlock", form)


@require_POST
@never_cache
@needs("asn_neutrality.hold_key")
def lock(request: HttpRequest) -> HttpResponse:
    """Locks the reader's key now."""
    forget(request)
    response = redirect(safe_next(request, "asn_keys:key"))
    vault.take_back(response, EXAMINER)
    messages.success(request, _("Kunci Anda sudah ditutup."))
    return response


@sensitive_post_parameters("old", "passphrase", "repeat")
@require_http_methods(FORMS)
@never_cache
@needs("asn_neutrality.hold_key")
def passphrase(request: HttpRequest) -> HttpResponse:
    """Changes the passphrase; what the key opens stays open to it."""
    user = cast(User, request.user)
    if keys.own_key(user) is None:
        return render(request, "asn_neutrality/keys/no_key.html")
    form = ChangeForm(user, request.POST or None)
    if form.is_valid():
        data = form.cleaned_data
        if refusal := _too_many(user):
            form.add_error(None, refusal)
            return _page(request, "passphrase", form, status=429)
        try:
            actions.change_passphrase(by=user, old=data["old"], new=data["passphrase"])
        except ValidationError as error:
            refused(form, ValidationError({"old": error.messages}))
        else:
            messages.success(request, _("Frasa sandi sudah diganti."))
            return redirect("asn_keys:key")
    return _page(request, "passphrase", form)


@sensitive_post_parameters("password", "passphrase", "repeat")
@require_http_methods(FORMS)
@never_cache
@needs("asn_neutrality.hold_key")
def lost(request: HttpRequest) -> HttpResponse:
    """Makes a new key in place of one whose passphrase is lost."""
    user = cast(User, request.user)
    if keys.own_key(user) is None:
        return render(request, "asn_neutrality/keys/no_key.html")
    if request.method == "POST" and (refusal := _too_many(user)):
        form = LostForm(user)
        messages.error(request, refusal)
        return _page(request, "lost", form, status=429, **_at_stake(user))
    form = LostForm(user, request.POST or None)
    if form.is_valid():
        actions.make_key(by=user, passphrase=form.cleaned_data["passphrase"])
        messages.success(request, _("Kunci baru Anda sudah dibuat dan terbuka."))
        return _unlocked(request, form.cleaned_data["passphrase"])
    return _page(request, "lost", form, **_at_stake(user))


@require_http_methods(FORMS)
@never_cache
@needs("asn_neutrality.hold_key")
def home_unit(request: HttpRequest) -> HttpResponse:
    """Notes in which unit the reader serves. Cases that are open are closed: each is asked anew
    whether the reader may open it."""
    user = cast(User, request.user)
    present = HomeUnit.objects.filter(user=user).first()
    initial = {"unit": str(present.unit_id) if present else NO_UNIT}
    form = HomeUnitForm(user, request.POST or None, initial=initial)
    if form.is_valid():
        actions.set_home_unit(by=user, unit=form.cleaned_data["unit"])
        held = vault.of_request(request, EXAMINER, owner=user.pk)
        if held is not None and held.notes:
            held.notes.clear()
            held.keep(changed=True)
        messages.success(request, _("Unit Anda sudah disimpan."))
        return redirect("asn_keys:key")
    return _page(request, "home_unit", form)


def _unlocked(request: HttpRequest, typed: str) -> HttpResponse:
    """Goes where the reader came from, with their key unlocked in place of what was before."""
    user = cast(User, request.user)
    held = unlocked_with(user, typed)
    forget(request)
    response = redirect(safe_next(request, "asn_keys:key"))
    vault.give(response, held)
    return response


def _too_many(user: User) -> str:
    """Why no further try is made now; empty while there are tries left."""
    name = f"asn-keys:{user.pk}"
    if spend(name, TRIES):
        return ""
    return _("Terlalu banyak percobaan. Coba lagi %(minutes)s menit lagi.") % {
        "minutes": minutes_to_wait(name, TRIES)
    }


def _at_stake(user: User) -> dict[str, int]:
    """What a new key loses at first: how many cases can be shared again by others, how many can
    be recovered alone, and how many nobody could open any more."""
    readable = readable_by(user)
    alone = readable.filter(openers=1)
    return {
        "shareable": readable.filter(openers__gt=1).count(),
        "recoverable": alone.filter(recoverable=True).count(),
        "hopeless": alone.filter(recoverable=False).count(),
    }


def _page(
    request: HttpRequest, name: str, form: forms.Form, status: int = 0, **context: Any
) -> HttpResponse:
    status = status or (422 if form.is_bound else 200)
    context |= {"form": form, "next": request.POST.get("next") or request.GET.get("next", "")}
    return render(request, f"asn_neutrality/keys/{name}.html", context, status=status)
