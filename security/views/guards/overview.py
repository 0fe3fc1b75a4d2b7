"""Where guards are short, at a moment."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region

from ...forms.guards import MOMENT, MomentForm
from ...models import StationClass
from ...shortage import CLASSES, overview, usual_moment, voting_morning, zone_of
from .scope import above


@require_safe
@needs("security.view_guards")
def guards_overview(request: HttpRequest) -> HttpResponse:
    """Police and Linmas asked for and posted, by kecamatan and class, or by regency."""
    user, region = cast(User, request.user), asked_region(request)
    form = MomentForm(request.GET, region=region)
    asked = form.cleaned_data["per"] if form.is_valid() else None
    code, zone = region.pk if region else "", zone_of(region)
    morning = voting_morning(user, code, zone)
    moment = asked or usual_moment(morning)
    shown = overview(user, code, moment)
    classes = [str(name) for name in CLASSES if name or shown.unclassed]
    words = dict(StationClass.choices) | {"": _("Belum dikelaskan")}
    context = {
        "region": region,
        "above": above(user, region),
        "code": code,
        "form": form,
        "moment": moment,
        "typed": timezone.localtime(moment, zone).strftime(MOMENT),
        "morning": morning,
        "voting": timezone.localtime(morning, zone).strftime(MOMENT) if morning else "",
        "present": timezone.localtime(timezone=zone).strftime(MOMENT),
        "overview": shown,
        "totals": shown.totals,
        "classes": classes,
        "rows": [
            (row, [(words[name], row.cells.get(name)) for name in classes]) for row in shown.rows
        ],
        "may_post": may(user, "security.keep_guards", code),
    }
    part = request.headers.get("HX-Target") == "shortage"
    template = "guards/_shortage.html" if part else "guards/overview.html"
    return render(request, template, context, status=422 if form.errors else 200)
