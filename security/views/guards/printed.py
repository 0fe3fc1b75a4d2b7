"""The list of a day's postings as a PDF and as an Excel file."""

from __future__ import annotations

from typing import cast

from django import forms
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forkopimda.lib.files import PDF, download
from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.lib.templatetags.words import figure
from forkopimda.meetings.filters import DayField
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import Level, Region

from ... import posting_list
from ...forms.guards import day_of
from ...posting_list import MOST_EXPORTED, MOST_PRINTED, Sheet, sheet
from ...shortage import usual_moment, voting_morning, zone_of

LISTED = (Level.REGENCY, Level.KECAMATAN)


class DayForm(forms.Form):
    """The day of the list."""

    hari = DayField("")


@require_safe
@needs("security.view_guards")
def pdf(request: HttpRequest) -> HttpResponse:
    """The list of a regency or a kecamatan, to be printed."""
    found = _sheet(request, MOST_PRINTED)
    if isinstance(found, HttpResponse):
        return found
    name = f"penempatan-{found.region.pk}-{found.day.isoformat()}.pdf"
    return download(posting_list.pdf(found, at=timezone.now()), name, PDF.content_type)


@require_safe
@needs("security.view_guards")
def excel(request: HttpRequest) -> HttpResponse:
    """The same list, a row per station."""
    found = _sheet(request, MOST_EXPORTED)
    if isinstance(found, HttpResponse):
        return found
    file = write(_("Penempatan"), posting_list.head(), posting_list.cells(found))
    name = f"penempatan-{found.region.pk}-{found.day.isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


def _sheet(request: HttpRequest, most: int) -> Sheet | HttpResponse:
    """The day's list, or a page that says why there is none."""
    user, region = cast(User, request.user), asked_region(request)
    form = DayForm(request.GET)
    if not form.is_valid():
        return _refused(request, region, str(form.errors["hari"][0]))
    if region is None or region.level not in LISTED:
        return _refused(request, region, _("Pilih satu kabupaten/kota atau kecamatan dahulu."))
    zone = zone_of(region)
    day = form.cleaned_data["hari"]
    if day is None:
        usual = usual_moment(voting_morning(user, region.pk, zone))
        day = timezone.localtime(usual, zone).date()
    found = sheet(user, region, day, day_of(day, region), most)
    if len(found.postings) > most:
        words = _(
            "Daftar ini lebih panjang dari %(most)s penempatan. Pilih satu kecamatan, "
            "atau unduh Excel bila itu cetakan."
        )
        return _refused(request, region, words % {"most": figure(most)})
    return found


def _refused(request: HttpRequest, region: Region | None, words: str) -> HttpResponse:
    context = {"words": words, "region": region}
    return render(request, "guards/no_list.html", context, status=422)
