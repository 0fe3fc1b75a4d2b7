"""The secretariat arranges a meeting: its agenda, and who is invited."""

from __future__ import annotations

from collections.abc import Callable
from typing import cast

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..forms import AgendaItemForm
from ..invitation_forms import InstitutionForm, PersonForm
from ..invitees import clashes, members_and_guests, rows_with_letters, standing_not_invited
from ..models import AgendaItem, Attendance, Letter, Meeting
from .plan import own_meeting


@require_safe
@needs("meetings.change")
def arrange(request: HttpRequest, pk: int) -> HttpResponse:
    """Agenda and invitees of a meeting, and the step that comes next."""
    return _page(request, own_meeting(request, pk))


@require_POST
@needs("meetings.change")
def add_item(request: HttpRequest, pk: int) -> HttpResponse:
    """Adds a point at the end of the agenda."""
    meeting = own_meeting(request, pk)
    form = AgendaItemForm(request.POST)

    def store() -> None:
        actions.set_agenda_item(by=_user(request), meeting=meeting, **form.cleaned_data)

    return _done(request, meeting, form, store, item_form=form)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def edit_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Changes a point's title and who presents it."""
    meeting = own_meeting(request, pk)
    item = _item(meeting, item_pk)
    initial = {"title": item.title, "presenter": item.presenter}
    form = AgendaItemForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_valid():
        try:
            actions.set_agenda_item(
                by=_user(request), meeting=meeting, item=item, **form.cleaned_data
            )
        except ValidationError as error:
            refused(form, error)
        else:
            return redirect("meetings:arrange", pk=pk)
    context = {"meeting": meeting, "item": item, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "meetings/agenda_item.html", context, status=status)


@require_POST
@needs("meetings.change")
def move_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Moves a point up or down by one."""
    meeting = own_meeting(request, pk)
    item = _item(meeting, item_pk)
    up = request.POST.get("arah") == "naik"
    return _stored(
        request,
        meeting,
        lambda: actions.move_agenda_item(by=_user(request), item=item, up=up),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def remove_item(request: HttpRequest, pk: int, item_pk: int) -> HttpResponse:
    """Asks, then takes a point off the agenda."""
    meeting = own_meeting(request, pk)
    item = _item(meeting, item_pk)
    if request.method == "POST":
        return _stored(
            request, meeting, lambda: actions.remove_agenda_item(by=_user(request), item=item)
        )
    context = {
        "meeting": meeting,
        "heading": _("Hapus acara ini?"),
        "what": str(item),
        "note": "",
        "button": _("Hapus acara"),
    }
    return render(request, "meetings/confirm.html", context)


@require_POST
@needs("meetings.change")
def invite_institution(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites an institution by whoever heads it."""
    meeting = own_meeting(request, pk)
    form = InstitutionForm(request.POST, meeting=meeting)

    def store() -> None:
        actions.invite(by=_user(request), meeting=meeting, **form.cleaned_data)

    return _done(request, meeting, form, store, institution_form=form)


@require_POST
@needs("meetings.change")
def invite_person(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites somebody by name and address."""
    meeting = own_meeting(request, pk)
    form = PersonForm(request.POST)

    def store() -> None:
        actions.invite(by=_user(request), meeting=meeting, **form.cleaned_data)

    return _done(request, meeting, form, store, person_form=form)


@require_POST
@needs("meetings.change")
def invite_standing(request: HttpRequest, pk: int) -> HttpResponse:
    """Invites the forum's standing members, all at once."""
    meeting = own_meeting(request, pk)
    return _stored(
        request,
        meeting,
        lambda: actions.invite_standing_members(by=_user(request), meeting=meeting),
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs("meetings.change")
def remove_invitee(request: HttpRequest, pk: int, attendance_pk: int) -> HttpResponse:
    """Asks, then withdraws an invitation."""
    meeting = own_meeting(request, pk)
    invited = meeting.attendances.filter(removed_at=None).select_related("meeting", "official")
    attendance = cast(Attendance, get_object_or_404(invited, pk=attendance_pk))
    if request.method == "POST":
        return _stored(
            request,
            meeting,
            lambda: actions.remove_invitee(by=_user(request), attendance=attendance),
        )
    context = {
        "meeting": meeting,
        "heading": _("Tarik undangan ini?"),
        "what": f"{attendance.title} · {attendance.who}",
        "note": _("Yang sudah menerima surat akan dikabari bahwa undangannya ditarik.")
        if meeting.sent_at
        else "",
        "button": _("Tarik undangan"),
    }
    return render(request, "meetings/confirm.html", context)


@require_POST
@needs("meetings.change")
def resend(request: HttpRequest, pk: int, letter_pk: int) -> HttpResponse:
    """Sends a letter that failed once more."""
    meeting = own_meeting(request, pk)
    letters = Letter.objects.filter(attendance__meeting=meeting)
    letter = get_object_or_404(letters.select_related("attendance__meeting"), pk=letter_pk)
    return _stored(
        request, meeting, lambda: actions.resend_letter(by=_user(request), letter=letter)
    )


def _user(request: HttpRequest) -> User:
    return cast(User, request.user)


def _item(meeting: Meeting, pk: int) -> AgendaItem:
    return cast(AgendaItem, get_object_or_404(meeting.agenda.select_related("meeting"), pk=pk))


def _done(
    request: HttpRequest,
    meeting: Meeting,
    form: forms.Form,
    store: Callable[[], object],
    **bound: forms.Form,
) -> HttpResponse:
    """Stores what a form of the page asks for; what is refused stands beside it, with the text."""
    if form.is_valid():
        try:
            store()
        except ValidationError as error:
            refused(form, error)
        else:
            return redirect("meetings:arrange", pk=meeting.pk)
    return _page(request, meeting, status=422, **bound)


def _stored(request: HttpRequest, meeting: Meeting, store: Callable[[], object]) -> HttpResponse:
    """Stores what a button asks for, or says why not."""
    try:
        store()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return _page(request, meeting, status=422)
    return redirect("meetings:arrange", pk=meeting.pk)


def _page(
    request: HttpRequest, meeting: Meeting, *, status: int = 200, **bound: forms.Form
) -> HttpResponse:
    members, guests = members_and_guests(standing_not_invited(meeting))
    context = {
        "meeting": meeting,
        "agenda": meeting.agenda.all(),
        "rows": rows_with_letters(meeting),
        "members": members,
        "guests": guests,
        "clashes": clashes(meeting, _user(request)),
        "item_form": AgendaItemForm(auto_id="acara_%s"),
        "institution_form": InstitutionForm(meeting=meeting, auto_id="lembaga_%s"),
        "person_form": PersonForm(auto_id="orang_%s"),
        "open": meeting.may_change,
        "may_see_letters": may(_user(request), "meetings.change", meeting),
    } | bound
    return render(request, "meetings/arrange.html", context, status=status)
