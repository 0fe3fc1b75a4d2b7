"""Attachments: uploaded, downloaded, removed."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.files import serve
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..document_forms import AttachForm
from ..models import Attachment, FollowUp, Meeting
from .detail import visible_meeting


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.change")
def attach(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat adds a file to a meeting."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.change", meeting)
    return _attach(request, meeting, None)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.work_follow_up")
def attach_to_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever works a follow-up adds a file to it, such as its evidence."""
    user = cast(User, request.user)
    rows = FollowUp.objects.visible_to(user).select_related("meeting__region")
    follow_up = get_object_or_404(rows, pk=pk)
    require(user, "meetings.work_follow_up", follow_up)
    return _attach(request, follow_up.meeting, follow_up)


def _attach(request: HttpRequest, meeting: Meeting, follow_up: FollowUp | None) -> HttpResponse:
    posted = request.method == "POST"
    form = AttachForm(request.POST, request.FILES) if posted else AttachForm()
    if form.is_valid():
        try:
            attachment = actions.attach(
                by=cast(User, request.user),
                meeting=meeting,
                follow_up=follow_up,
                upload=form.cleaned_data["upload"],
            )
        except ValidationError as error:
            form.add_error("upload", error)
        else:
            messages.success(request, _("“%(name)s” dilampirkan.") % {"name": attachment.name})
            return _back(attachment)
    context = {"meeting": meeting, "follow_up": follow_up, "form": form}
    return render(request, "meetings/attach.html", context, status=422 if posted else 200)


def _back(attachment: Attachment) -> HttpResponse:
    """To the page that shows the file, or where it was."""
    if attachment.follow_up_id is not None:
        return redirect("meetings:follow-up", pk=attachment.follow_up_id)
    return redirect("meetings:detail", pk=attachment.meeting_id)


@require_safe
@needs("meetings.view_part")
def attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """An attached file, for those who may open its meeting."""
    found = _visible(cast(User, request.user), pk)
    return serve(found.file, found.name, found.content_type)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("meetings.view_part")
def remove_attachment(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever may attach takes a file away again, once they have confirmed."""
    user = cast(User, request.user)
    found = _visible(user, pk)
    if found.follow_up is None:
        require(user, "meetings.change", found.meeting)
    else:
        require(user, "meetings.work_follow_up", found.follow_up)
    if request.method == "POST":
        actions.remove_attachment(by=user, attachment=found)
        messages.success(request, _("“%(name)s” dihapus dari rapat.") % {"name": found.name})
        return _back(found)
    context = {"attachment": found, "meeting": found.meeting}
    return render(request, "meetings/remove_attachment.html", context)


def _visible(user: User, pk: int) -> Attachment:
    rows = Attachment.objects.visible_to(user).filter(removed_at=None)
    rows = rows.select_related("meeting__region", "follow_up__meeting")
    return cast(Attachment, get_object_or_404(rows, pk=pk))
