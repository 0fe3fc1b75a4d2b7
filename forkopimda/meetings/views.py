"""The list of meetings, one meeting, and the secretariat's form."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from forkopimda.lib.authority import may, require
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from . import actions
from .forms import MeetingForm
from .models import Meeting

PER_PAGE = 20


@require_GET
@needs("meetings.view")
def meeting_list(request: HttpRequest) -> HttpResponse:
    """Meetings that the reader may open, newest first: all, upcoming or past, by title."""
    user = cast(User, request.user)
    when, words = request.GET.get("waktu", ""), request.GET.get("cari", "").strip()[:100]
    meetings = Meeting.objects.visible_to(user).titled(words).select_related("region")
    if when == "mendatang":
        meetings = meetings.upcoming()
    elif when == "lewat":
        meetings = meetings.past()
    page = Paginator(meetings, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "when": when,
        "words": words,
        "may_plan": may(user, "meetings.plan"),
    }
    return render(request, "meetings/list.html", context)


@require_GET
@needs("meetings.view")
def detail(request: HttpRequest, pk: int) -> HttpResponse:
    """One meeting: time and place, who attended, the agenda with its minutes."""
    user = cast(User, request.user)
    meeting = _visible(user, pk)
    context = {
        "meeting": meeting,
        "attendances": meeting.attendances.select_related("institution", "official"),
        "agenda": meeting.agenda.all(),
        "may_edit": may(user, "meetings.change", meeting),
    }
    return render(request, "meetings/detail.html", context)


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
    meeting = _visible(user, pk)
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


def _visible(user: User, pk: int) -> Meeting:
    meetings = Meeting.objects.visible_to(user).select_related("region")
    return cast(Meeting, get_object_or_404(meetings, pk=pk))


def _form_page(request: HttpRequest, form: MeetingForm, pk: int | None = None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    return render(request, "meetings/form.html", {"form": form, "pk": pk}, status=status)
