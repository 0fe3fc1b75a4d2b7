"""The flow of a case: its next step, its legal kind, who leads it; and all cases by their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..actions.flow import last_step
from ..deadlines import groups_of, open_cases
from ..flow import act_of, next_steps
from ..flow_part import missing_of
from ..forms.flow import LeadForm, StepForm, ViolationForm, locked
from ..models import State
from ..unlocking import opened_of
from .case import visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms

    from ..entries import OpenCase
    from ..models import Case

PER_PAGE = 30


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def move(request: HttpRequest, pk: int, state: str) -> HttpResponse:
    """Asks for what a step needs, and takes the case there."""
    case, opened = _worked(request, pk)
    if state not in State.values:
        raise Http404
    posted = request.method == "POST"
    if not posted and state not in next_steps(case):
        messages.info(request, _("Langkah itu tidak tersedia dari keadaan perkara sekarang."))
        return redirect("asn_neutrality:detail", pk=case.pk)
    form = StepForm(
        request.POST if posted else None,
        request.FILES if posted else None,
        case=case,
        state=state,
        initial={"seen": last_step(case)},
    )

    def write(held: OpenCase) -> None:
        actions.move(by=_user(request), opened=held, **form.arguments)

    if posted and _done(form, opened, write):
        _tell(request, state)
        return redirect("asn_neutrality:detail", pk=case.pk)
    written = set(case.entries.order_by().values_list("kind", flat=True).distinct())
    context = {
        "case": case,
        "form": form,
        "opened": opened,
        "title": act_of(case.state, state),
        "missing": missing_of(case, state, written),
    }
    return _page(request, "asn_neutrality/flow/step.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def violation(request: HttpRequest, pk: int) -> HttpResponse:
    """Sets the legal kind that the study found."""
    case, opened = _worked(request, pk)
    posted = request.method == "POST"
    chosen = {"violation": str(case.violation_id)} if case.violation_id else {}
    form = ViolationForm(request.POST if posted else None, initial=chosen)

    def write(held: OpenCase) -> None:
        actions.set_violation(by=_user(request), opened=held, **form.cleaned_data)

    if posted and _done(form, opened, write):
        messages.success(request, _("Jenis pelanggaran ditetapkan."))
        return redirect("asn_neutrality:detail", pk=case.pk)
    context = {
        "case": case,
        "form": form,
        "opened": opened,
        "title": _("Jenis pelanggaran menurut kajian"),
    }
    return _page(request, "asn_neutrality/flow/violation.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def lead(request: HttpRequest, pk: int) -> HttpResponse:
    """Puts one of the case's examiners in charge of it."""
    case, opened = _worked(request, pk)
    context: dict[str, Any] = {"case": case, "opened": opened, "title": _("Penanggung jawab")}
    if opened is None:  # whoever serves in the unit of the accused is known by the content alone
        status = 422 if request.method == "POST" else 200
        return render(request, "asn_neutrality/flow/lead.html", context, status=status)
    posted = request.method == "POST"
    form = LeadForm(request.POST if posted else None, opened=opened, initial={"lead": case.lead_id})

    def write(held: OpenCase) -> None:
        actions.assign_lead(by=_user(request), opened=held, **form.cleaned_data)

    if posted and _done(form, opened, write):
        messages.success(request, _("Penanggung jawab disimpan."))
        return redirect("asn_neutrality:detail", pk=case.pk)
    return _page(request, "asn_neutrality/flow/lead.html", context | {"form": form})


@require_safe
@never_cache
@needs("asn_neutrality.view")
def due(request: HttpRequest) -> HttpResponse:
    """The reader's open cases by the terms of their steps, the latest first."""
    groups = groups_of(_user(request))
    chosen = next((g for g in groups if g.key == request.GET.get("kelompok")), None)
    cases = open_cases(_user(request))
    if chosen:
        cases = cases.filter(chosen.condition)
    page = Paginator(cases, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "groups": groups,
        "chosen": chosen,
        "total": sum(group.count for group in groups),
        "page": page,
        "parts": [(group, [case for case in page if group.holds(case)]) for group in groups],
    }
    return render(request, "asn_neutrality/flow/due.html", context)


def _worked(request: HttpRequest, pk: int) -> tuple[Case, OpenCase | None]:
    """The case that the reader works, and its content where they have opened it."""
    case = visible(request, pk)
    require(_user(request), "asn_neutrality.work", case)
    return case, opened_of(request, case)


def _done(form: forms.BaseForm, opened: OpenCase | None, write: Callable[[OpenCase], None]) -> bool:
    """Whether the form was stored. What keeps it from being so is said in the form."""
    valid = form.is_valid()
    if opened is None:
        form.add_error(None, locked())
        return False
    if not valid:
        return False
    try:
        write(opened)
    except ValidationError as error:
        refused(form, error)
        return False
    return True


def _page(request: HttpRequest, template: str, context: dict[str, Any]) -> HttpResponse:
    status = 422 if context["form"].is_bound else 200
    return render(request, template, context, status=status)


def _tell(request: HttpRequest, state: str) -> None:
    messages.success(request, _("Langkah dicatat: %(state)s.") % {"state": State(state).label})
    if state == State.COMPLETION:
        messages.info(request, _("Tulis kepada pelapor apa yang perlu dilengkapi."))


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)
