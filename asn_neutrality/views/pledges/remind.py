"""Units that are behind are mailed, once the list of who gets mail was looked at."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.http import needs
from forkopimda.lib.templatetags.words import figure
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import TimeZone, under
from forkopimda.regions.zones import time_zone_of

from ... import actions
from ...actions.pledges import REMINDED_MOST, Reminded, midnight
from ...models import CivilUnit
from ...rules.pledges import KEEPERS

if TYPE_CHECKING:
    from ...models.unit import CivilUnitQuerySet

#: Units without an address, or reminded today, that the page names.
NAMED_MOST = 50
#: More digits than a key has.
KEY_DIGITS = 18


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_pledges")
def remind(request: HttpRequest) -> HttpResponse:
    """Who would get mail, who has no address, who was reminded today; confirmed, the first are
    mailed, and nobody whom the page did not show."""
    user, region = cast(User, request.user), asked_region(request)
    code = region.pk if region else ""
    scopes = user.access.scopes(*KEEPERS)
    if not any(code.startswith(scope) or scope.startswith(code) for scope in scopes):
        raise PermissionDenied
    kept = CivilUnit.objects.within(code).filter(under("region_id", scopes))
    if request.method == "POST":
        done = actions.remind_units(by=user, units=kept.filter(pk__in=_keys(request)))
        _tell(request, done)
        return redirect(f"{reverse('asn_pledges:list')}?wilayah={code}")
    behind = kept.behind().select_related("region").order_by("region_id", "name", "pk")
    since = midnight(time_zone_of(code) or TimeZone.WIB)
    due = behind.exclude(email="").reminded_since(since, whether=False)
    mailed = list(due[: REMINDED_MOST + 1])
    context = {
        "region": region,
        "mailed": mailed[:REMINDED_MOST],
        "more": len(mailed) > REMINDED_MOST,
        "keys": ",".join(str(unit.pk) for unit in mailed[:REMINDED_MOST]),
        "nameless": _some(behind.filter(email="")),
        "done": _some(behind.exclude(email="").reminded_since(since, whether=True)),
    }
    return render(request, "asn_neutrality/pledges/remind.html", context)


def _some(rows: CivilUnitQuerySet) -> dict[str, Any]:
    """How many there are, and the first of them. Two queries."""
    return {"count": rows.order_by().count(), "units": list(rows[:NAMED_MOST])}


def _keys(request: HttpRequest) -> list[int]:
    """The units that the page showed; what is no key is passed over."""
    words = request.POST.get("units", "").split(",")[:REMINDED_MOST]
    return [
        int(word) for word in words if word.isascii() and word.isdigit() and len(word) <= KEY_DIGITS
    ]


def _tell(request: HttpRequest, done: Reminded) -> None:
    words = ngettext(
        "Pengingat untuk %(count)s unit sedang dikirim.",
        "Pengingat untuk %(count)s unit sedang dikirim.",
        done.mailed,
    )
    if done.mailed:
        messages.success(request, words % {"count": figure(done.mailed)})
    if done.left_out:
        left = ngettext(
            "%(count)s unit dilewati: sudah diingatkan hari ini, atau tidak tertinggal lagi.",
            "%(count)s unit dilewati: sudah diingatkan hari ini, atau tidak tertinggal lagi.",
            done.left_out,
        )
        messages.info(request, left % {"count": figure(done.left_out)})
    if not (done.mailed or done.left_out):
        messages.info(request, _("Tidak ada unit yang perlu diingatkan."))
