"""A follow-up: given out, worked on, its history."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..document_forms import AttachForm
from ..follow_forms import FollowUpForm, NoteForm, StepForm
from ..models import UNFINISHED, FollowUp
from .hold import kept_meeting


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def add_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat gives out a task."""
    user, meeting = cast(User, request.user), kept_meeting(request, pk)
    data = request.POST if request.method == "POST" else None
    form = FollowUpForm(data, by=user, meeting=meeting)
    form.initial["decision"] = request.GET.get("keputusan")
    form.initial["item"] = request.GET.get("acara")
    if form.is_valid():
        try:
            actions.add_follow_up(by=user, meeting=meeting, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Tindak lanjut dicatat."))
            return redirect(f"{reverse('meetings:detail', args=[pk])}#tindak-lanjut")
    context = {"form": form, "meeting": meeting, "title": _("Tindak lanjut baru")}
    return render(request, "meetings/part_form.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change_part")
def edit_follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """The secretariat changes whose task it is, its text or its day."""
    user, row = cast(User, request.user), _visible(request, pk)
    require(user, "meetings.change_part", row)
    data = request.POST if request.method == "POST" else None
    form = FollowUpForm(data, by=user, meeting=row.meeting, row=row)
    if form.is_valid():
        try:
            actions.edit_follow_up(by=user, follow_up=row, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("Perubahan tindak lanjut disimpan."))
            return redirect("meetings:follow-up", pk=pk)
    context = {
        "form": form,
        "meeting": row.meeting,
        "title": _("Ubah tindak lanjut"),
        "back": reverse("meetings:follow-up", args=[pk]),
    }
    return render(request, "meetings/part_form.html", context, status=422 if form.is_bound else 200)


@require_safe
@needs("meetings.view")
def follow_up(request: HttpRequest, pk: int) -> HttpResponse:
    """What is to be done, how far it is, and all that happened on the way."""
    return _page(request, _visible(request, pk))


@require_POST
@needs("meetings.work_follow_up")
def step(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever is responsible moves it on."""
    user, row = cast(User, request.user), _visible(request, pk)
    require(user, "meetings.work_follow_up", row)
    form = StepForm(request.POST, row=row)
    if form.is_valid():
        try:
            row = actions.step_follow_up(by=user, follow_up=row, **form.cleaned_data)
        except ValidationError as error:
            refused(form, error)
        else:
            message = _("Keadaan tindak lanjut sekarang: %(state)s.")
            messages.success(request, message % {"state": row.get_state_display()})
            return redirect("meetings:follow-up", pk=pk)
    return _page(request, row, step_form=form)


@require_POST
@needs("meetings.comment")
def comment(request: HttpRequest, pk: int) -> HttpResponse:
    """Whoever reads the meeting adds a remark."""
    user, row = cast(User, request.user), _visible(request, pk)
    form = NoteForm(request.POST)
    if form.is_valid():
        actions.comment_follow_up(by=user, follow_up=row, **form.cleaned_data)
        messages.success(request, _("Catatan ditambahkan."))
        return redirect("meetings:follow-up", pk=pk)
    return _page(request, row, note_form=form)


@require_POST
@needs("meetings.change")
def carry(request: HttpRequest, pk: int) -> HttpResponse:
    """Brings what earlier meetings left unfinished onto this one's agenda."""
    meeting = kept_meeting(request, pk)
    try:
        items = actions.carry_follow_ups(by=cast(User, request.user), meeting=meeting)
    except ValidationError as error:
        messages.error(request, error.messages[0])
    else:
        count = len(items)
        words = ngettext(
            "%(count)d tindak lanjut ditambahkan pada acara.",
            "%(count)d tindak lanjut ditambahkan pada acara.",
            count,
        )
        messages.success(request, words % {"count": count})
    return redirect(f"{reverse('meetings:detail', args=[pk])}#acara")


def _visible(request: HttpRequest, pk: int) -> FollowUp:
    """The follow-up, not found where its meeting is closed to the reader."""
    rows = FollowUp.objects.visible_to(cast(User, request.user)).select_related(
        "meeting__region", "institution", "decision", "item", "place"
    )
    return cast(FollowUp, get_object_or_404(rows, pk=pk))


def _page(
    request: HttpRequest,
    row: FollowUp,
    *,
    step_form: StepForm | None = None,
    note_form: NoteForm | None = None,
) -> HttpResponse:
    user = cast(User, request.user)
    works = may(user, "meetings.work_follow_up", row)
    context = {
        "follow_up": row,
        "meeting": row.meeting,
        "notes": row.notes.all(),
        "step_form": (step_form or StepForm(row=row)) if works else None,
        "note_form": note_form or NoteForm(),
        "attachments": row.attachments.filter(removed_at=None),
        "may_attach": works,
        "attach_form": AttachForm() if works else None,
        "may_edit": row.state in UNFINISHED and may(user, "meetings.change_part", row),
    }
    status = 422 if step_form or note_form else 200
    return render(request, "meetings/follow_up.html", context, status=status)
