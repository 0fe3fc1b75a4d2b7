"""Cases in numbers, for those who may count them; the same numbers for all of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from forkopimda.lib.authority import REGENCY_LENGTH, may
from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.people.models import User
from forkopimda.regions.models import Level, Region, RegionQuerySet, ancestors

from .. import statistics as counting
from ..concealing import SMALLEST
from ..rules.cases import COUNTERS


@dataclass(frozen=True)
class Asked:
    """Which register and year a page is about: `region` is None where none was chosen, `regions`
    are those to choose from."""

    region: Region | None
    regions: list[Region]
    year: int
    years: list[int]
    today: date


@require_safe
@never_cache
@needs("asn_neutrality.count")
def statistics(request: HttpRequest) -> HttpResponse:
    """All tables of one register and year, and what each year had."""
    asked = _asked(request)
    context: dict[str, Any] = {"asked": asked, "smallest": SMALLEST}
    if asked.region is not None:
        code = asked.region.pk
        found = counting.numbers(code, asked.year, asked.today)
        context |= {
            "numbers": found,
            "stays": counting.stays(code, asked.year, found),
            "by_year": counting.totals_by_year(code, asked.today),
        }
    return render(request, "asn_neutrality/counts/statistics.html", context)


@require_safe
@never_cache
@needs("asn_neutrality.count")
def export(request: HttpRequest) -> HttpResponse:
    """The same numbers as an Excel file."""
    asked = _asked(request)
    if asked.region is None:
        raise Http404
    file = write(
        _("Statistik netralitas ASN"),
        [(_("Tabel"), 26), (_("Baris"), 52), (_("Perkara"), 16)],
        _rows(asked.region, asked),
    )
    name = f"statistik-netralitas-{asked.region.pk}-{asked.year}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def _asked(request: HttpRequest) -> Asked:
    """Not found for a region that the reader may not count in, and for a year not offered."""
    user = cast(User, request.user)
    scopes = user.access.scopes(*COUNTERS)
    own = min(scopes, key=lambda scope: (len(scope), scope))
    code = request.GET.get("wilayah", own if len(own) <= REGENCY_LENGTH else "")
    registers = Region.objects.filter(level__in=[Level.PROVINCE, Level.REGENCY])
    region = None
    if code:
        if not may(user, "asn_neutrality.count", code):
            raise Http404
        region = get_object_or_404(registers, pk=code)
    today = timezone.localdate()
    years = counting.years(today)
    year = request.GET.get("tahun", str(today.year))
    if year not in map(str, years):
        raise Http404
    return Asked(region, _offered(user, registers, code), int(year), years, today)


def _offered(user: User, registers: RegionQuerySet, code: str) -> list[Region]:
    """The region, what is around it, its parts and the reader's own, of those to count in."""
    scopes = user.access.scopes(*COUNTERS)
    near = registers.filter(pk__in=[*ancestors(code), *scopes]) | registers.children_of(code)
    return [place for place in near.order_by("code") if may(user, "asn_neutrality.count", place.pk)]


def _rows(region: Region, asked: Asked) -> Iterator[list[Any]]:
    found = counting.numbers(region.pk, asked.year, asked.today)
    least = _("kurang dari %(smallest)s") % {"smallest": SMALLEST}
    hidden = _("disamarkan")

    def said(count: int | None) -> int | str:
        return hidden if count is None else count

    yield [_("Wilayah"), str(region), None]
    yield [_("Tahun"), str(asked.year), None]
    yield [_("Laporan"), _("seluruhnya"), least if found.total is None else found.total]
    if found.running is None and found.running_least:
        yield [_("Laporan"), _("masih berjalan, sedikitnya"), found.running_least]
    else:
        yield [_("Laporan"), _("masih berjalan"), said(found.running)]
    yield [_("Laporan"), _("lewat tenggat"), said(found.overdue)]
    proven = found.percent_proven
    percent = hidden if proven is None else f"{proven} %"
    yield [_("Laporan"), _("terbukti, dari yang sudah diputuskan"), percent]
    for line in found.states:
        yield [_("Keadaan"), str(line.label), said(line.count)]
        for part in line.parts:
            yield [_("Keadaan"), f"{line.label}: {part.label}", said(part.count)]
    tables = ((_("Jenis dugaan"), found.kinds), (_("Ukuran unit"), found.sizes))
    for title, lines in (*tables, (_("Bulan diterima"), found.months)):
        for line in lines:
            yield [title, str(line.label), said(line.count)]
    for stay in counting.stays(region.pk, asked.year, found):
        words = _("belum cukup") if stay.days is None else number_format(stay.days, 1)
        yield [_("Median hari per langkah"), str(stay.label), words]
    for year, count in counting.totals_by_year(region.pk, asked.today):
        yield [_("Per tahun"), str(year), least if count is None else count]
