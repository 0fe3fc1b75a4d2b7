"""Proposals of levels: the list, one of them, its decision and its withdrawal."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Case, Value, When
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..findings import finding_of
from ..forms.levels import DecisionForm, ProposalFilter
from ..models import Proposal, ProposalState, RiskRating

PER_PAGE = 25
PENDING_FIRST = Case(When(state=ProposalState.PENDING, then=Value(0)), default=Value(1))


@require_safe
@needs("security.view")
def listing(request: HttpRequest) -> HttpResponse:
    """Proposals that the reader may see: those that wait first, then the newest."""
    user = cast(User, request.user)
    filters = ProposalFilter(request.GET)
    rows = Proposal.objects.visible_to(user)
    if filters.is_valid():
        if filters.cleaned_data["keadaan"]:
            rows = rows.filter(state=filters.cleaned_data["keadaan"])
        if filters.cleaned_data["cari"]:
            rows = rows.filter(region__name__icontains=filters.cleaned_data["cari"])
    found = rows.select_related("region", "decided_by").with_level_before()
    page = Paginator(found.order_by(PENDING_FIRST, "-made_at", "-id"), PER_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "states": ProposalState.choices,
        "narrowed": any(request.GET.get(name) for name in filters.fields),
        "wrong": not filters.is_valid(),
        "decides": may(user, "security.decide_proposal"),
    }
    swapped = request.headers.get("HX-Target") == "proposals"
    template = "security/_proposals.html" if swapped else "security/proposals.html"
    return render(request, template, context, status=200 if filters.is_valid() else 422)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.view")
def proposal(request: HttpRequest, pk: int) -> HttpResponse:
    """One proposal with its reasons; those who decide send their decision here."""
    shown = _found(request, pk)
    if request.method == "POST":
        return _decide(request, shown)
    form = DecisionForm(initial={"seen": _seen(_current(shown))})
    return _page(request, shown, form)


@require_POST
@needs("security.view")
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the author's own proposal back."""
    shown = _found(request, pk)
    try:
        actions.withdraw_proposal(by=cast(User, request.user), proposal=shown)
    except actions.DecidedProposal:
        return _page(request, _found(request, pk), None, status=409, late=True)
    messages.success(request, _("Usulan ditarik."))
    return redirect("security:region", code=shown.region_id)


def _decide(request: HttpRequest, shown: Proposal) -> HttpResponse:
    user = cast(User, request.user)
    require(user, "security.decide_proposal", shown)
    form = DecisionForm(request.POST)
    if shown.state != ProposalState.PENDING:
        return _page(request, shown, form, status=409, late=True)
    if not form.is_valid():
        return _page(request, shown, form, status=422)
    try:
        decided = actions.decide_proposal(by=user, proposal=shown, **form.cleaned_data)
    except actions.DecidedProposal:
        return _page(request, _found(request, shown.pk), form, status=409, late=True)
    except actions.StaleRating as stale:
        data = request.POST.copy()
        data["seen"] = str(stale.current.pk)
        return _page(request, shown, DecisionForm(data), status=409, stale=stale.current)
    except ValidationError as error:
        refused(form, error)
        return _page(request, shown, form, status=422)
    done = (
        _("Usulan disetujui. Tingkat %(region)s kini %(level)s.")
        if decided.state == ProposalState.APPROVED
        else _("Usulan %(region)s dikembalikan kepada pengusul.")
    )
    messages.success(
        request,
        done % {"region": decided.region.title, "level": decided.get_level_display().lower()},
    )
    return redirect("security:proposals")


def _found(request: HttpRequest, pk: int) -> Proposal:
    rows = Proposal.objects.visible_to(cast(User, request.user)).with_level_before()
    related = ("region__parent", "assessment__frame", "decided_by", "rating")
    return cast(Proposal, get_object_or_404(rows.select_related(*related), pk=pk))


def _current(shown: Proposal) -> RiskRating | None:
    return cast(
        "RiskRating | None",
        RiskRating.objects.of(shown.region_id).filter(valid_until=None).first(),
    )


def _seen(current: RiskRating | None) -> int:
    return current.pk if current else 0


def _page(
    request: HttpRequest,
    shown: Proposal,
    form: DecisionForm | None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    """The page of a proposal. `late`: it waits no more; what was typed is shown all the same."""
    user = cast(User, request.user)
    waits = shown.state == ProposalState.PENDING
    current = _current(shown)
    context = {
        "proposal": shown,
        "waits": waits,
        "current": current,
        "changed": waits and current is not None and current.valid_from > shown.made_at,
        "finding": finding_of(shown.assessment) if shown.assessment else None,
        "form": form if waits and may(user, "security.decide_proposal", shown) else None,
        "typed": form.data.get("remark", "") if form is not None and not waits else "",
        "may_withdraw": waits and may(user, "security.withdraw_proposal", shown),
        "may_again": not waits
        and shown.state != ProposalState.APPROVED
        and shown.author_id == user.pk
        and may(user, "security.propose", shown.region),
        **more,
    }
    return render(request, "security/proposal.html", context, status=status)
