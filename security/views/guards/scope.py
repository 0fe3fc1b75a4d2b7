"""Which regions a page of guards offers to choose from."""

from __future__ import annotations

from django.utils.translation import gettext as _

from forkopimda.lib.authority import Actor
from forkopimda.regions.models import Level, Region, ancestors


def above(by: Actor, region: Region | None) -> list[Region]:
    """The regions around a region that the reader may see, from the top."""
    if region is None:
        return []
    codes = [code for code in ancestors(region.pk)[:-1] if by.access.may_read(code)]
    return list(Region.objects.filter(pk__in=codes)) if codes else []


def choices(by: Actor, region: Region | None) -> list[tuple[str, str]]:
    """The region, what is around it and its parts down to kecamatan, to choose from."""
    parts = Region.objects.visible_to(by)
    if region is not None and region.level == Level.KECAMATAN:
        listed = parts.children_of(str(region.parent_id))
    else:
        listed = parts.children_of(region.pk if region else "")
    here = [region] if region is not None and region.level != Level.KECAMATAN else []
    found = [(place.pk, str(place)) for place in [*above(by, region), *here, *listed]]
    return [("", _("Seluruh negeri")), *found] if by.access.home() == "" else found
