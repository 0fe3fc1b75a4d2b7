"""One case: what stands in the clear, its content once it was opened with a reason, and what is
opened one by one: identities and files."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.files import download
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions, unlocking
from ..conversation_part import conversation_part
from ..documents_part import documents_part
from ..dossier import Dossier, dossier_of
from ..entry_words import lines_of
from ..flow_part import flow_part
from ..forms.desk import ReasonForm
from ..models import Case, EntryKind, Evidence, Opened, Purpose, Report
from ..sealing.primitives import CanNotOpen

if TYPE_CHECKING:
    from ..entries import FileDetails, OpenCase

logger = logging.getLogger(__name__)

REPORTS_PER_PAGE = 20
#: Steps, members and merged cases that the page shows; more than any case has.
MOST_SHOWN = 200


@require_safe
@never_cache
@needs("asn_neutrality.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """The page of a case."""
    return show(request, visible(request, pk))


@require_POST
@never_cache
@needs("asn_neutrality.open")
def enter(request: HttpRequest, pk: int) -> HttpResponse:
    """Opens the content for this visit, once the reader has said why."""
    user = cast(User, request.user)
    case = visible(request, pk)
    require(user, "asn_neutrality.open", case)
    held = unlocking.vault_of(request)
    if held is None:
        return _back(case)
    form = ReasonForm(request.POST)
    if form.is_valid():
        try:
            unlocking.enter(held, user, case, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            return _back(case)
    return show(request, case, form, status=422)


@require_POST
@never_cache
@needs("asn_neutrality.open")
def leave(request: HttpRequest, pk: int) -> HttpResponse:
    """Closes the content again, before the key locks itself."""
    case = visible(request, pk)
    require(cast(User, request.user), "asn_neutrality.open", case)
    held = unlocking.vault_of(request)
    if held is not None:
        for opened in ("cases", "files"):
            held.notes.get(opened, {}).pop(str(case.pk), None)
        held.keep(changed=True)
        messages.success(request, _("Berkas ditutup."))
    return _back(case)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.open")
def identity(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """Asks why the reporter's identity is opened, and shows it on that one answer."""
    user = cast(User, request.user)
    case = visible(request, pk)
    require(user, "asn_neutrality.open", case)
    entry = get_object_or_404(
        case.entries.select_related("report"), kind=EntryKind.IDENTITY, report=report
    )
    opened = unlocking.opened_of(request, case)
    if opened is None:
        return _closed(request, case)
    form = ReasonForm(request.POST if request.method == "POST" else None)
    context = {"case": case, "report": entry.report, "form": form}
    if form.is_valid():
        try:
            lines = lines_of(entry.kind, opened.read(entry))
            actions.note_opening(by=user, case=case, what=Opened.IDENTITY, **form.cleaned_data)
        except CanNotOpen:
            return _broken(request, case)
        except ValidationError as error:
            refused(form, error)
        else:
            return render(request, "asn_neutrality/identity.html", context | {"lines": lines})
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/identity.html", context, status=status)


@require_safe
@never_cache
@needs("asn_neutrality.open")
def evidence(request: HttpRequest, pk: int, evidence: Any) -> HttpResponse:
    """One file, decrypted, to be saved by the reader. Noted once per file and visit."""
    user = cast(User, request.user)
    case = visible(request, pk)
    require(user, "asn_neutrality.open", case)
    rows = Evidence.objects.visible_to(user).filter(entry__case=case)
    row = get_object_or_404(rows.select_related("entry__report"), pk=evidence)
    opened = unlocking.opened_of(request, case)
    if opened is None:
        return _closed(request, case)
    try:
        details = _details(opened, row)
        content = b"".join(details.content())
    except (CanNotOpen, OSError):
        logger.exception("evidence %s can not be opened", row.pk)
        return _broken(request, case)
    _note_file(request, user, case, row)
    return download(content, details.name, details.content_type)


