"""Finding assessments, and taking them along as a file."""

from __future__ import annotations

from typing import cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.templatetags.words import figure
from forkopimda.people.models import User

from .. import assessment_export
from ..forms.assessment_list import AssessmentFilters
from ..models import Assessment
from ..models.assessment import AssessmentQuerySet
from .incidents.browse import BoundedPaginator

PER_PAGE = 25


@require_safe
@needs("security.view")
def listing(request: HttpRequest) -> HttpResponse:
    """Assessments that the reader may see, the newest first; a wrong filter shows none."""
    filters = AssessmentFilters(request.GET, by=cast(User, request.user))
    return _page(request, filters)


@require_safe
@never_cache
@needs("security.view")
def export(request: HttpRequest) -> HttpResponse:
    """The same assessments for Excel, a row per indicator; a wrong filter or too many rows lead
    back to the list, which says so."""
    user = cast(User, request.user)
    filters = AssessmentFilters(request.GET, by=user)
    assessments = _narrowed(user, filters)
    if filters.errors:
        return _page(request, filters)
    scores = assessment_export.scores_of(user, assessments)
    if scores is None:
        words = _(
            "Satu berkas memuat paling banyak %(most)s nilai indikator. Persempit saringannya, "
            "misalnya menurut tanggal atau wilayah, lalu unduh lagi."
        )
        most = figure(assessment_export.MOST_ROWS)
        return _page(request, filters, refused=words % {"most": most})
    file = assessment_export.as_excel(scores)
    name = f"asesmen-{timezone.localdate().isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def _page(request: HttpRequest, filters: AssessmentFilters, refused: str = "") -> HttpResponse:
    rows = _narrowed(cast(User, request.user), filters).select_related("region__parent", "frame")
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "query": query.urlencode(),
        "refused": refused,
    }
    status = 422 if filters.errors or refused else 200
    return render(request, "security/assessments.html", context, status=status)


def _narrowed(user: User, filters: AssessmentFilters) -> AssessmentQuerySet:
    """What the reader may see and the filters let through; nothing where these are wrong."""
    rows = Assessment.objects.visible_to(user)
    return filters.narrow(rows) if filters.is_valid() else rows.none()
