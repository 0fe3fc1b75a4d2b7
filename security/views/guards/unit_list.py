"""The list of units as an Excel file, and such a file taken back."""

from __future__ import annotations

from itertools import islice
from typing import cast

from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.lib.tables import Faults, read_table
from forkopimda.lib.templatetags.words import figure
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region

from ... import actions
from ...actions.units import UNIT_ROWS_MOST
from ...forms.guards import UnitFilters
from ...forms.unit_list import UnitListForm
from ...models import UnitKind
from ...unit_rows import COLUMNS, IGNORED, cells, head
from .units import listed, units

MOST_EXPORTED = 20_000
#: A fault in each cell of a full list; only a file that is no list of units has more.
FAULTS_SHOWN = UNIT_ROWS_MOST * len(COLUMNS)


@require_safe
@needs("security.view_guards")
def export_units(request: HttpRequest) -> HttpResponse:
    """The list's rows in the columns of the import: what was taken out can be handed in."""
    user, region = cast(User, request.user), asked_region(request)
    filters = UnitFilters(request.GET)
    if not filters.is_valid():
        return units(request)
    rows = list(listed(user, region, filters)[: MOST_EXPORTED + 1])
    if len(rows) > MOST_EXPORTED:
        words = _(
            "Daftar ini lebih panjang dari %(most)s satuan. Pilih satu wilayah, "
            "atau persempit saringannya."
        )
        context = {"words": words % {"most": figure(MOST_EXPORTED)}, "region": region}
        return render(request, "guards/no_list.html", context, status=422)
    file = write(_("Satuan"), head(), cells(rows))
    name = f"satuan-{region.pk if region else 'indonesia'}-{timezone.localdate().isoformat()}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


@require_safe
@needs("security.keep_guards")
def units_template(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns that the import knows."""
    file = write(_("Satuan"), head(), [])
    name = "templat-satuan.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.keep_guards")
def import_units(request: HttpRequest) -> HttpResponse:
    """The police hand in a list of units: all of it is stored, or every fault of it is shown."""
    user, faults = cast(User, request.user), Faults()
    form = UnitListForm(request.POST, request.FILES) if request.method == "POST" else UnitListForm()
    if form.is_valid():
        file = form.cleaned_data["upload"]
        rows = read_table(file, COLUMNS, faults, ignored=IGNORED)
        try:
            done = actions.import_units(by=user, rows=rows, source=file.name, faults=faults)
        except actions.FaultyList:
            pass  # the page names the faults
        else:
            words = _(
                "Daftar disimpan: %(added)s satuan baru, %(changed)s berubah, %(unchanged)s tetap."
            )
            numbers = {key: figure(value) for key, value in done._asdict().items()}
            messages.success(request, words % numbers)
            return redirect("guards:units")
    context = {
        "form": form,
        "faults": faults,
        "shown": list(islice(faults, FAULTS_SHOWN)),
        "rows_most": UNIT_ROWS_MOST,
        "kinds": ", ".join(str(kind.label) for kind in UnitKind),
    }
    status = 422 if form.is_bound else 200
    return render(request, "guards/import_units.html", context, status=status)