def visible(request: HttpRequest, pk: int) -> Case:
    """The case, if the reader may see it; else it is not there."""
    cases = Case.objects.visible_to(request.user).select_related(  # type: ignore[arg-type]
        "region", "lead", "violation", "merged_into"
    )
    return cast(Case, get_object_or_404(cases, pk=pk))


def show(
    request: HttpRequest, case: Case, form: ReasonForm | None = None, status: int = 200
) -> HttpResponse:
    """The page of a case: the clear part, and the content where it is open."""
    user = cast(User, request.user)
    may_open = may(user, "asn_neutrality.open", case)
    held = unlocking.vault_of(request) if may_open and not case.erased_at else None
    opened = unlocking.opened_of(request, case) if held else None
    steps = list(case.steps.select_related("sanction").order_by("-id")[:MOST_SHOWN])[::-1]
    reports = Paginator(case.reports.order_by("id"), REPORTS_PER_PAGE).get_page(
        request.GET.get("laporan")
    )
    members = case.members.filter(removed_at=None).select_related("user")
    dossier = None
    if opened:
        page = request.GET.get("page")
        dossier = dossier_of(opened, list(reports.object_list), steps, page)
    context = {
        "case": case,
        "dossier": dossier,
        "steps": [(step, dossier and dossier.steps.get(step.pk)) for step in steps],
        "report_page": reports,
        "reported": [_reported(report, dossier) for report in reports.object_list],
        "members": members[:MOST_SHOWN],
        "merged": case.merged.visible_to(user)[:MOST_SHOWN],
        "may_see_main": case.merged_into is not None
        and may(user, "asn_neutrality.view", case.merged_into),
        "gate": _gate(user, case, may_open=may_open, unlocked=held is not None, opened=opened),
        "form": form or ReasonForm(),
        **flow_part(user, case, opened),
        **documents_part(user, case, opened),
        **conversation_part(user, case, opened),
    }
    return render(request, "asn_neutrality/detail.html", context, status=status)


def _reported(report: Report, dossier: Dossier | None) -> dict[str, Any]:
    """A report as the page shows it."""
    return {
        "report": report,
        "shown": dossier and dossier.narratives.get(report.pk),
        "has_identity": bool(dossier and report.pk in dossier.with_identity),
    }


def _gate(
    user: User, case: Case, *, may_open: bool, unlocked: bool, opened: OpenCase | None
) -> str:
    """What stands between the reader and the content: "open" if nothing does."""
    if case.erased_at:
        return "erased"
    if not case.is_sealed and not may(user, "asn_neutrality.work", case):
        return "empty"
    if not may_open:
        return "not_member"
    if not unlocked:
        return "locked"
    return "open" if opened else "reason"


def _back(case: Case) -> HttpResponse:
    return redirect("asn_neutrality:detail", pk=case.pk)


def _closed(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(request, _("Buka dahulu berkas perkara ini, dengan alasannya."))
    return _back(case)


def _broken(request: HttpRequest, case: Case) -> HttpResponse:
    return render(request, "asn_neutrality/broken.html", {"case": case}, status=410)


def _details(opened: OpenCase, row: Evidence) -> FileDetails:
    for details in opened.files(row.entry):
        if details.evidence.pk == row.pk:
            return details
    raise Http404


def _note_file(request: HttpRequest, user: User, case: Case, row: Evidence) -> None:
    held = unlocking.vault_of(request)
    if held is None:  # it locked itself this very moment
        raise Http404
    seen = held.notes.setdefault("files", {}).setdefault(str(case.pk), [])
    if str(row.pk) in seen:
        return
    purpose = held.notes["cases"][str(case.pk)]
    # What the reader explained of the case's opening is noted there; the file needs a word alone.
    if purpose == Purpose.OTHER:
        purpose = Purpose.EVIDENCE
    actions.note_opening(by=user, case=case, what=Opened.EVIDENCE, purpose=purpose)
    seen.append(str(row.pk))
    held.keep(changed=True)
