"""The layer of levels: each area by its level now, or at a past moment."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.layers import Feature, Key, Layer

from ..models import Level
from .areas import SIGNS, areas, levels_at

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import Shown, View

    from .texts import Texts


def build(by: Actor, view: View) -> Shown:
    """Each area of the view with its level."""
    return areas(by, view, partial(levels_at, by, moment=view.moment), painter)


def painter(texts: Texts) -> Callable[[tuple[str, datetime] | None], Feature]:
    """Paints an area by its level; hollow where it has none."""
    unrated = Feature("area", "", "none", SIGNS["none"], _("Belum dinilai"))
    rated = {
        level.value: Feature("area", "", level, SIGNS[level], str(level.label)) for level in Level
    }
    label = _("Sejak")

    def paint(known: tuple[str, datetime] | None) -> Feature:
        if known is None:
            return unrated
        level, since = known
        return replace(rated[level], facts=[(label, texts.day(since))])

    return paint


LEVELS = Layer(
    key="tingkat",
    title=gettext_lazy("Tingkat kerawanan"),
    build=build,
    permission="security.view",
    legend=(
        *(Key(level, SIGNS[level], level.label) for level in reversed(Level)),
        Key("none", SIGNS["none"], gettext_lazy("Belum dinilai")),
    ),
    topics=("levels",),
    kind="areas",
)
