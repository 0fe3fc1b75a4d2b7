"""Early warnings: what is suggested beside what is in force, and why."""

from __future__ import annotations

from typing import cast

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from ..models import EarlyWarning, Policy
from ..warning import rule

PER_PAGE = 25
SORTS = {
    "nilai": (_("nilai tertinggi"), ["-index", "region_id"]),
    "selisih": (_("selisih dari tingkat yang berlaku"), ["-gap", "-index", "region_id"]),
    "nama": (_("nama"), ["region__name", "region_id"]),
}


@require_safe
@needs("security.view")
def listing(request: HttpRequest) -> HttpResponse:
    """The kecamatan of a region by their index; each opens its explanation."""
    user = cast(User, request.user)
    code = request.GET.get("wilayah", user.access.home() or "")
    region = _readable(user, code)
    words = request.GET.get("cari", "").strip()[:100]
    sort = request.GET.get("urut", "")
    sort = sort if sort in SORTS else "nilai"
    warnings = (
        EarlyWarning.objects.visible_to(user)
        .filter(region__code__startswith=code)
        .with_current_level()
        .select_related("region__parent")
        .order_by(*SORTS[sort][1])
    )
    if words:
        warnings = warnings.filter(region__name__icontains=words)
    page = Paginator(warnings, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "region": region,
        "code": code,
        "words": words,
        "sort": sort,
        "sorts": [(key, label) for key, (label, _order) in SORTS.items()],
        "page": page,
        "above": warnings.filter(gap__gt=0).count(),
        "rule": rule.of(Policy.objects.of(code)) if len(code) >= REGENCY_LENGTH else None,
    }
    return render(request, "security/warnings.html", context)


def _readable(user: User, code: str) -> Region | None:
    if not code:
        if user.access.home() != "":
            raise Http404
        return None
    return get_object_or_404(Region.objects.visible_to(user), pk=code)
