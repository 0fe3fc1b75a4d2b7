"""Which region a page is about, by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from .models import Level, Region

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


def asked_region(request: HttpRequest, *, villages: bool = False) -> Region | None:
    """The region that `?wilayah=` names, else the reader's own; None for the country. Not found
    where the reader may not see it, and, unless `villages`, where it is one."""
    user = cast("Actor", request.user)
    home = user.access.home()
    code = request.GET.get("wilayah", home or "")
    if not code:
        if home != "":
            raise Http404
        return None
    regions: Any = Region.objects.visible_to(user).select_related("parent")
    if not villages:
        regions = regions.exclude(level=Level.VILLAGE)
    return cast(Region, get_object_or_404(regions, pk=code))
