"""The secretariat plans, changes and cancels meetings, and sends their invitations."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..forms import CancelForm, MeetingForm
from ..invitees import clashes, post_of
from ..models import Meeting, Stage
from .detail import visible_meeting


def own_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting that the secretariat works on: not found for who may not see it, refused to
    who may only read it."""
    meeting = visible_meeting(cast(User, request.user), pk)
    require(cast(User, request.user), "meetings.change", meeting)
    return meeting


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.plan")
def plan(request: HttpRequest) -> HttpResponse:
    """The secretariat adds a meeting; then comes its agenda and who is invited."""
    user = cast(User, request.user)
    form = MeetingForm(request.POST if request.method == "POST" else None, by=user)
    if form.is_valid():
        try:
            meeting = actions.plan_meeting(by=user, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Rapat disimpan sebagai draf."))
            return redirect("meetings:arrange", pk=meeting.pk)
    return _form_page(request, form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat changes a meeting of its region."""
    user = cast(User, request.user)
    meeting = own_meeting(request, pk)
    form = MeetingForm(request.POST if request.method == "POST" else None, by=user, meeting=meeting)
    if form.is_valid():
        try:
            changed = actions.edit_meeting(by=user, meeting=meeting, **form.cleaned_data)
        except actions.StaleMeeting as stale:
            data = request.POST.copy()
            data["seen"] = stale.current.plan_mark
            again = MeetingForm(data, by=user, meeting=meeting)
            return _form_page(request, again, meeting, stale=stale.current)
        except ValidationError as error:
            refused(form, error)
        else:
            _say_saved(request, changed, told=changed.sequence > meeting.sequence)
            return redirect("meetings:detail", pk=pk)
    return _form_page(request, form, meeting)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """Shows to whom invitations would go; sends them when that is confirmed."""
    meeting = own_meeting(request, pk)
    problem = None
    if request.method == "POST":
        try:
            actions.send_invitations(by=cast(User, request.user), meeting=meeting)
        except ValidationError as error:
            problem = error
        else:
            messages.success(request, _("Undangan dikirim."))
            return redirect("meetings:detail", pk=pk)
    post = post_of(meeting)
    context = {
        "meeting": meeting,
        "post": post,
        "mails": sum(len(row.addresses) for row in post),
        "without": [row for row in post if not row.addresses],
        "clashes": clashes(meeting, cast(User, request.user)),
        "problem": problem,
    }
    return render(request, "meetings/send.html", context, status=422 if problem else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    """Asks why; then cancels the meeting and lets invitees know."""
    meeting = own_meeting(request, pk)
    form = CancelForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.cancel_meeting(
                by=cast(User, request.user), meeting=meeting, **form.cleaned_data
            )
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Rapat dibatalkan."))
            return redirect("meetings:detail", pk=pk)
    context = {"meeting": meeting, "form": form, "sent": meeting.stage == Stage.SENT}
    return render(request, "meetings/cancel.html", context, status=422 if form.is_bound else 200)


def _say_saved(request: HttpRequest, meeting: Meeting, *, told: bool) -> None:
    if told:
        messages.success(request, _("Perubahan rapat disimpan dan dikabarkan kepada undangan."))
    else:
        messages.success(request, _("Perubahan rapat disimpan."))
    if clashes(meeting, cast(User, request.user)):
        messages.warning(
            request, _("Ada undangan yang diharapkan di rapat lain pada waktu yang sama.")
        )


def _form_page(
    request: HttpRequest,
    form: MeetingForm,
    meeting: Meeting | None = None,
    stale: Meeting | None = None,
) -> HttpResponse:
    context = {
        "stale": stale,
        "form": form,
        "pk": meeting.pk if meeting else None,
        "tells": meeting is not None and meeting.stage == Stage.SENT and meeting.is_upcoming,
    }
    status = 409 if stale else 422 if form.is_bound else 200
    return render(request, "meetings/form.html", context, status=status)
