"""Posting guards: one posting by hand, or a unit shared out among the stations of a kecamatan."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import Role, User
from forkopimda.regions.asked import asked_region
from forkopimda.regions.models import Level, Region

from ... import actions
from ...forms.guards import PeriodForm, PostForm, ShareForm, usual_period
from ...free import free
from ...models import Policy
from ...sharing import Group, Place, digest, places, share
from ...shortage import usual_moment, voting_morning, zone_of
from .scope import above

CONFLICTS = (actions.NotEnoughPeople, actions.StationTaken)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.keep_guards")
def post(request: HttpRequest) -> HttpResponse:
    """The police post people of a unit, to stations or to the whole of a kecamatan."""
    region = _kecamatan(request)
    if region is None:
        return _choose(request, "guards:post")
    if request.method != "POST":
        form = PostForm(region=region, initial=_initial(request, region))
        return _post_page(request, region, form)
    form = PostForm(request.POST, region=region)
    valid = form.is_valid()
    if "usul" in request.POST:
        return _post_page(request, region, _suggested(request, region, form))
    if not valid:
        return _post_page(request, region, form, status=422)
    return _store(request, region, form)


def _store(request: HttpRequest, region: Region, form: PostForm) -> HttpResponse:
    data = form.cleaned_data | {"stations": list(form.cleaned_data["stations"])}
    try:
        row = actions.post_guards(by=cast(User, request.user), region=region, **data)
    except CONFLICTS as error:
        refused(form, error)
        return _post_page(request, region, form, status=409, conflict=error)
    except ValidationError as error:
        refused(form, error)
        return _post_page(request, region, form, status=422)
    messages.success(
        request,
        _("%(people)d orang %(unit)s ditempatkan di %(region)s.")
        % {"people": row.people, "unit": row.unit, "region": region},
    )
    return redirect("guards:posting", pk=row.pk)


def _suggested(request: HttpRequest, region: Region, form: PostForm) -> PostForm:
    """The same form with the stations ticked that the people suffice for. Where unit, people or
    period are wrong, that is said and nothing is ticked."""
    data = form.cleaned_data
    if not all(data.get(name) for name in ("unit", "people", "starts_at", "ends_at")):
        return form
    listed = places(region.pk, data["starts_at"], data["ends_at"])
    policy = Policy.objects.of(region.pk)
    groups = share(policy, data["unit"].kind, data["people"], listed)
    typed = request.POST.copy()
    typed.setlist("stations", [str(row.pk) for group in groups for row in group.stations])
    if not groups:
        messages.info(request, _("Tidak ada TPS yang belum dijaga untuk jumlah orang itu."))
    return PostForm(typed, region=region)


def _post_page(
    request: HttpRequest, region: Region, form: PostForm, status: int = 200, **more: Any
) -> HttpResponse:
    start, end = _period(form)
    listed = places(region.pk, start, end)
    context = {
        "region": region,
        "form": form,
        "villages": _by_village(listed, form.chosen),
        "stations": len(listed),
        **more,
    }
    return render(request, "guards/post.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.keep_guards")
def share_out(request: HttpRequest) -> HttpResponse:
    """A unit shared out by the classes' ratios among the stations that nobody guards yet: shown
    first, then stored, all or nothing."""
    region = _kecamatan(request)
    if region is None:
        return _choose(request, "guards:share")
    if request.method != "POST":
        form = ShareForm(region=region, initial=_initial(request, region))
        return _share_page(request, region, form)
    form = ShareForm(request.POST, region=region)
    if not form.is_valid():
        return _share_page(request, region, form, status=422)
    groups = _proposal(request, region, form)
    if "simpan" not in request.POST:
        return _share_page(request, region, form, groups=groups)
    if form.cleaned_data["seen"] != digest(groups):
        return _share_page(request, region, form, groups=groups, status=409, changed=True)
    data = {name: form.cleaned_data[name] for name in ("unit", "starts_at", "ends_at")}
    try:
        rows = actions.share_guards(
            by=cast(User, request.user),
            region=region,
            groups=[(group.people, group.stations) for group in groups],
            **data,
        )
    except ValidationError as error:
        status = 409 if isinstance(error, CONFLICTS) else 422
        refused(form, error)
        return _share_page(request, region, form, groups=groups, status=status, conflict=error)
    words = ngettext("%(count)d penempatan disimpan.", "%(count)d penempatan disimpan.", len(rows))
    messages.success(request, words % {"count": len(rows)})
    return redirect(f"{reverse('guards:postings')}?wilayah={region.pk}")


def _proposal(request: HttpRequest, region: Region, form: ShareForm) -> list[Group]:
    data = form.cleaned_data
    left = free(cast(User, request.user), data["unit"], data["starts_at"], data["ends_at"])
    listed = places(region.pk, data["starts_at"], data["ends_at"])
    return share(Policy.objects.of(region.pk), data["unit"].kind, left.people, listed)


def _share_page(
    request: HttpRequest,
    region: Region,
    form: ShareForm,
    *,
    groups: list[Group] | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    context = {
        "region": region,
        "form": form,
        "groups": groups,
        "people": sum(group.people for group in groups or []),
        "stations": sum(len(group.stations) for group in groups or []),
        "seen": digest(groups or []),
        **more,
    }
    return render(request, "guards/share.html", context, status=status)


@require_safe
@needs("security.keep_guards")
def free_people(request: HttpRequest) -> HttpResponse:
    """How many people of the chosen unit are free in the chosen period, for the form to show."""
    region = _kecamatan(request)
    if region is None:
        raise Http404
    form = PeriodForm(request.GET, region=region)
    context: dict[str, Any] = {"wrong": not form.is_valid()}
    if form.is_valid():
        data = form.cleaned_data
        context["free"] = free(
            cast(User, request.user), data["unit"], data["starts_at"], data["ends_at"]
        )
        context["unit"] = data["unit"]
    return render(request, "guards/_free.html", context)


def _kecamatan(request: HttpRequest) -> Region | None:
    """The kecamatan that the address names, where the reader keeps guards; None without one."""
    code = request.GET.get("kecamatan", "")
    if not code:
        return None
    regions = Region.objects.visible_to(cast(User, request.user)).filter(level=Level.KECAMATAN)
    region = get_object_or_404(regions, pk=code)
    require(cast(User, request.user), "security.keep_guards", region.pk)
    return region


def _choose(request: HttpRequest, then: str) -> HttpResponse:
    """Links down to the kecamatan where people are to be posted."""
    user, region = cast(User, request.user), asked_region(request)
    if region is not None and region.level == Level.KECAMATAN:
        raise Http404
    parts = Region.objects.visible_to(user).children_of(region.pk if region else "")
    kept = [
        part
        for part in parts
        if any(part.pk.startswith(code) or code.startswith(part.pk) for code in _kept(user))
    ]
    if not kept:
        raise PermissionDenied
    address = reverse(then)
    name = "kecamatan" if kept[0].level == Level.KECAMATAN else "wilayah"
    context = {
        "region": region,
        "above": above(user, region),
        "title": _("Bagi otomatis") if then == "guards:share" else _("Penempatan baru"),
        "links": [(part, f"{address}?{name}={part.pk}") for part in kept],
    }
    return render(request, "guards/choose.html", context)


def _kept(user: User) -> tuple[str, ...]:
    return user.access.scopes(Role.POLICE_APPROVER)


def _initial(request: HttpRequest, region: Region) -> dict[str, Any]:
    morning = voting_morning(cast(User, request.user), region.pk, zone_of(region))
    usual = usual_period(usual_moment(morning), region)
    return usual | {"unit": request.GET.get("satuan", "")}


def _period(form: PeriodForm) -> tuple[Any, Any]:
    """The period of the form as typed or proposed; nothing where it is wrong."""
    if not form.is_bound:
        values = {name: form.initial[name] for name in ("starts_at", "ends_at")}
        form = PeriodForm(values, region=form.region)
        form.is_valid()
    return form.cleaned_data.get("starts_at"), form.cleaned_data.get("ends_at")


def _by_village(
    listed: list[Place], chosen: set[str]
) -> list[tuple[Region, list[tuple[Place, bool]]]]:
    """The stations by village, each with whether it is ticked."""
    found: dict[str, tuple[Region, list[tuple[Place, bool]]]] = {}
    for place in listed:
        village = place.station.village
        _village, rows = found.setdefault(village.pk, (village, []))
        rows.append((place, str(place.station.pk) in chosen))
    return list(found.values())
