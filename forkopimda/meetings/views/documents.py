"""Documents: issued, previewed, downloaded; minutes approved, corrected, read by version."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.files import PDF, download, serve
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions, documents
from ..actions.publish import fingerprint, not_approvable
from ..document_forms import ApproveForm, CorrectionForm
from ..models import Document, DocumentKind, Meeting, MinutesVersion
from ..versions import compared
from .detail import visible_meeting

KINDS = {
    "undangan": DocumentKind.INVITATION,
    "daftar-hadir": DocumentKind.ATTENDANCE,
    "notulen": DocumentKind.MINUTES,
}


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.change")
def issue(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The secretariat issues an invitation letter or an attendance list, once it has confirmed."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.change", meeting)
    chosen = _kind(kind)
    if chosen == DocumentKind.MINUTES:
        raise Http404
    problem: list[str] = []
    if request.method == "POST":
        try:
            document = actions.issue_document(by=user, meeting=meeting, kind=chosen)
        except ValidationError as error:
            problem = error.messages
        else:
            messages.success(
                request,
                _("%(kind)s terbit dengan nomor %(number)s.")
                % {"kind": document.get_kind_display(), "number": document.number},
            )
            return redirect(f"{meeting_address(meeting)}#documents-title")
    context = {
        "meeting": meeting,
        "slug": kind,
        "kind": str(chosen.label).lower(),
        "problem": problem,
        "issued": meeting.documents.filter(kind=chosen).order_by("-version").first(),
        "head": documents.head_of(meeting),
    }
    return render(request, "meetings/issue.html", context, status=422 if problem else 200)


def meeting_address(meeting: Meeting) -> str:
    """The meeting's page."""
    return cast(HttpResponse, redirect("meetings:detail", pk=meeting.pk))["Location"]


def _kind(slug: str) -> DocumentKind:
    if slug not in KINDS:
        raise Http404
    return KINDS[slug]


@require_safe
@needs("meetings.preview")
def preview(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """A document as it would be issued now, marked as a draft, for those who issue or approve."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.preview", meeting)
    chosen = _kind(kind)
    return download(documents.draft(chosen, meeting), f"konsep-{kind}.pdf", PDF.content_type)


@require_safe
@needs("meetings.view_part")
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """An issued document, for those who may open its meeting."""
    found = get_object_or_404(Document.objects.visible_to(cast(User, request.user)), pk=pk)
    return serve(found.file, documents.file_name(found), PDF.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.approve")
def approve(request: HttpRequest, pk: int) -> HttpResponse:
    """The chair reads the minutes as they stand and approves them."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.approve", meeting)
    form = ApproveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.approve_minutes(by=user, meeting=meeting, seen=form.cleaned_data["seen"])
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Notulen disetujui dan diterbitkan."))
            return redirect(f"{meeting_address(meeting)}#documents-title")
    content = documents.minutes_content(meeting)
    last = meeting.minutes_versions.first()
    context = {
        "meeting": meeting,
        "form": form,
        "seen": fingerprint(content),
        "parts": compared(content, last.content if last else None),
        "last": last,
        "problem": not_approvable(meeting),
    }
    status = 422 if form.is_bound else 200
    return render(request, "meetings/approve.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.change")
def correct(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat opens approved minutes for a correction, with the reason."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.change", meeting)
    form = CorrectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.reopen_for_correction(by=user, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Notulen dibuka untuk koreksi. Versi yang disetujui tetap tersimpan.")
            )
            return redirect("meetings:detail", pk=pk)
    context = {"meeting": meeting, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/correct.html", context, status=status)


@require_safe
@needs("meetings.view_part")
def version(request: HttpRequest, pk: int, version: int) -> HttpResponse:
    """Minutes as they were approved, with what a correction changed."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    rows = MinutesVersion.objects.visible_to(user).filter(meeting=meeting)
    chosen = get_object_or_404(rows, version=version)
    before = rows.filter(version=version - 1).first()
    context = {
        "meeting": meeting,
        "chosen": chosen,
        "before": before,
        "newer": rows.filter(version=version + 1).first(),
        "parts": compared(chosen.content, before.content if before else None),
        "document": meeting.documents.filter(kind=DocumentKind.MINUTES, version=version).first(),
    }
    return render(request, "meetings/version.html", context)
