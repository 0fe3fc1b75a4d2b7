"""How many people of a unit are free between two moments, and where the rest is posted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from .models import Posting

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from forkopimda.lib.authority import Actor

    from .models import Unit

SHOWN = 10


@dataclass(frozen=True)
class Free:
    """What a unit can still give. `holders` are the postings that hold most people, of those that
    the reader may see; `elsewhere` counts the ones left out."""

    strength: int
    people: int
    holders: list[Posting]
    elsewhere: int


def busiest(postings: Iterable[tuple[datetime, datetime, int]], starts_at: datetime) -> int:
    """The most people posted at any one moment from `starts_at` on, of postings given as start,
    end and people. Who leaves at a moment is free for what starts at it."""
    changes: list[tuple[datetime, int]] = []
    for start, end, people in postings:
        changes += [(max(start, starts_at), people), (end, -people)]
    now = most = 0
    for _moment, change in sorted(changes):
        now += change
        most = max(most, now)
    return most


def free(by: Actor, unit: Unit, starts_at: datetime, ends_at: datetime) -> Free:
    """What the unit can give over the whole period. Three queries."""
    during = Posting.objects.filter(unit=unit).during(starts_at, ends_at)
    periods = during.order_by().values_list("starts_at", "ends_at", "people")
    posted = busiest(list(periods), starts_at)
    visible = during.visible_to(by).select_related("region").order_by("-people", "starts_at", "id")
    holders = list(visible[:SHOWN])
    return Free(
        strength=unit.strength,
        people=max(0, unit.strength - posted),
        holders=holders,
        elsewhere=during.count() - len(holders),
    )
