"""What reporters see of their report with its code: how it stands, and the conversation.

The code is typed into a form and is never part of an address. What it opens lies in a vault whose
token the browser holds for /lapor/ alone (sealing/vault.py).
"""

from __future__ import annotations

import logging
from contextlib import suppress
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import (
    require_http_methods,
    require_POST,
    require_safe,
)
from redis.exceptions import RedisError

from forkopimda.lib import limits
from forkopimda.lib.files import download
from forkopimda.lib.forms import refused

from .. import actions, puzzle
from ..correspondence import read, written_in
from ..documents.receipt import receipt_pdf
from ..flow import IN_PLAIN_WORDS
from ..forms.conversation import CodeForm, MessageForm
from ..forms.evidence import attachments
from ..models import Entry, EntryKind
from ..reporter import REPORTER
from ..sealing import vault
from ..sealing.primitives import CanNotOpen
from ..sealing.vault import Vault
from ..tracking import Busy, again, track

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpRequest

    from ..entries import OpenReport

logger = logging.getLogger(__name__)

KIND = "reporter"
PATH = "/lapor/"
PER_PAGE = 20
#: Codes tried by anybody, right or wrong, before everybody waits: a minute at most.
TRIES = "30/minute"
TRIES_NAME = "lapor:code"
#: Further ones of browsers that have solved a puzzle, when those are used up.
SOLVED = "120/minute"
SOLVED_NAME = "lapor:code-solved"
LONGEST_DRAFT = 20_000
#: In the address after the conversation was closed, so that the page can say so.
CLOSED = "ditutup"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def status(request: HttpRequest) -> HttpResponse:
    """The report whose code was typed, or the form that asks for the code."""
    if request.method == "POST":
        return _try(request)
    held, opened = _opened(request)
    if held is None or opened is None:
        return _ask(request)
    said = held.notes.pop("said", "")
    if said:
        _keep(held)
    form = MessageForm(initial={"text": held.notes.get("draft", "")})
    return _page(request, opened, form, said=said)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def message(request: HttpRequest) -> HttpResponse:
    """Takes what the reporter writes. What can't be taken is shown again with all that was typed;
    so is what was written when the page has locked itself meanwhile."""
    if request.method != "POST":
        return redirect("lapor:status")
    held, opened = _opened(request)
    if held is None or opened is None:
        return _ask(request, status=422, draft=request.POST.get("text", ""))
    form = MessageForm(request.POST, request.FILES)
    if form.is_valid() and _store(form, opened):
        held.notes.pop("draft", None)
        held.notes["said"] = "sent"
        _keep(held)
        return redirect("lapor:status")
    return _page(request, opened, form, status=422)


@never_cache
@require_safe
def receipt(request: HttpRequest) -> HttpResponse:
    """The receipt as a PDF: number, kind, day and standing, never the code."""
    _held, opened = _opened(request)
    if opened is None:
        return redirect("lapor:status")
    return download(receipt_pdf(opened.report), "tanda-terima.pdf", "application/pdf")


@never_cache
@require_safe
def file(request: HttpRequest, evidence: UUID) -> HttpResponse:
    """A file that an examiner has sent to this reporter."""
    _held, opened = _opened(request)
    if opened is None:
        return redirect("lapor:status")
    entry = get_object_or_404(
        Entry.objects.filter(report=opened.report, kind=EntryKind.TO_REPORTER, evidence=evidence)
    )
    for details in read(opened, [entry])[0].files:
        if details.evidence.pk == evidence:
            try:
                return download(b"".join(details.content()), details.name, details.content_type)
            except (CanNotOpen, FileNotFoundError):
                logger.exception("the sealed file %s can't be handed out", evidence)
    raise Http404


@never_cache
@require_POST
def close(request: HttpRequest) -> HttpResponse:
    """Forgets the code that was typed, here and in the browser."""
    _forget(request)
    response = redirect(f"{reverse('lapor:status')}?{CLOSED}")
    vault.take_back(response, KIND, path=PATH)
    return response


def _store(form: MessageForm, opened: OpenReport) -> bool:
    """Whether the message was stored; if not, the form says why."""
    try:
        files = attachments(form.cleaned_data["files"])
    except ValidationError as error:
        form.add_error("files", error)
        return False
    try:
        actions.write_as_reporter(
            by=REPORTER,
            opened=opened,
            text=form.cleaned_data["text"],
            token=form.cleaned_data["token"],
            files=files,
        )
    except ValidationError as error:
        refused(form, error)
        return False
    return True


