"""What the layers of areas share: regions of a view, their outlines, and how they look."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from forkopimda.lib.layers import Shown
from forkopimda.regions.drawing import drawn, tolerance
from forkopimda.regions.onmap import listed

from ..models import RiskRating
from .texts import Texts

if TYPE_CHECKING:
    from datetime import datetime

    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import Feature, View

#: Sign of each level; its word is the level's own.
SIGNS = {"low": "●", "medium": "◆", "high": "▲", "none": "○"}


def areas(
    by: Actor,
    view: View,
    look_up: Callable[[Sequence[str]], dict[str, Any]],
    painter: Callable[[Texts], Callable[[Any], Feature]],
) -> Shown:
    """The areas of the view. `look_up` gives what is known of regions by code; what `painter` gives
    makes the look of one region from that, None where nothing is known."""
    listing = listed(by, view)
    known = look_up(listing.codes)
    metres = tolerance(view.zoom) if view.shapes else None

    def features() -> list[Feature]:
        stamps = [(area.code, area.drawn_at) for area in listing.areas if area.drawn_at]
        shapes = drawn(stamps, view.zoom) if view.shapes else {}
        texts = Texts()
        paint = painter(texts)
        return [
            replace(
                paint(known.get(area.code)),
                code=area.code,
                name=area.name,
                shape=shapes.get(area.code, ""),
                schematic=area.schematic,
                link=texts.page(area.code),
            )
            for area in listing.areas
            if area.drawn_at
        ]

    return Shown((listing.areas, sorted(known.items()), metres), features, everywhere=listing.whole)


def levels_at(
    by: Actor, codes: Sequence[str], moment: datetime | None
) -> dict[str, tuple[str, datetime]]:
    """Level and its beginning of each of the regions that was rated by `moment` (None: now)."""
    rows = RiskRating.objects.visible_to(by).filter(region__in=codes).as_of(moment).order_by()
    return {
        code: (level, since)
        for code, level, since in rows.values_list("region", "level", "valid_from")
    }
