"""The examiners' side of the conversation with a reporter."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..correspondence import MESSAGES, read, written_in
from ..forms.conversation import ReplyForm
from ..models import Case, Report
from ..unlocking import opened_of

if TYPE_CHECKING:
    from django.http import HttpRequest

    from ..entries import OpenCase

PER_PAGE = 20


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("asn_neutrality.view")
def message(request: HttpRequest, pk: int, report: int) -> HttpResponse:
    """All messages of one report, and the examiner's answer. The case must have been opened."""
    user = cast(User, request.user)
    case = get_object_or_404(Case.objects.visible_to(user).select_related("region"), pk=pk)
    found = get_object_or_404(Report.objects.visible_to(user), pk=report, case=case)
    found.case = case
    if request.method == "POST":
        require(user, "asn_neutrality.work", case)
    opened = opened_of(request, case)
    if request.method == "POST":
        return _answer(request, user, found, opened)
    if opened is None:
        return redirect("asn_neutrality:detail", pk=case.pk)
    form = ReplyForm() if may(user, "asn_neutrality.work", case) else None
    return _page(request, found, opened, form)


def _answer(
    request: HttpRequest, user: User, report: Report, opened: OpenCase | None
) -> HttpResponse:
    form = ReplyForm(request.POST, request.FILES)
    if opened is None:
        context = {"case": report.case, "report": report, "form": form, "locked": True}
        return render(request, "asn_neutrality/conversation.html", context, status=422)
    if form.is_valid():
        try:
            actions.reply(
                by=user,
                opened=opened,
                report=report,
                text=form.cleaned_data["text"],
                token=form.cleaned_data["token"],
                files=form.cleaned_data["files"],
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Pesan terkirim. Pelapor membacanya dengan kode lacaknya."))
            case = reverse("asn_neutrality:detail", args=[report.case_id])
            return redirect(f"{case}#percakapan-{report.pk}")
    return _page(request, report, opened, form, status=422)


def _page(
    request: HttpRequest,
    report: Report,
    opened: OpenCase,
    form: ReplyForm | None,
    *,
    status: int = 200,
) -> HttpResponse:
    paginator = Paginator(written_in(report, MESSAGES), PER_PAGE)
    page = paginator.get_page(request.GET.get("page") or paginator.num_pages)
    talk = read(opened, page.object_list)
    if form is not None and report.is_unread and page.number == paginator.num_pages:
        last = talk[-1].entry.serial if talk else 0
        actions.mark_read(by=cast(User, request.user), opened=opened, report=report, upto=last)
    context = {"case": report.case, "report": report, "page": page, "talk": talk, "form": form}
    return render(request, "asn_neutrality/conversation.html", context, status=status)
