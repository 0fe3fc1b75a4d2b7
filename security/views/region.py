"""One region: its level and why, the form for its police, and all that is known around it."""

from __future__ import annotations

from typing import Any, cast

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from forkopimda.lib.authority import may, require
from forkopimda.lib.forms import refused
from forkopimda.lib.http import needs
from forkopimda.people.models import User
from forkopimda.regions.models import Level as RegionLevel
from forkopimda.regions.models import Region, ancestors

from .. import actions, region_parts
from ..findings import finding_of
from ..forms.levels import RatingForm
from ..models import Assessment, Proposal, ProposalState, RiskRating
from .days import asked_day

PER_PAGE = 20
KEY_LENGTH = 18  # digits of a key that the database takes
RATED = (RegionLevel.REGENCY, RegionLevel.KECAMATAN)


@require_http_methods(["GET", "HEAD", "POST"])
@needs("security.view")
def region(request: HttpRequest, code: str) -> HttpResponse:
    """The region's page. Its police rate here, or propose a level where the Polres approves."""
    user = cast(User, request.user)
    place = get_object_or_404(Region.objects.visible_to(user).select_related("parent"), pk=code)
    if request.method == "POST":
        return _send(request, user, place)
    if request.headers.get("HX-Target") == "region-level":
        context = {"region": place, **_level_part(user, place)}
        return render(request, "security/_region_level.html", context)
    assessment, lost = _asked_assessment(user, place, request.GET.get("asesmen", ""))
    current = _current(place)
    earlier = _earlier(user, place, request.GET.get("usulan", ""))
    if assessment is None and earlier is not None:
        assessment = earlier.assessment
    initial = {
        "seen": current.pk if current else 0,
        "asesmen": assessment.pk if assessment else "",
        "level": earlier.level if earlier else None,
        "reason": earlier.reason if earlier else "",
        "evidence": earlier.evidence if earlier else "",
        "departure": earlier.departure if earlier else "",
    }
    form = RatingForm(initial=initial, assessment=assessment)
    return _page(request, user, place, form, lost=lost)


def _send(request: HttpRequest, user: User, place: Region) -> HttpResponse:
    direct = may(user, "security.rate_region", place)
    if not direct:
        require(user, "security.propose", place)
    assessment, lost = _asked_assessment(user, place, request.POST.get("asesmen", ""))
    data = request.POST.copy()
    data["asesmen"] = str(assessment.pk) if assessment else ""
    form = RatingForm(data, assessment=assessment)
    if not form.is_valid() or lost:
        return _page(request, user, place, form, status=422, lost=lost)
    write = actions.rate_region if direct else actions.propose_level
    try:
        made = write(by=user, region=place, **form.values())
    except actions.StaleRating as stale:
        data["seen"] = str(stale.current.pk)
        again = RatingForm(data, assessment=assessment)
        return _page(request, user, place, again, status=409, stale=stale.current)
    except actions.PendingProposal as other:
        return _page(request, user, place, form, status=409, other=other.proposal)
    except ValidationError as error:
        if "assessment" in getattr(error, "error_dict", {}):
            data["asesmen"] = ""  # sent again as it is, the form goes without
        refused(form, error)
        return _page(request, user, place, form, status=422)
    done = (
        _("Tingkat %(region)s dicatat: %(level)s.")
        if direct
        else _("Usulan untuk %(region)s dikirim: %(level)s. Polres akan memutuskannya.")
    )
    messages.success(request, done % {"region": place.title, "level": made.get_level_display()})
    return redirect("security:region", code=place.pk)


def _page(
    request: HttpRequest,
    user: User,
    place: Region,
    form: RatingForm,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    moment, day, error = asked_day(request, place)
    context = {
        "region": place,
        "above": _above(user, place),
        **_level_part(user, place),
        **_form_part(user, place, form),
        **_assessment_part(user, place),
        "then": RiskRating.objects.of(place.pk).as_of(moment).first() if moment else None,
        "day": day,
        "error": error,
        "page": _history(request, place),
        "incidents": region_parts.incidents(user, place),
        "warning": region_parts.warning(user, place),
        "stations": region_parts.stations(user, place),
        "guards": region_parts.guards(user, place),
        "follow_ups": region_parts.follow_ups(user, place),
        "contacts": region_parts.contacts(user, place),
        **more,
    }
    return render(request, "security/region.html", context, status=status)


def _level_part(user: User, place: Region) -> dict[str, Any]:
    """The level in force with its proposal; a village has its kecamatan's level."""
    village = place.level == RegionLevel.VILLAGE
    return {
        "rated": place.level in RATED,
        "current": _current(place),
        "around": _current(place.parent) if village and place.parent else None,
        "today": timezone.localdate(),
        **_proposal_part(user, place),
    }


def _form_part(user: User, place: Region, form: RatingForm) -> dict[str, Any]:
    """The form with the suggestion it stands beside, for who rates or proposes; else nothing."""
    if not may(user, "security.propose", place):
        return {"form": None}
    finding = finding_of(form.assessment) if form.assessment else None
    return {
        "form": form,
        "direct": may(user, "security.rate_region", place),
        "assessment": form.assessment,
        "finding": finding,
    }


def _proposal_part(user: User, place: Region) -> dict[str, Any]:
    """The region's newest proposal, where it waits, or was returned and nothing came after it."""
    rows = Proposal.objects.visible_to(user).filter(region=place)
    newest = rows.with_level_before().select_related("decided_by").first()
    if newest is None or newest.state not in {ProposalState.PENDING, ProposalState.RETURNED}:
        return {"proposal": None}
    waits = newest.state == ProposalState.PENDING
    return {
        "proposal": newest,
        "decides": waits and may(user, "security.decide_proposal", newest),
        "own_proposal": newest.author_id == user.pk,
    }


def _assessment_part(user: User, place: Region) -> dict[str, Any]:
    rows = Assessment.objects.visible_to(user).filter(region=place)
    newest = rows.select_related("frame").first()
    return {
        "last_assessment": newest,
        "bars": finding_of(newest).bars if newest else [],
        "may_assess": may(user, "security.assess", place),
    }


def _history(request: HttpRequest, place: Region) -> Any:
    rows = RiskRating.objects.of(place.pk).with_previous_level().select_related("assessment")
    return Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))


def _current(place: Region) -> RiskRating | None:
    rows = RiskRating.objects.of(place.pk).filter(valid_until=None)
    return cast("RiskRating | None", rows.select_related("assessment").first())


def _asked_assessment(user: User, place: Region, key: str) -> tuple[Assessment | None, bool]:
    """The region's assessment of that key, and whether one was asked for that it does not have."""
    if not key:
        return None, False
    if not (key.isascii() and key.isdecimal() and len(key) <= KEY_LENGTH):
        return None, True
    rows = Assessment.objects.visible_to(user).filter(region=place, pk=int(key))
    found = rows.select_related("frame").first()
    return found, found is None


def _earlier(user: User, place: Region, key: str) -> Proposal | None:
    """The reader's own proposal that is to be mended, whose words the form begins with."""
    if not (key.isascii() and key.isdecimal() and len(key) <= KEY_LENGTH):
        return None
    rows = Proposal.objects.visible_to(user).filter(region=place, pk=int(key), author=user)
    return cast("Proposal | None", rows.select_related("assessment__frame").first())


def _above(user: User, place: Region) -> list[Region]:
    codes = [code for code in ancestors(place.pk)[:-1] if user.access.may_read(code)]
    return list(Region.objects.filter(pk__in=codes)) if codes else []
