"""Assessing a region by a frame, and reading what an assessment found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from forkopimda.lib.authority import require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from .. import actions
from ..findings import contents, find, finding_of
from ..forms.assessment import VALUES, AssessmentForm, values_before
from ..models import Assessment, Frame

PER_PAGE = 10


@dataclass(frozen=True)
class Asked:
    """What an officer assesses: the region, the frames to choose from, the chosen one."""

    place: Region
    frames: list[Frame]
    frame: Frame

    @property
    def last(self) -> Assessment | None:
        """The region's newest assessment by any version of the frame."""
        return (
            Assessment.objects.filter(region=self.place, frame__code=self.frame.code)
            .select_related("frame", "region")
            .first()
        )


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.assess")
def assess(request: HttpRequest, code: str) -> HttpResponse:
    """The form of an assessment; once stored, the officer goes on to set the level."""
    asked = _asked(request, code)
    if asked is None:
        return render(request, "security/assess_none.html", {"code": code})
    dimensions = contents(asked.frame)
    if request.method != "POST":
        last = asked.last
        form = AssessmentForm(dimensions=dimensions, initial=values_before(last))
        return _form_page(request, asked, form, last=last)
    form = AssessmentForm(request.POST, dimensions=dimensions)
    if request.POST.get("versi", str(asked.frame.pk)) != str(asked.frame.pk):
        return _form_page(request, asked, form, status=409, replaced=True)
    if not form.is_valid():
        return _form_page(request, asked, form, status=422)
    try:
        stored = actions.make_assessment(
            by=cast(User, request.user),
            region=asked.place,
            frame=asked.frame,
            values=form.chosen(),
        )
    except ValidationError as error:
        refused(form, error)
        return _form_page(request, asked, form, status=422)
    messages.success(
        request,
        _("Asesmen %(region)s disimpan. Sekarang tetapkan atau usulkan tingkatnya.")
        % {"region": asked.place.title},
    )
    region_page = reverse("security:region", args=[asked.place.pk])
    return redirect(f"{region_page}?asesmen={stored.pk}#tetapkan")


@never_cache
@require_POST
@needs("security.assess")
def preview(request: HttpRequest, code: str) -> HttpResponse:
    """What the values chosen so far come to; stores nothing."""
    asked = _asked(request, code)
    if asked is None:
        raise Http404
    form = AssessmentForm(request.POST, dimensions=contents(asked.frame))
    return render(request, "security/_assess_update.html", _so_far(asked, form))


@require_safe
@needs("security.view")
def assessment(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """One assessment with all that it rests on, by its frame as it was then."""
    user = cast(User, request.user)
    seen = Assessment.objects.visible_to(user).filter(region_id=code)
    row = get_object_or_404(seen.select_related("region", "frame__region"), pk=pk)
    finding, words = finding_of(row), dict(VALUES)
    others = seen.exclude(pk=pk).select_related("frame")
    context = {
        "assessment": row,
        "region": row.region,
        "finding": finding,
        "groups": [
            (group, [(part, words[part.value]) for part in group.parts])
            for group in finding.result.groups
        ],
        "page": Paginator(others, PER_PAGE).get_page(request.GET.get("page")),
    }
    return render(request, "security/assessment.html", context)


def _asked(request: HttpRequest, code: str) -> Asked | None:
    """None where no frame is in force."""
    user = cast(User, request.user)
    place = get_object_or_404(Region.objects.visible_to(user), pk=code)
    require(user, "security.assess", place)
    frames = Frame.objects.in_force(place.pk)
    if not frames:
        return None
    wanted = (request.POST if request.method == "POST" else request.GET).get("kerangka")
    chosen = {frame.code: frame for frame in frames}
    frame = chosen.get(wanted) if wanted else frames[0]
    if frame is None:
        raise Http404
    return Asked(place, frames, frame)


def _so_far(asked: Asked, form: AssessmentForm) -> dict[str, Any]:
    """The finding where every indicator has its value, and how many have."""
    chosen, total = form.chosen(), len(form.indicators)
    complete = total > 0 and len(chosen) == total
    return {
        "finding": find(asked.frame, form.dimensions, chosen) if complete else None,
        "open_fields": form.open_fields(),
        "chosen": len(chosen),
        "total": total,
    }


def _form_page(
    request: HttpRequest, asked: Asked, form: AssessmentForm, status: int = 200, **more: Any
) -> HttpResponse:
    context = {
        "region": asked.place,
        "frames": asked.frames,
        "frame": asked.frame,
        "form": form,
        "wrong": [form[name] for name in form.errors if name in form.fields],
        **_so_far(asked, form),
        **more,
    }
    return render(request, "security/assess.html", context, status=status)
