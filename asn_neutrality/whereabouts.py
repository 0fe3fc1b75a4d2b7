"""Which regions a page of pledges offers to choose from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from forkopimda.regions.models import Level, Region, ancestors

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


def choices(by: Actor, region: Region | None) -> list[tuple[str, str]]:
    """The region, what is around it and its parts down to kecamatan. One query."""
    code = region.pk if region else ""
    above = [each for each in ancestors(code)[:-1] if by.access.may_read(each)] if code else []
    visible = Region.objects.visible_to(by)
    parts = visible.children_of(code).exclude(level=Level.VILLAGE)
    around = visible.filter(pk__in=[*above, code])
    found = [(place.pk, str(place)) for place in (around | parts).order_by("code")]
    return [("", _("Seluruh negeri")), *found] if by.access.home() == "" else found
