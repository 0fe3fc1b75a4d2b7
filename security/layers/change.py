"""The layer of changes: which areas went up or down since a day."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.layers import Feature, Key, Layer

from ..change import WORDS, Change
from ..models import Level
from .areas import areas, levels_at

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from forkopimda.lib.authority import Actor
    from forkopimda.lib.layers import Shown, View

    from .texts import Texts


def build(by: Actor, view: View) -> Shown:
    """Each area of the view with how its level moved since `view.since`."""

    def look_up(codes: Sequence[str]) -> dict[str, Change]:
        now = levels_at(by, codes, view.moment)
        then = levels_at(by, codes, view.since)
        return {code: Change(then.get(code, ("",))[0], level) for code, (level, _at) in now.items()}

    return areas(by, view, look_up, painter)


def painter(_texts: Texts) -> Callable[[Change | None], Feature]:
    """Paints an area by its change; there are few kinds, each made once."""
    return cache(_painted)


def _painted(change: Change | None) -> Feature:
    change = change or Change("", "")
    facts = [(_("Semula"), change.then_word)] if change.then else []
    if change.now:
        facts.append((_("Sekarang"), str(Level(change.now).label)))
    return Feature("area", "", change.kind, change.sign, change.word, facts=facts)


CHANGE = Layer(
    key="perubahan",
    title=gettext_lazy("Perubahan tingkat"),
    build=build,
    permission="security.view",
    legend=tuple(Key(kind, sign, word) for kind, (sign, word) in WORDS.items()),
    topics=("levels",),
    kind="areas",
)
