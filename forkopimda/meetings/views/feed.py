"""A user's meetings as a calendar that their own programs read, behind a secret address."""

from __future__ import annotations

from datetime import timedelta
from typing import cast

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions, ical
from ..actions.feed import key_hash
from ..models import CalendarFeed, Meeting

#: How far back the calendar goes: programs fetch all of it again every hour.
KEPT = timedelta(days=366)


@require_safe
@never_cache
def feed(request: HttpRequest, key: str) -> HttpResponse:
    """The meetings that the feed's owner may see now; not found once it is switched off."""
    feeds = CalendarFeed.objects.filter(key_hash=key_hash(key), user__is_active=True)
    found = feeds.select_related("user").first()
    if found is None:
        raise Http404
    user = found.user
    meetings = Meeting.objects.visible_to(user).filter(ends_at__gte=timezone.now() - KEPT)
    meetings = meetings.select_related("region").prefetch_related("agenda")
    with translation.override(user.language):
        name = _("Rapat Forkopimda: %(user)s") % {"user": user}
        content = ical.feed_of(meetings, name)
    return HttpResponse(
        content,
        content_type="text/calendar; charset=utf-8",
        headers={"X-Robots-Tag": "noindex, nofollow"},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.enter")
def my_feed(request: HttpRequest) -> HttpResponse:
    """Makes, renews or switches off the reader's own calendar address, which is shown once."""
    user = cast(User, request.user)
    address = ""
    if request.method == "POST" and "matikan" in request.POST:
        actions.close_feed(by=user)
        messages.success(request, _("Alamat kalender dimatikan."))
        return redirect("meetings:my-feed")
    if request.method == "POST":
        key = actions.renew_feed(by=user)
        address = f"{settings.BASE_URL}{reverse('meetings:feed', kwargs={'key': key})}"
    context = {"feed": CalendarFeed.objects.filter(user=user).first(), "address": address}
    return render(request, "meetings/my_feed.html", context)
