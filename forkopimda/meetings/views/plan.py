"""The secretariat plans and changes meetings."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import require
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..forms import MeetingForm
from .detail import visible_meeting


@require_http_methods(["GET", "POST"])
@needs("meetings.plan")
def plan(request: HttpRequest) -> HttpResponse:
    """The secretariat adds a meeting."""
    user = cast(User, request.user)
    form = MeetingForm(request.POST if request.method == "POST" else None, by=user)
    if form.is_valid():
        try:
            meeting = actions.plan_meeting(by=user, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Rapat dijadwalkan."))
            return redirect("meetings:detail", pk=meeting.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "POST"])
@needs("meetings.change")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat changes a meeting of its region."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.change", meeting)
    form = MeetingForm(request.POST if request.method == "POST" else None, by=user, meeting=meeting)
    if form.is_valid():
        try:
            actions.edit_meeting(by=user, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            form.add_error(None, error)
        else:
            messages.success(request, _("Perubahan rapat disimpan."))
            return redirect("meetings:detail", pk=pk)
    return _form_page(request, form, pk)


def _form_page(request: HttpRequest, form: MeetingForm, pk: int | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "meetings/form.html", {"form": form, "pk": pk}, status=status)
