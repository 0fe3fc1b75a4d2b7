"""Merging a duplicate into its main case: chosen, confirmed, done. It can't be undone."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..actions.merging import unfit
from ..forms.documents import MainCaseForm
from ..models import CLOSED, Case
from ..unlocking import opened_of, vault_of
from .case import visible

if TYPE_CHECKING:
    from ..entries import OpenCase

#: Cases offered as main case: those that the examiner has open in this visit.
MOST_OFFERED = 50


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def merge(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks into which opened case this one is merged, says what that means, and does it."""
    user = cast(User, request.user)
    case = visible(request, pk)
    require(user, "asn_neutrality.work", case)
    duplicate = opened_of(request, case)
    if duplicate is None:
        messages.info(request, _("Buka dahulu berkas perkara ini, dengan alasannya."))
        return redirect("asn_neutrality:detail", pk=pk)
    candidates = _candidates(request, user, case)
    posted = request.method == "POST"
    data = request.POST if posted else request.GET if "main" in request.GET else None
    form = MainCaseForm(data, candidates=candidates)
    main = _chosen(request, form, candidates)
    if main is not None and (fault := unfit(duplicate, main)):
        form.add_error(None, fault)
        main = None
    if posted and main is not None:
        try:
            actions.merge(by=user, duplicate=duplicate, main=main)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(
                request,
                _("Perkara %(number)s sudah digabung ke sini.") % {"number": case.number},
            )
            return redirect("asn_neutrality:detail", pk=main.case.pk)
    confirmed = main.case if main is not None and not form.errors else None
    context = {"case": case, "form": form, "main": confirmed, "candidates": candidates}
    status = 422 if form.errors else 200
    return render(request, "asn_neutrality/documents/merge.html", context, status=status)


def _candidates(request: HttpRequest, user: User, case: Case) -> list[Case]:
    """Cases of the same region that are open in both senses: not ended, and opened in this
    visit."""
    held = vault_of(request)
    opened = [key for key in held.notes.get("cases", {}) if key.isdigit()] if held else []
    rows = Case.objects.visible_to(user).filter(pk__in=opened, region=case.region_id)
    rows = rows.exclude(pk=case.pk).exclude(state__in=CLOSED).select_related("region")
    return list(rows[:MOST_OFFERED])


def _chosen(request: HttpRequest, form: MainCaseForm, candidates: list[Case]) -> OpenCase | None:
    """The main case, opened; None where none was chosen or it does not open any more."""
    if not form.is_valid():
        return None
    chosen = next(each for each in candidates if each.pk == form.cleaned_data["main"])
    opened = opened_of(request, chosen)
    if opened is None:
        form.add_error("main", _("Buka dahulu berkas perkara induk, dengan alasannya."))
    return opened
