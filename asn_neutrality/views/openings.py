"""The log of openings, for auditors: who opened what, when and why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast
from zoneinfo import ZoneInfo

from django.core.paginator import Paginator
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.lib.templatetags.words import figure, zone_name
from forkopimda.people.models import User

from ..forms.desk import OpeningFilters
from ..models import Opening
from ..models.opening import OpeningQuerySet

PER_PAGE = 50
CHUNK = 2000
#: Rows that one file takes; more are taken out by periods.
MOST_ROWS = 50_000


@require_safe
@never_cache
@needs("asn_neutrality.view_openings")
def openings(request: HttpRequest) -> HttpResponse:
    """The log of the auditor's regions, as the filters say."""
    filters = OpeningFilters(request.GET)
    return _page(request, filters, _rows(request, filters))


@require_safe
@never_cache
@needs("asn_neutrality.view_openings")
def export(request: HttpRequest) -> HttpResponse:
    """The same rows as a file for Excel."""
    filters = OpeningFilters(request.GET)
    rows = _rows(request, filters)
    if filters.errors:
        return _page(request, filters, rows)
    if rows.order_by()[: MOST_ROWS + 1].count() > MOST_ROWS:
        filters.add_error(
            None,
            _("Lebih dari %(most)s baris. Persempit dengan tanggal, lalu unduh per bagian.")
            % {"most": figure(MOST_ROWS)},
        )
        return _page(request, filters, rows)
    file = write(_("Pembukaan berkas"), _head(), _cells(rows))
    name = f"pembukaan-berkas-{timezone.localdate().isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def _rows(request: HttpRequest, filters: OpeningFilters) -> OpeningQuerySet:
    rows = Opening.objects.visible_to(cast(User, request.user))
    return filters.narrow(rows.select_related("case", "region"))


def _page(request: HttpRequest, filters: OpeningFilters, rows: OpeningQuerySet) -> HttpResponse:
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "query": query.urlencode(),
    }
    status = 422 if filters.errors else 200
    return render(request, "asn_neutrality/openings.html", context, status=status)


def _head() -> list[tuple[str, int]]:
    return [
        (_("Waktu"), 22),
        (_("Dibuka oleh"), 26),
        (_("Yang dibuka"), 20),
        (_("Perkara"), 28),
        (_("Wilayah"), 24),
        (_("Tujuan"), 26),
        (_("Penjelasan"), 50),
    ]


def _cells(rows: OpeningQuerySet) -> Iterator[list[Any]]:
    for opening in rows.iterator(chunk_size=CHUNK):
        local = timezone.localtime(opening.at, ZoneInfo(opening.region.time_zone))
        yield [
            f"{local:%Y-%m-%d %H:%M} {zone_name(local)}",
            opening.by_name,
            str(opening.get_what_display()),
            opening.case.number if opening.case else "",
            opening.region.title,
            str(opening.get_purpose_display()),
            opening.explanation,
        ]
