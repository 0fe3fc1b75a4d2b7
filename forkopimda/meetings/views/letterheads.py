"""The secretariat keeps the letterheads of its region's institutions."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.http import needs
from forkopimda.people.models import Institution, Role, User
from forkopimda.regions.models import under

from .. import actions
from ..document_forms import LetterheadForm
from ..models import Letterhead

PER_PAGE = 25
KEEPERS = (Role.SECRETARIAT, Role.ADMINISTRATOR)
FIELDS = ("first_line", "second_line", "address", "number_form")


@require_safe
@needs("meetings.keep_letterhead")
def letterheads(request: HttpRequest) -> HttpResponse:
    """The institutions whose letterhead the reader keeps."""
    rows = _kept(cast(User, request.user)).select_related("letterhead", "region")
    context = {"page": Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))}
    return render(request, "meetings/letterheads.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.keep_letterhead")
def letterhead(request: HttpRequest, pk: int) -> HttpResponse:
    """One institution's letterhead."""
    user = cast(User, request.user)
    institution = get_object_or_404(_kept(user), pk=pk)
    stored = Letterhead.objects.filter(institution=institution).first()
    initial = {name: getattr(stored, name) for name in FIELDS} if stored else None
    form = LetterheadForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.save_letterhead(by=user, institution=institution, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Kop surat disimpan."))
            return redirect("meetings:letterheads")
    context = {"form": form, "institution": institution}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/letterhead.html", context, status=status)


def _kept(user: User) -> QuerySet[Institution]:
    return Institution.objects.filter(under("region_id", user.access.scopes(*KEEPERS)))
