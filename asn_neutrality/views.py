"""The register of cases, one case, and the examiner's forms."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from . import actions
from .forms import CaseForm, DismissalForm, FilterForm
from .models import Case

PER_PAGE = 25


@require_safe
@never_cache
@needs("asn_neutrality.enter")
def register(request: HttpRequest) -> HttpResponse:
    """The register for its readers; for everybody else, what it is for and who works it."""
    user = cast(User, request.user)
    if not may(user, "asn_neutrality.view"):
        return render(request, "asn_neutrality/closed.html")
    form = FilterForm(request.GET)
    chosen = form.chosen()
    cases = Case.objects.visible_to(user).filter(**chosen).select_related("region")
    context = {
        "page": Paginator(cases, PER_PAGE).get_page(request.GET.get("page")),
        "form": form,
        "filtered": bool(chosen),
        "may_open": may(user, "asn_neutrality.open"),
    }
    return render(request, "asn_neutrality/register.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.open")
def open_case(request: HttpRequest) -> HttpResponse:
    """The examiner enters a report."""
    user = cast(User, request.user)
    form = CaseForm(request.POST if request.method == "POST" else None, by=user)
    if form.is_valid():
        try:
            case = actions.open_case(by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(
                request, _("Laporan dicatat dengan nomor %(number)s.") % {"number": case.number}
            )
            return redirect("asn_neutrality:detail", pk=case.pk)
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/open.html", {"form": form}, status=status)


@require_safe
@never_cache
@needs("asn_neutrality.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One case with its steps."""
    user = cast(User, request.user)
    return _case_page(request, _visible(user, pk), DismissalForm())


@require_POST
@never_cache
@needs("asn_neutrality.work")
def dismiss(request: HttpRequest, pk: int) -> HttpResponse:
    """The examiner ends a case, with the reason."""
    user = cast(User, request.user)
    case = _visible(user, pk)
    require(user, "asn_neutrality.work", case)
    form = DismissalForm(request.POST)
    if form.is_valid():
        try:
            actions.dismiss_case(by=user, case=case, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Perkara dihentikan."))
            return redirect("asn_neutrality:detail", pk=pk)
    return _case_page(request, _visible(user, pk), form, status=422)


def _visible(user: User, pk: int) -> Case:
    cases = Case.objects.visible_to(user).select_related("region")
    return cast(Case, get_object_or_404(cases, pk=pk))


def _case_page(
    request: HttpRequest, case: Case, form: DismissalForm, status: int = 200
) -> HttpResponse:
    works = may(cast(User, request.user), "asn_neutrality.work", case)
    context = {
        "case": case,
        "steps": case.steps.all(),
        "form": form,
        "may_dismiss": works and case.is_open,
    }
    return render(request, "asn_neutrality/detail.html", context, status=status)
