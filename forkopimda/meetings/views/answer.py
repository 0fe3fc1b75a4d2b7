"""Invitees answer: by the link in their letter without signing in, or on the meeting's page."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..invitation_forms import AnswerForm
from ..invitee import Invitee, attendance_of
from ..models import Attendance, Stage
from .detail import visible_meeting

GONE = 410


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def by_link(request: HttpRequest, token: str) -> HttpResponse:
    """The invitation that a link names, and its answer. Opening it changes nothing: programs that
    look through mail open links, too."""
    attendance = attendance_of(token)
    if attendance is None or attendance.meeting.sent_at is None:
        answer = render(request, "meetings/no_invitation.html", status=404)
    elif reason := why_gone(attendance):
        answer = _gone(request, attendance, reason)
    else:
        answer = _answer_page(request, attendance, Invitee.of(attendance))
    answer.headers["X-Robots-Tag"] = "noindex, nofollow"
    return answer


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.answer")
def on_page(request: HttpRequest, pk: int) -> HttpResponse:
    """The same for who has signed in and whose institution is invited."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    own = meeting.attendances.filter(institution__isnull=False, institution=user.institution_id)
    rows = own.select_related("meeting__region", "institution", "official")
    attendance = rows.filter(removed_at=None).first()
    if attendance is None:
        raise Http404
    if reason := why_gone(attendance):
        return _gone(request, attendance, reason)
    return _answer_page(request, attendance, user)


def why_gone(attendance: Attendance) -> str:
    """Why the invitation can't be answered any more, in words; empty while it stands."""
    meeting = attendance.meeting
    if attendance.removed_at is not None:
        return _("Undangan ini sudah ditarik oleh sekretariat.")
    if meeting.stage == Stage.CANCELLED:
        return _("Rapat ini dibatalkan.")
    if not meeting.is_upcoming:
        return _("Rapat ini sudah selesai, sehingga tautannya tidak berlaku lagi.")
    return ""


def _answer_page(request: HttpRequest, attendance: Attendance, by: Actor) -> HttpResponse:
    form = AnswerForm(request.POST if request.method == "POST" else None, attendance=attendance)
    if form.is_valid():
        try:
            actions.answer_invitation(by=by, attendance=attendance, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Jawaban Anda tercatat. Terima kasih."))
            return redirect(request.path)
    context = {
        "attendance": attendance,
        "meeting": attendance.meeting,
        "agenda": attendance.meeting.agenda.all(),
        "form": form,
        "signed_in": isinstance(by, User),
    }
    return render(request, "meetings/answer.html", context, status=422 if form.is_bound else 200)


def _gone(request: HttpRequest, attendance: Attendance, reason: str) -> HttpResponse:
    """Says why; what was typed meanwhile is shown, so that it can be sent by another way."""
    typed = [request.POST.get(name, "") for name in AnswerForm.base_fields]
    context = {
        "attendance": attendance,
        "meeting": attendance.meeting,
        "reason": reason,
        "typed": [text for text in typed[1:] if text.strip()],
    }
    return render(request, "meetings/invitation_gone.html", context, status=GONE)
