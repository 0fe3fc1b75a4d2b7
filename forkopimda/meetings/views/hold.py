"""On the day: the secretariat notes who came, the code hangs on the wall."""

from __future__ import annotations

from typing import cast

import segno
from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..actions.hold import why_door_is_shut
from ..attendance_forms import AttendanceForm, CheckInForm
from ..models import Attendance, Meeting
from ..quorum import quorum_of
from ..visitors import Visitor
from .detail import visible_meeting


@require_safe
@needs("meetings.change")
def attendance(request: HttpRequest, pk: int) -> HttpResponse:
    """All invitees, a row each, to be noted by thumb."""
    return _attendance_page(request, kept_meeting(request, pk))


@require_POST
@needs("meetings.change")
def attend(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    """Notes one invitee's attendance; htmx gets the row, a plain form goes back to the page."""
    meeting = kept_meeting(request, pk)
    invitee = get_object_or_404(_invitees(meeting), pk=row)
    form, status = AttendanceForm(request.POST, attendance=invitee), 200
    if form.is_valid():
        try:
            actions.record_attendance(
                by=cast(User, request.user), attendance=invitee, **form.cleaned_data
            )
        except actions.AttendanceChanged as changed:
            form, status = _shown_again(request, invitee, changed), 409
        except ValidationError as error:
            refused(form, error)
    if form.errors and status == 200:
        status = 422
    if not request.headers.get("HX-Request"):
        if status != 200:
            return _attendance_page(request, meeting, form, status)
        return redirect(f"{reverse('meetings:attendance', args=[pk])}#hadir-{row}")
    saved = timezone.now() if status == 200 else None
    if saved:
        form = AttendanceForm(attendance=_invitees(meeting).get(pk=row))
    context = {"meeting": meeting, "form": form, "saved": saved}
    response = render(request, "meetings/_attendance_row.html", context, status=status)
    response.headers["HX-Trigger"] = "live-meetings"
    return response


@require_safe
@needs("meetings.view")
def quorum(request: HttpRequest, pk: int) -> HttpResponse:
    """Whether enough are there, for open pages to swap in."""
    meeting = visible_meeting(cast(User, request.user), pk)
    context = {"meeting": meeting, "quorum": quorum_of(meeting)}
    return render(request, "meetings/_quorum.html", context)


@require_safe
@needs("meetings.change")
def qr(request: HttpRequest, pk: int) -> HttpResponse:
    """The code for the wall, as large as the screen or the sheet."""
    meeting = kept_meeting(request, pk)
    path = reverse("meetings:check-in", args=[meeting.checkin_key])
    address = f"{settings.BASE_URL}{path}"
    picture = segno.make(address, error="m").svg_inline(omitsize=True, light="#fff", border=4)
    context = {
        "meeting": meeting,
        "address": address,
        "picture": picture,
        "hangs": bool(meeting.sent_at and not meeting.cancelled_at and meeting.minutes_open),
    }
    return render(request, "meetings/qr.html", context)


@require_POST
@needs("meetings.change")
def renew_qr(request: HttpRequest, pk: int) -> HttpResponse:
    """Replaces the code; what hung on the wall opens nothing any more."""
    meeting = kept_meeting(request, pk)
    try:
        actions.renew_checkin_key(by=cast(User, request.user), meeting=meeting)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        messages.success(request, _("Kode QR diganti. Kode yang lama tidak berlaku lagi."))
    return redirect("meetings:qr", pk=pk)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def check_in(request: HttpRequest, key: str) -> HttpResponse:
    """An invitee's phone has read the code: who are you? Nobody is asked to sign in."""
    sent = Meeting.objects.filter(sent_at__isnull=False).select_related("region")
    meeting = cast(Meeting, get_object_or_404(sent, checkin_key=key))
    shut = why_door_is_shut(meeting)
    if request.method != "POST" or shut:
        own = getattr(request.user, "institution_id", None)
        form = CheckInForm(meeting=meeting, institution_id=own)
        status = 422 if request.method == "POST" else 200
        return _door(request, meeting, form, shut, status)
    form = CheckInForm(request.POST, meeting=meeting)
    if form.is_valid():
        try:
            row = _check_in(meeting, form)
        except ValidationError as error:
            refused(form, error)
        else:
            return redirect(f"{reverse('meetings:check-in', args=[key])}?tercatat={row.pk}")
    return _door(request, meeting, form, shut, 422)


def kept_meeting(request: HttpRequest, pk: int) -> Meeting:
    """The meeting that the reader keeps: not found, or not theirs to write."""
    user = cast(User, request.user)
    meeting = visible_meeting(user, pk)
    require(user, "meetings.change", meeting)
    return meeting


def _check_in(meeting: Meeting, form: CheckInForm) -> Attendance:
    data = form.cleaned_data
    invitee = data["invitee"]
    return actions.check_in(
        by=Visitor(key=meeting.checkin_key, who=data["representative_name"] or invitee.who),
        meeting=meeting,
        attendance=invitee,
        representative_name=data["representative_name"],
        representative_title=data["representative_title"],
    )


def _door(
    request: HttpRequest, meeting: Meeting, form: CheckInForm, shut: str, status: int
) -> HttpResponse:
    noted = request.GET.get("tercatat", "")
    rows = [row for row in _invitees(meeting) if row.has_come and str(row.pk) == noted]
    context = {
        "meeting": meeting,
        "form": form,
        "shut": shut,
        "noted": rows[0] if rows else None,
    }
    return render(request, "meetings/check_in.html", context, status=status)


def _invitees(meeting: Meeting) -> QuerySet[Attendance]:
    rows = meeting.attendances.filter(removed_at=None)
    return rows.select_related("institution", "official")


def _shown_again(
    request: HttpRequest, invitee: Attendance, changed: ValidationError
) -> AttendanceForm:
    """The form with what was typed, on top of what somebody else has noted meanwhile."""
    invitee.refresh_from_db()
    data = request.POST.copy()
    data["seen"] = invitee.status
    form = AttendanceForm(data, attendance=invitee)
    refused(form, changed)
    return form


def _attendance_page(
    request: HttpRequest, meeting: Meeting, wrong: AttendanceForm | None = None, status: int = 200
) -> HttpResponse:
    forms = [
        wrong if wrong and wrong.attendance.pk == row.pk else AttendanceForm(attendance=row)
        for row in _invitees(meeting)
    ]
    context = {"meeting": meeting, "forms": forms, "quorum": quorum_of(meeting)}
    return render(request, "meetings/attendance.html", context, status=status)
