"""The public page that confirms an issued document. It is reached by the code on the paper."""

from __future__ import annotations

import hashlib
from typing import cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from ..document_forms import CompareForm
from ..models import Document, DocumentKind, Stage


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def verify(request: HttpRequest, key: str) -> HttpResponse:
    """Kind, number, date, issuer, version and checksum; a file can be compared, nothing is kept."""
    rows = Document.objects.select_related("meeting__region")
    document = cast(Document, get_object_or_404(rows, key=key))
    meeting = document.meeting
    posted = request.method == "POST"
    form = CompareForm(request.POST, request.FILES) if posted else CompareForm()
    same: bool | None = None
    if form.is_valid():
        found = hashlib.file_digest(form.cleaned_data["upload"], "sha256").hexdigest()
        same = constant_time_compare(found, document.sha256)
    newest = meeting.documents.filter(kind=document.kind).order_by("-version").first()
    context = {
        "document": document,
        "title": "" if meeting.restricted or meeting.sent_at is None else meeting.title,
        "newer": newest if newest and newest.pk != document.pk else None,
        "cancelled": meeting.stage == Stage.CANCELLED,
        "checksum": " ".join(document.sha256[i : i + 8] for i in range(0, 64, 8)),
        "invitation": document.kind == DocumentKind.INVITATION,
        "form": form,
        "same": same,
    }
    status = 422 if posted and same is None else 200
    with timezone.override(meeting.zone):
        answer = render(request, "meetings/verify.html", context, status=status)
    answer["X-Robots-Tag"] = "noindex, nofollow"
    return answer
