"""How far a region is with its pledges."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Sum

from .models import CivilUnit

if TYPE_CHECKING:
    from forkopimda.lib.authority import Actor


@dataclass(frozen=True)
class Totals:
    """Units that exist, how many of them are behind, their staff, and who of them has signed."""

    units: int
    behind: int
    staff: int
    signed: int

    @property
    def percent(self) -> int | None:
        """How many of a hundred have signed, rounded down; None where nobody works there."""
        return self.signed * 100 // self.staff if self.staff else None


def totals(by: Actor, code: str) -> Totals:
    """Of the region `code` and all that lies in it, as far as the reader sees it. One query."""
    units = CivilUnit.objects.visible_to(by).within(code).working().order_by()
    found = units.aggregate(
        units=Count("*"),
        behind=Count("region", filter=Q(signed=None) | Q(signed__lt=F("staff"))),
        staff=Sum("staff", default=0),
        signed=Sum("signed", default=0),
    )
    return Totals(**found)
