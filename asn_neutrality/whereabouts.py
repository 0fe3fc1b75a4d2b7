"""Which region a page of pledges is about, and what else there is to choose."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _

from forkopimda.people.models import User
from forkopimda.regions.models import Level, Region, ancestors

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


def asked_region(request: HttpRequest) -> Region | None:
    """The region down to a kecamatan that the address asks for, else the reader's own; None for
    the country. Not found where the reader may not see it."""
    user = cast(User, request.user)
    code = request.GET.get("wilayah", user.access.home() or "")
    if not code:
        if user.access.home() != "":
            raise Http404
        return None
    regions = Region.objects.visible_to(user).exclude(level=Level.VILLAGE)
    return get_object_or_404(regions, pk=code)


def choices(by: Actor, region: Region | None) -> list[tuple[str, str]]:
    """The region, what is around it and its parts down to kecamatan. One query."""
    code = region.pk if region else ""
    above = [each for each in ancestors(code)[:-1] if by.access.may_read(each)] if code else []
    visible = Region.objects.visible_to(by)
    parts = visible.children_of(code).exclude(level=Level.VILLAGE)
    around = visible.filter(pk__in=[*above, code])
    found = [(place.pk, str(place)) for place in (around | parts).order_by("code")]
    return [("", _("Seluruh negeri")), *found] if by.access.home() == "" else found
