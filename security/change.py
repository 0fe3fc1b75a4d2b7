"""How a level moved between two moments, in words and signs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from django.utils.translation import gettext_lazy, pgettext_lazy

from .models import Level

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

#: Sign and word of each kind of change, the most pressing first.
WORDS: dict[str, tuple[str, StrPromise | str]] = {
    "up": ("▲", pgettext_lazy("tingkat kerawanan", "Naik")),
    "new": ("+", pgettext_lazy("tingkat kerawanan", "Baru dinilai")),
    "down": ("▼", pgettext_lazy("tingkat kerawanan", "Turun")),
    "same": ("=", pgettext_lazy("tingkat kerawanan", "Tetap")),
    "unrated": ("○", gettext_lazy("Belum dinilai")),
}


class Change(NamedTuple):
    """A region's level then and now; empty where it had none."""

    then: str
    now: str

    @property
    def kind(self) -> str:
        """ "up", "down", "same", "new" (first rated since) or "unrated"."""
        if not self.now:
            return "unrated"
        if not self.then:
            return "new"
        steps = Level(self.now).rank - Level(self.then).rank
        return "up" if steps > 0 else "down" if steps < 0 else "same"

    @property
    def order(self) -> int:
        """0 for the most pressing kind."""
        return list(WORDS).index(self.kind)

    @property
    def sign(self) -> str:
        """The kind's sign."""
        return WORDS[self.kind][0]

    @property
    def word(self) -> str:
        """The kind's word."""
        return str(WORDS[self.kind][1])

    @property
    def then_word(self) -> str:
        """The word of the level before, empty where there was none."""
        return str(Level(self.then).label) if self.then else ""
