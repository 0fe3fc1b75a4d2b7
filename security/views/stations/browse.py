"""Finding polling stations: by region, class and words; the same rows as an Excel file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forkopimda.elections.models import PollingStation
from forkopimda.elections.models.station import StationQuerySet
from forkopimda.lib.authority import may
from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import CODE_LENGTH, Region, ancestors

from ...models import StationClass
from ...station_counts import parts, summary
from ...station_rows import COLUMNS
from ...stations import SORTED_MOST, BoundedPaginator, StationFilters, with_class, with_names

EXPORT_MOST = 30_000
CHUNK = 2000


@require_safe
@needs("elections.view_stations")
def station_list(request: HttpRequest) -> HttpResponse:
    """The stations of a region by class, its parts to go down to, and the list with filters."""
    user = cast(User, request.user)
    region = asked_region(request, villages=True)
    code = region.pk if region else ""
    counted = summary(user, code)
    filters = StationFilters(request.GET)
    rows = _narrowed(user, code, filters, counted.stations)
    total = filters.total(counted.counts) if filters.is_valid() else 0
    paginator = BoundedPaginator(with_names(rows), total)
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "region": region,
        "code": code,
        "above": _above(user, region),
        "summary": counted,
        "parts": parts(user, code) if len(code) < CODE_LENGTH else [],
        "filters": filters,
        "paginator": paginator,
        "page": paginator.get_page(request.GET.get("page")),
        "query": query.urlencode(),
        "sorted_most": SORTED_MOST,
        "unsorted": request.GET.get("urut") == "kelas"
        and not filters.sorts_by_class(counted.stations),
        "may_keep": may(user, "elections.keep_stations", code)
        if code
        else may(user, "elections.keep_stations"),
    }
    part = request.headers.get("HX-Target") == "stations"
    template = "stations/_list.html" if part else "stations/list.html"
    return render(request, template, context, status=422 if filters.errors else 200)


@require_safe
@needs("elections.view_stations")
def export(request: HttpRequest) -> HttpResponse:
    """The list's rows in the columns of the upload page: what was taken out can be handed in."""
    user = cast(User, request.user)
    region = asked_region(request, villages=True)
    filters = StationFilters(request.GET)
    rows = _narrowed(user, region.pk if region else "", filters, 0)
    if not filters.is_valid():
        return station_list(request)
    if rows.order_by()[: EXPORT_MOST + 1].count() > EXPORT_MOST:
        return render(
            request, "stations/too_many.html", {"most": EXPORT_MOST, "region": region}, status=422
        )
    file = write(_("Daftar TPS"), list_head(), _cells(with_names(rows)))
    name = f"tps-{region.pk if region else 'indonesia'}-{timezone.localdate().isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def list_head() -> list[tuple[str, int]]:
    """Headers and widths of the list as a file: the upload's columns, and names for the eye."""
    widths = (16, 11, 40, 12, 12, 9, 16, 24, 40)
    head = [(str(column.label), width) for column, width in zip(COLUMNS, widths, strict=True)]
    return [head[0], (_("Nama desa"), 24), (_("Kecamatan"), 24), *head[1:]]


def _narrowed(user: User, code: str, filters: StationFilters, all_stations: int) -> StationQuerySet:
    """What the reader may see of the region and the filters let through, in order."""
    visible = PollingStation.objects.visible_to(user).within(code)
    if not filters.is_valid():
        return with_class(visible.none())
    return filters.order(filters.narrow(visible), all_stations)


def _cells(rows: StationQuerySet) -> Iterator[list[Any]]:
    names = dict(StationClass.choices)
    for row in rows.iterator(chunk_size=CHUNK):
        yield [
            row.village_id,
            row.village.name,
            row.village.parent.name,
            row.number,
            row.place,
            row.latitude,
            row.longitude,
            _("ya") if row.special else _("tidak"),
            str(names.get(row.risk_class, "")),
            " ".join(row.reasons or []),
            row.note or "",
        ]


def _above(user: User, region: Region | None) -> list[Region]:
    if region is None:
        return []
    codes = [code for code in ancestors(region.pk)[:-1] if user.access.may_read(code)]
    return list(Region.objects.filter(pk__in=codes)) if codes else []
