"""The register of cases, and its export."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.core.paginator import Paginator
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from .. import actions
from ..forms.register import RegisterFilters, unread
from ..models import CaseQuerySet
from ..templatetags.asn_terms import term

PER_PAGE = 25
CHUNK = 2000


@require_safe
@never_cache
@needs("asn_neutrality.enter")
def register(request: HttpRequest) -> HttpResponse:
    """The register for its readers, for htmx the list alone; for everybody else, what it is for
    and who works it."""
    user = cast(User, request.user)
    if not may(user, "asn_neutrality.view"):
        return render(request, "asn_neutrality/closed.html")
    filters = RegisterFilters(request.GET, by=user)
    rows = filters.narrow().select_related("region", "lead").annotate(has_news=unread())
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filters": filters,
        "flags": filters.flags(),
        "query": query.urlencode(),
        "here": request.get_full_path(),
        "may_register": may(user, "asn_neutrality.register"),
    }
    part = request.headers.get("HX-Target") == "cases"
    template = "asn_neutrality/_cases.html" if part else "asn_neutrality/register.html"
    return render(request, template, context, status=422 if filters.errors else 200)


@require_safe
@never_cache
@needs("asn_neutrality.view")
def export(request: HttpRequest) -> HttpResponse:
    """The register's rows by the same filters, as a file for Excel: what stands in the clear, of
    the cases that the reader sees. That it was taken out is noted before it is written."""
    user = cast(User, request.user)
    filters = RegisterFilters(request.GET, by=user)
    rows = filters.narrow()
    if filters.errors:
        return register(request)
    found = rows.order_by().values_list("region").annotate(found=Count("pk"))
    regions = Region.objects.in_bulk([code for code, _count in found])
    actions.note_export(by=user, counts={regions[code]: count for code, count in found})
    file = write(_("Register netralitas ASN"), _head(), _cells(rows))
    name = f"register-netralitas-asn-{timezone.localdate().isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def _head() -> list[tuple[str, int]]:
    return [
        (_("Nomor"), 28),
        (_("Wilayah"), 24),
        (_("Jenis dugaan"), 40),
        (_("Diterima"), 12),
        (_("Keadaan"), 28),
        (_("Tenggat langkah"), 14),
        (_("Sisa waktu"), 14),
        (_("Penanggung jawab"), 24),
        (_("Jenis pelanggaran menurut kajian"), 40),
        (_("Ukuran unit terlapor"), 20),
    ]


def _cells(rows: CaseQuerySet) -> Iterator[list[Any]]:
    for case in rows.select_related("region", "lead", "violation").iterator(chunk_size=CHUNK):
        yield [
            case.number,
            case.region.title,
            str(case.get_kind_display()),
            case.received_on,
            str(case.get_state_display()),
            case.due_on,
            term(case.due_on) if case.due_on else "",
            str(case.lead) if case.lead else "",
            case.violation.label if case.violation else "",
            str(case.get_size_class_display()),
        ]