def _try(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if not form.is_valid():
        return _ask(request, form, status=422)
    if not _may_try(request):
        return _wait(request, form)
    try:
        tracked = track(form.cleaned_data["code"])
        if tracked is None:
            form.add_error(
                "code", _("Kode tidak ditemukan. Periksa lagi angka-angkanya, satu per satu.")
            )
            return _ask(request, form, status=422)
        held = Vault(KIND, tracked.opened.report.pk, tracked.key)
        held.notes["draft"] = form.cleaned_data["draft"][:LONGEST_DRAFT]
        held.keep()
    except Busy:
        return _wait(request, form)
    except RedisError:
        logger.exception("a report can't be opened, Redis is away")
        form.add_error(None, _("Layanan sedang terganggu. Coba lagi beberapa menit lagi."))
        return _ask(request, form, status=503)
    _forget(request)
    response = redirect("lapor:status")
    response.status_code = 303
    vault.give(response, held, path=PATH)
    return response


def _may_try(request: HttpRequest) -> bool:
    """Takes one of the tries that are left. Who solves a puzzle has tries of their own."""
    if limits.spend(TRIES_NAME, TRIES):
        return True
    solution = request.POST.get("solution", "")
    if not solution or not puzzle.solves(request.POST.get("challenge", ""), solution):
        return False
    return limits.spend(SOLVED_NAME, SOLVED)


def _wait(request: HttpRequest, form: CodeForm) -> HttpResponse:
    form.add_error(
        None,
        _(
            "Terlalu banyak kode sedang dicoba, mungkin oleh orang lain. Kode Anda belum "
            "diperiksa. Tunggu satu menit, lalu tekan Buka lagi; yang Anda ketik tetap ada."
        ),
    )
    response = _ask(request, form, status=429, challenge=puzzle.challenge())
    response["Retry-After"] = "60"
    return response


def _forget(request: HttpRequest) -> None:
    """Locks what this browser has open."""
    held = vault.find(KIND, request.COOKIES.get(vault.cookie_name(KIND), ""))
    if held is not None:
        with suppress(RedisError):  # it ends by itself
            held.forget()


def _keep(held: Vault) -> None:
    """Keeps what was noted beside the key; a note that is lost harms nobody."""
    with suppress(RedisError):
        held.keep(changed=True)


def _opened(request: HttpRequest) -> tuple[Vault | None, OpenReport | None]:
    """The reporter's vault and the report that it opens, while both are there."""
    held = vault.of_request(request, KIND)
    return held, again(held.owner, held.secret) if held is not None else None


def _ask(
    request: HttpRequest,
    form: CodeForm | None = None,
    *,
    status: int = 200,
    draft: str = "",
    challenge: dict[str, Any] | None = None,
) -> HttpResponse:
    """The form for the code, saying why it is asked for again."""
    locked = bool(request.COOKIES.get(vault.cookie_name(KIND))) and form is None
    form = form or CodeForm(initial={"draft": draft})
    context = {
        "form": form,
        "locked": locked,
        "closed": CLOSED in request.GET and not locked and not form.is_bound,
        "draft": form["draft"].value(),
        "challenge": challenge,
    }
    response = render(request, "lapor/status_code.html", context, status=status)
    if locked:
        vault.take_back(response, KIND, path=PATH)
    return response


def _page(
    request: HttpRequest,
    opened: OpenReport,
    form: MessageForm,
    *,
    said: str = "",
    status: int = 200,
) -> HttpResponse:
    report = opened.report
    case = report.case
    paginator = Paginator(written_in(report), PER_PAGE)
    page = paginator.get_page(request.GET.get("page") or paginator.num_pages)
    step = case.steps.order_by("id").last()
    context = {
        "report": report,
        "words": IN_PLAIN_WORDS[case.state],
        "since": step.at if step else None,
        "page": page,
        "messages_shown": read(opened, page.object_list),
        "form": form,
        "said": said,
    }
    with timezone.override(ZoneInfo(case.region.time_zone)):
        return render(request, "lapor/status.html", context, status=status)
