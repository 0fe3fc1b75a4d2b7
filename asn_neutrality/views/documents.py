"""Printed documents of a case: made for their reader, kept nowhere."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from forkopimda.lib.authority import require
from forkopimda.lib.files import PDF, download
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..documents.letter import letter_pdf
from ..documents.receipt import receipt_pdf
from ..documents.sheet import file_name
from ..documents.study import study_pdf
from ..forms.documents import LetterForm, ReceiptForm
from ..models import Case, EntryKind, Opened, Purpose
from ..sealing.primitives import CanNotOpen
from ..unlocking import opened_of
from .case import show, visible

#: How documents that are made from an opened case are called, by their entry.
LABELS = {EntryKind.STUDY: "Kajian", EntryKind.RECOMMENDATION: "Surat rekomendasi"}


@require_POST
@never_cache
@needs("asn_neutrality.view")
def document(request: HttpRequest, pk: int, document: str) -> HttpResponse:
    """A document as a PDF. Receipts hold what stands in the clear; the others are made from an
    opened case, and noted as opened."""
    case = visible(request, pk)
    if document == "receipt":
        return _receipt(request, case)
    if document not in LABELS:
        raise Http404
    user = cast(User, request.user)
    require(user, "asn_neutrality.open", case)
    opened = opened_of(request, case)
    if opened is None:
        messages.info(request, _("Buka dahulu berkas perkara ini, dengan alasannya."))
        return redirect("asn_neutrality:detail", pk=pk)
    if not case.entries.filter(kind=document).exists():
        raise Http404
    form = LetterForm(request.POST)
    if document == EntryKind.RECOMMENDATION and not form.is_valid():
        messages.error(request, _("Pilih kepada siapa surat ditujukan."))
        return show(request, case, status=422)
    label = LABELS[EntryKind(document)]
    try:
        pdf = (
            study_pdf(opened, user)
            if document == EntryKind.STUDY
            else letter_pdf(opened, user, form.cleaned_data["recipient"])
        )
    except CanNotOpen:
        return render(request, "asn_neutrality/broken.html", {"case": case}, status=410)
    actions.note_opening(
        by=user, case=case, what=Opened.DOCUMENT, purpose=Purpose.LETTER, explanation=label
    )
    return download(pdf, file_name(label, case.number), PDF.content_type)


def _receipt(request: HttpRequest, case: Case) -> HttpResponse:
    form = ReceiptForm(request.POST, case=case)
    if case.erased_at is not None or not form.is_valid():
        raise Http404
    report = form.cleaned_data["report"] or case.reports.first()
    if report is None:  # a case from before there were reports, or a merged one
        raise Http404
    name = file_name("Tanda terima", report.number)
    return download(receipt_pdf(report), name, PDF.content_type)
