"""Who belongs to a case: adding, removing, leaving, and giving the case a new key."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import Exists, F, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User

from .. import actions
from ..actions.writing import holders_in
from ..conflicts import conflicted
from ..forms.members import AddMemberForm, LeaveForm, RecuseForm
from ..models import READERS, Case, Member, PersonalKey, Wrap
from ..reporter import REPORTER
from ..unlocking import opened_of, vault_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ..entries import OpenCase

PER_PAGE = 25


@dataclass(frozen=True)
class Row:
    """A member, with what stands between them and the case."""

    member: Member
    is_able: bool
    has_key: bool
    is_barred: bool

    @property
    def came_with_report(self) -> bool:
        """Whether the report was sealed to them when it came in."""
        return self.member.added_by == REPORTER.get_username()


@require_safe
@never_cache
@needs("asn_neutrality.view")
def members(request: HttpRequest, pk: int) -> HttpResponse:
    """The members of a case, past ones included. Changing them needs the case opened."""
    case = _visible(request, pk)
    return _page(request, case, opened_of(request, case))


@require_POST
@never_cache
@needs("asn_neutrality.work")
def add_member(request: HttpRequest, pk: int) -> HttpResponse:
    """Lets somebody in."""
    opened = _worked(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    form = AddMemberForm(_candidates(opened.case), request.POST)
    if form.is_valid():
        user, why = form.cleaned_data["user"], form.cleaned_data["why"]
        try:
            actions.add_member(by=cast(User, request.user), opened=opened, user=user, why=why)
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(request, _("%(name)s sekarang anggota perkara.") % {"name": user})
            return _back(opened.case)
    return _page(request, opened.case, opened, adding=form)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
@needs("asn_neutrality.work")
def remove_member(request: HttpRequest, pk: int, member: int) -> HttpResponse:
    """Asks why somebody leaves, ends their membership, and gives the case a new key."""
    opened = _worked(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    rows = opened.case.members.filter(removed_at=None).select_related("user")
    found = get_object_or_404(rows, pk=member)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        by = cast(User, request.user)
        try:
            actions.remove_member(by=by, opened=opened, member=found, why=form.cleaned_data["why"])
        except ValidationError as error:
            refused(form, error)
        else:
            messages.success(
                request,
                _("%(name)s bukan anggota lagi, dan kunci perkara sudah diganti.")
                % {"name": found.user},
            )
            return _back(opened.case)
    context = {"case": opened.case, "member": found, "form": form}
    status = 422 if form.is_bound else 200
    return render(request, "asn_neutrality/keys/remove_member.html", context, status=status)


@require_POST
@never_cache
@needs("asn_neutrality.open")
def recuse(request: HttpRequest, pk: int) -> HttpResponse:
    """Takes the reader out of a case."""
    user = cast(User, request.user)
    case = _visible(request, pk)
    require(user, "asn_neutrality.open", case)
    opened = opened_of(request, case)
    if opened is None:
        return _closed(request, case)
    form = RecuseForm(request.POST)
    if form.is_valid():
        try:
            actions.recuse(by=user, opened=opened, why=form.cleaned_data["why"])
        except ValidationError as error:
            refused(form, error)
        else:
            held = vault_of(request)
            if held is not None:
                held.notes.get("cases", {}).pop(str(case.pk), None)
                held.keep(changed=True)
            messages.success(request, _("Anda sudah mundur dari perkara itu."))
            return redirect("asn_neutrality:register")
    return _page(request, case, opened, leaving=form)


@require_POST
@never_cache
@needs("asn_neutrality.work")
def rotate_key(request: HttpRequest, pk: int) -> HttpResponse:
    """Gives a case a new key."""
    opened = _worked(request, pk)
    if isinstance(opened, HttpResponse):
        return opened
    try:
        actions.rotate_key(by=cast(User, request.user), opened=opened)
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
    else:
        messages.success(request, _("Kunci perkara sudah diganti."))
    return _back(opened.case)


def _visible(request: HttpRequest, pk: int) -> Case:
    user = cast(User, request.user)
    cases = Case.objects.visible_to(user).select_related("region")
    return cast(Case, get_object_or_404(cases, pk=pk))


def _worked(request: HttpRequest, pk: int) -> OpenCase | HttpResponse:
    """The case, opened by one who works on it; else where to go instead."""
    case = _visible(request, pk)
    require(cast(User, request.user), "asn_neutrality.work", case)
    return opened_of(request, case) or _closed(request, case)


def _closed(request: HttpRequest, case: Case) -> HttpResponse:
    messages.info(request, _("Buka dahulu berkas perkara ini, dengan alasannya."))
    return redirect("asn_neutrality:detail", pk=case.pk)


def _back(case: Case) -> HttpResponse:
    return redirect("asn_neutrality:members", pk=case.pk)


def _candidates(case: Case) -> QuerySet[User]:
    """Examiners and auditors of the region who have a key and are no members."""
    present = Member.objects.filter(case=case, removed_at=None)
    keys = PersonalKey.objects.filter(retired_at=None)
    people: QuerySet[User] = holders_in(case.region_id, *READERS)
    return (
        people.filter(pk__in=keys.values("user"))
        .exclude(pk__in=present.values("user"))
        .order_by("username")
    )


def _keyless(case: Case) -> int:
    """How many examiners and auditors of the region could not be added yet: they have no key."""
    keys = PersonalKey.objects.filter(retired_at=None)
    people: QuerySet[User] = holders_in(case.region_id, *READERS)
    return people.exclude(pk__in=keys.values("user")).count()


def _rows(case: Case, opened: OpenCase | None, members: list[Member]) -> list[Row]:
    present = [member.user_id for member in members if member.removed_at is None]
    able = holders_in(case.region_id, *READERS).filter(pk__in=present)
    keys = set(able.values_list("pk", flat=True))
    barred = conflicted(opened, present) if opened else set()
    return [
        Row(member, member.user_id in keys, member.has_key, member.user_id in barred)  # type: ignore[attr-defined]  # annotated
        for member in members
    ]


def _page(
    request: HttpRequest,
    case: Case,
    opened: OpenCase | None,
    *,
    adding: AddMemberForm | None = None,
    leaving: RecuseForm | None = None,
) -> HttpResponse:
    user = cast(User, request.user)
    wrap = Wrap.objects.filter(
        case=case, personal__user=OuterRef("user"), personal__retired_at=None
    )
    rows = case.members.select_related("user").annotate(has_key=Exists(wrap))
    ordered = rows.order_by(F("removed_at").desc(nulls_first=True), "pk")
    page = Paginator(ordered, PER_PAGE).get_page(request.GET.get("page"))
    works = opened is not None and may(user, "asn_neutrality.work", case)
    context = {
        "case": case,
        "page": page,
        "rows": _rows(case, opened, list(page.object_list)),
        "belongs": may(user, "asn_neutrality.open", case),
        "opened": opened is not None,
        "works": works,
        "adding": adding or (AddMemberForm(_candidates(case)) if works else None),
        "keyless": _keyless(case) if works else 0,
        "leaving": leaving or RecuseForm(),
        "has_recovery": case.wraps.filter(recovery__isnull=False).exists(),
    }
    status = 422 if adding or leaving else 200
    return render(request, "asn_neutrality/keys/members.html", context, status=status)
