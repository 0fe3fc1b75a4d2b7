"""Sharing cases again with fellow members who made a new key."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..actions.members import Shared
from ..holders import waiting_for
from ..unlocking import vault_of


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def share_again(request: HttpRequest) -> HttpResponse:
    """Members of the reader's cases whose present key does not open them; shares with one."""
    user = cast(User, request.user)
    held = vault_of(request)
    waiting = waiting_for(user)
    context = {"waiting": waiting, "is_open": held is not None}
    if request.method != "POST":
        return render(request, "asn_neutrality/keys/share_again.html", context)
    found = next((row for row in waiting if str(row.user.pk) == request.POST.get("user")), None)
    if held is None or found is None:
        problem = _("Buka dahulu kunci Anda.") if held is None else _("Pilih orangnya lagi.")
        context["problem"] = problem
        return render(request, "asn_neutrality/keys/share_again.html", context, status=422)
    try:
        shared = actions.share_again(by=user, private=held.secret, user=found.user)
    except ValidationError as error:
        context["problem"] = " ".join(error.messages)
        return render(request, "asn_neutrality/keys/share_again.html", context, status=422)
    tell_shared(request, shared, found.user)
    return redirect("asn_keys:share_again")


def tell_shared(request: HttpRequest, shared: Shared, user: User) -> None:
    """Says how many cases were sealed to somebody's key, and how many were not."""
    messages.success(
        request,
        ngettext(
            "%(count)s perkara dibagikan kepada %(name)s.",
            "%(count)s perkara dibagikan kepada %(name)s.",
            shared.sealed,
        )
        % {"count": shared.sealed, "name": user},
    )
    if shared.refused:
        messages.warning(
            request,
            ngettext(
                "%(count)s perkara tidak dibagikan: konflik kepentingan, atau isinya rusak.",
                "%(count)s perkara tidak dibagikan: konflik kepentingan, atau isinya rusak.",
                shared.refused,
            )
            % {"count": shared.refused},
        )
