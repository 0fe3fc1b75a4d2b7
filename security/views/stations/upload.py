"""A list of stations is uploaded, looked through and stored.

The list is kept by the server under a key between the two steps: what is confirmed is what was
checked, whatever the browser sends, and a report of faults can be read again or fetched as a file.
"""

from __future__ import annotations

from io import BytesIO
from typing import Any, cast
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.files import download
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.lib.spreadsheet import write
from forkopimda.lib.tables import Faults, report
from forkopimda.people.models import User

from ... import actions
from ...actions.stations import ROWS_MOST
from ...forms.stations import GROUPS, UploadForm
from ...models import StationReason, StationUpload
from ...station_import import Plan, make_plan
from .browse import list_head


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("elections.keep_stations")
def upload(request: HttpRequest) -> HttpResponse:
    """Takes a list, keeps it, and goes on to what it would do. Nothing is stored yet."""
    user = cast(User, request.user)
    form = UploadForm(request.POST, request.FILES) if request.method == "POST" else UploadForm()
    if form.is_valid():
        file = form.cleaned_data["upload"]
        try:
            kept = actions.keep_upload(by=user, name=file.name, content=file.read())
        except ValidationError as error:
            refused(form, error)
        else:
            return redirect("stations:upload-check", key=kept.pk)
    context = {"form": form, "reasons": _reasons(), "rows_most": ROWS_MOST}
    return render(request, "stations/upload.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs("elections.keep_stations")
def template(request: HttpRequest) -> HttpResponse:
    """An empty table with the columns that the upload knows."""
    file = write(_("Daftar TPS"), list_head(), [])
    return cast(HttpResponse, FileResponse(file, as_attachment=True, filename="templat-tps.xlsx"))


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("elections.keep_stations")
def check(request: HttpRequest, key: UUID) -> HttpResponse:
    """What the list would do, or every fault of it; confirmed, it is stored."""
    user = cast(User, request.user)
    kept = _own(user, key)
    if request.method != "POST":
        plan, faults = _dry_run(user, kept)
        return _check_page(request, kept, plan, faults, status=422 if faults else 200)
    try:
        plan = actions.import_stations(
            by=user,
            stream=BytesIO(bytes(kept.content)),
            source=kept.name,
            rows_most=ROWS_MOST,
            seen=request.POST.get("seen", ""),
            upload=kept,
        )
    except actions.FaultyList as faulty:
        return _check_page(request, kept, None, faulty.faults, status=422)
    except actions.StalePlan as stale:
        return _check_page(request, kept, stale.plan, Faults(), status=409, stale=True)
    messages.success(request, _stored(plan))
    return redirect("stations:list")


@require_POST
@needs("elections.keep_stations")
def drop(request: HttpRequest, key: UUID) -> HttpResponse:
    """Forgets the list."""
    user = cast(User, request.user)
    actions.drop_upload(by=user, upload=_own(user, key))
    messages.info(request, _("Unggahan dibatalkan. Tidak ada yang disimpan."))
    return redirect("stations:upload")


@require_safe
@never_cache
@needs("elections.keep_stations")
def faults(request: HttpRequest, key: UUID) -> HttpResponse:
    """Every fault of the list as a file."""
    user = cast(User, request.user)
    _plan, found = _dry_run(user, _own(user, key))
    return download(report(found), "perbaikan-daftar-tps.csv", "text/csv; charset=utf-8")


def _own(user: User, key: UUID) -> StationUpload:
    return cast(StationUpload, get_object_or_404(StationUpload.objects.visible_to(user), pk=key))


def _dry_run(user: User, kept: StationUpload) -> tuple[Plan | None, Faults]:
    found = Faults()
    with transaction.atomic():
        plan = make_plan(user, BytesIO(bytes(kept.content)), found, rows_most=ROWS_MOST)
        transaction.set_rollback(True)
    return plan, found


def _check_page(
    request: HttpRequest,
    kept: StationUpload,
    plan: Plan | None,
    found: Faults,
    status: int,
    **more: Any,
) -> HttpResponse:
    context = {"upload": kept, "plan": plan, "faults": found, **more}
    return render(request, "stations/upload_check.html", context, status=status)


def _stored(plan: Plan) -> str:
    numbers = {
        "added": plan.added,
        "changed": plan.changed,
        "classes": plan.classed + plan.reclassed,
        "unchanged": plan.unchanged,
    }
    return _(
        "Daftar disimpan: %(added)s TPS baru, %(changed)s berubah, %(classes)s kelas baru atau "
        "berubah, %(unchanged)s tetap."
    ) % {key: number_format(value, force_grouping=True) for key, value in numbers.items()}


def _reasons() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (
            str(group),
            [(each.value, str(each.label)) for each in StationReason if each.value[0] == letter],
        )
        for group, letter in GROUPS
    ]
