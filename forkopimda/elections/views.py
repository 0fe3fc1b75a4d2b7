"""The list of elections, and the election officer's form."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from . import actions
from .forms import ElectionForm
from .models import Election
from .words import countdown

PER_PAGE = 25


@require_safe
@needs("elections.view")
def election_list(request: HttpRequest) -> HttpResponse:
    """Elections in which the reader's region takes part, the latest voting day first."""
    user = cast(User, request.user)
    words = request.GET.get("cari", "").strip()[:100]
    elections = Election.objects.visible_to(user).named(words).select_related("region")
    page = Paginator(elections, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [
            (election, countdown(election), may(user, "elections.change", election))
            for election in page
        ],
        "words": words,
        "may_add": may(user, "elections.keep"),
    }
    return render(request, "elections/list.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("elections.keep")
def add(request: HttpRequest) -> HttpResponse:
    """Adds an election."""
    return _form_page(request, None)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("elections.change")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Changes an election of the reader's region."""
    user = cast(User, request.user)
    visible = Election.objects.visible_to(user).select_related("region")
    election = cast(Election, get_object_or_404(visible, pk=pk))
    require(user, "elections.change", election)
    return _form_page(request, election)


def _form_page(request: HttpRequest, election: Election | None) -> HttpResponse:
    user = cast(User, request.user)
    form = ElectionForm(
        request.POST if request.method == "POST" else None, by=user, election=election
    )
    if form.is_valid():
        try:
            actions.save_election(by=user, election=election, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Pemilihan disimpan."))
            return redirect("elections:list")
    context = {"form": form, "editing": election is not None}
    return render(request, "elections/form.html", context, status=422 if form.is_bound else 200)
