"""The reader's inbox of alerts."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from forkopimda.lib.http import needs, safe_next
from forkopimda.people.models import User

from . import actions
from .models import Delivery
from .panels import open_count

PER_PAGE = 20


@require_safe
@needs("alerts.inbox")
def inbox(request: HttpRequest) -> HttpResponse:
    """Alerts to the reader, newest first; what is shown is noted as seen."""
    user = cast(User, request.user)
    only_open = request.GET.get("tampil") == "belum"
    deliveries = Delivery.objects.to(user)
    page = Paginator(deliveries.open() if only_open else deliveries, PER_PAGE).get_page(
        request.GET.get("page")
    )
    if request.method == "GET" and any(delivery.seen_at is None for delivery in page):
        actions.mark_seen(by=user, deliveries=list(page))
    return render(request, "alerts/inbox.html", {"page": page, "only_open": only_open})


@require_safe
@needs("alerts.inbox")
def badge(request: HttpRequest) -> HttpResponse:
    """How many alerts wait for the reader, for the menu to swap in."""
    count = open_count(cast(User, request.user))
    return render(request, "alerts/_badge.html", {"count": count})


@require_POST
@needs("alerts.inbox")
def acknowledge(request: HttpRequest, pk: int) -> HttpResponse:
    """The reader says that they know. Somebody else's delivery is not found."""
    user = cast(User, request.user)
    delivery = get_object_or_404(Delivery.objects.to(user), pk=pk)
    delivery = actions.acknowledge(by=user, delivery=delivery)
    if request.headers.get("HX-Request"):
        delivery = Delivery.objects.to(user).get(pk=pk)
        return render(request, "alerts/_delivery.html", {"delivery": delivery})
    messages.success(request, _("Peringatan dicatat sebagai diketahui."))
    return redirect(safe_next(request, "alerts:inbox"))
