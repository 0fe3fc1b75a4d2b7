"""The list of units as an Excel file, and such a file taken back after it was looked through.

What was read of the file goes to the page and back, signed: nothing is kept here in between, and
what is confirmed is what was checked.
"""

from __future__ import annotations

from itertools import islice
from typing import Any, NamedTuple, cast

from django.contrib import messages
from django.core import signing
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.lib.tables import Faults, Row, read_table
from forkopimda.lib.templatetags.words import figure
from forkopimda.people.models import User
from forkopimda.regions.asked import asked_region

from ... import actions
from ...actions.pledge_list import FaultyPledges, StalePledges
from ...forms.pledges import PledgeFilters, PledgeListForm
from ...pledge_plan import ROWS_MOST, Plan, make_plan
from ...pledge_rows import COLUMNS, IGNORED, cells, head
from .browse import listed, unit_list
from .edit import kept_homes

EXPORTED_MOST = 20_000
#: A fault in each cell of a full list; only a file that is no such list has more.
FAULTS_SHOWN = ROWS_MOST * len(COLUMNS)
STEPS_SHOWN = 50
#: How long a list that was looked through may be confirmed, in seconds.
KEPT_SECONDS = 12 * 3600
KEYS = tuple(column.key for column in COLUMNS)


@require_safe
@never_cache
@needs("asn_neutrality.view_pledges")
def export(request: HttpRequest) -> HttpResponse:
    """The list's rows in the columns of the import: what was taken out can be handed in."""
    user, region = cast(User, request.user), asked_region(request)
    filters = PledgeFilters(request.GET)
    if not filters.is_valid():
        return unit_list(request)
    rows = list(listed(user, region, filters)[: EXPORTED_MOST + 1])
    if len(rows) > EXPORTED_MOST:
        context = {"region": region, "most": EXPORTED_MOST}
        return render(request, "asn_neutrality/pledges/too_many.html", context, status=422)
    file = write(_("Ikrar netralitas"), head(whole=True), cells(rows))
    day = timezone.localdate().isoformat()
    name = f"ikrar-{region.pk if region else 'indonesia'}-{day}.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


@require_safe
@needs("asn_neutrality.keep_pledges")
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns that the import knows."""
    file = write(_("Ikrar netralitas"), head(), [])
    name = "templat-ikrar.xlsx"
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename=name))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.keep_pledges")
def import_file(request: HttpRequest) -> HttpResponse:
    """A list is handed in, looked through, and confirmed: all of it is stored, or nothing."""
    if "list" in request.POST:
        return _store(request)
    user, faults = cast(User, request.user), Faults()
    homes = kept_homes(user, asked_region(request))
    posted = request.method == "POST"
    form = PledgeListForm(
        request.POST if posted else None, request.FILES if posted else None, homes=homes
    )
    if form.is_valid():
        file, region = form.cleaned_data["upload"], form.cleaned_data["region"].pk
        rows = list(islice(read_table(file, COLUMNS, faults, ignored=IGNORED), ROWS_MOST + 1))
        plan = make_plan(user, rows, region, faults, held=False)
        if not faults:
            handed = Handed(file.name, region, [(row.line, row.values) for row in rows])
            return _preview(request, plan, handed)
    context = {"form": form}
    return _form_page(request, faults, context, status=422 if posted else 200)


class Handed(NamedTuple):
    """A list between the look at it and its confirmation: file name, region for rows that name
    none, and each row's number and cells by column."""

    name: str
    region: str
    rows: list[tuple[int, dict[str, str]]]

    def sign(self, user: User) -> str:
        """As the page carries it, for this person alone."""
        table = [[line, *(values[key] for key in KEYS)] for line, values in self.rows]
        return signing.dumps([self.name, self.region, table], salt=_salt(user), compress=True)

    @classmethod
    def read(cls, user: User, text: str) -> Handed:
        """What `sign` gave; BadSignature for anything else, and for what is too old."""
        name, region, table = signing.loads(text, salt=_salt(user), max_age=KEPT_SECONDS)
        return cls(
            name, region, [(line, dict(zip(KEYS, fields, strict=True))) for line, *fields in table]
        )


def _salt(user: User) -> str:
    return f"asn_neutrality.pledges.{user.pk}"


def _store(request: HttpRequest) -> HttpResponse:
    user = cast(User, request.user)
    try:
        handed = Handed.read(user, request.POST["list"])
    except (signing.BadSignature, ValueError):  # changed, too old, or of another release
        messages.error(request, _("Daftar ini tidak berlaku lagi. Pilih berkasnya sekali lagi."))
        return redirect("asn_pledges:import")
    try:
        plan = actions.import_pledges(
            by=user,
            rows=[Row(*row) for row in handed.rows],
            region=handed.region,
            source=handed.name,
            seen=request.POST.get("seen", ""),
        )
    except FaultyPledges as faulty:
        homes = kept_homes(user, asked_region(request))
        context = {"form": PledgeListForm(homes=homes)}
        return _form_page(request, faulty.faults, context, status=422)
    except StalePledges as stale:
        return _preview(request, stale.plan, handed, status=409)
    words = _(
        "Daftar disimpan: %(added)s unit baru, %(changed)s berubah, %(counted)s hitungan ikrar, "
        "%(unchanged)s tetap."
    )
    names = ("added", "changed", "counted", "unchanged")
    messages.success(request, words % {name: figure(getattr(plan, name)) for name in names})
    return redirect("asn_pledges:list")


def _preview(request: HttpRequest, plan: Plan, handed: Handed, status: int = 200) -> HttpResponse:
    steps = [step for step in plan.steps if step.is_new or step.changes or step.pledge]
    context = {
        "plan": plan,
        "steps": steps[:STEPS_SHOWN],
        "total": len(steps),
        "name": handed.name,
        "list": handed.sign(cast(User, request.user)),
        "stale": status != 200,
    }
    return render(request, "asn_neutrality/pledges/import_check.html", context, status=status)


def _form_page(
    request: HttpRequest, faults: Faults, context: dict[str, Any], status: int
) -> HttpResponse:
    more = {
        "faults": faults,
        "shown": list(islice(faults, FAULTS_SHOWN)),
        "columns": COLUMNS,
        "rows_most": ROWS_MOST,
    }
    return render(request, "asn_neutrality/pledges/import.html", context | more, status=status)
