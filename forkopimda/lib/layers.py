"""What an app offers the map: a layer, for a reader and a view of the map."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise as StrPromise

    from .authority import Actor

#: No answer holds more features than this, whatever the tables hold.
FEATURES_MOST = 2_000


@dataclass(frozen=True)
class View:
    """What a map shows: a box, at a zoom, of a region, at a moment.

    `box` is west, south, east, north in degrees; `zoom` counts as web maps do (at 0 the globe is
    256 pixels wide). `code` is the region of the page (empty: the country). `moment` is the end of
    the past day that is looked at, None for now; `since` the moment to compare with.
    """

    box: tuple[float, float, float, float]
    zoom: float
    code: str
    moment: datetime | None
    since: datetime
    now: datetime
    shapes: bool = True

    @property
    def at(self) -> datetime:
        """The moment looked at."""
        return self.moment or self.now


@dataclass(frozen=True)
class Feature:
    """One area or mark on the map.

    `kind` is "area", "group" (a mark that stands for a region), "cluster" (one that stands for
    points nearby) or "point". `style` names its look (a suffix of CSS classes), `sign` and `word`
    say the same without colour. `facts` are pairs of label and value for the popup. Areas carry
    `shape`, their outline as JSON text, or none where the asker has it; marks a place.
    """

    kind: str
    name: str
    style: str
    sign: str
    word: str
    code: str = ""
    label: str = ""
    place: tuple[float, float] | None = None
    shape: str = ""
    link: str = ""
    facts: Sequence[tuple[str, str]] = ()
    schematic: bool = False


@dataclass(frozen=True)
class Shown:
    """A layer's answer: `version` changes whenever the features do and is known before they are
    made; `note` says what the marks stand for. `everywhere`: it is the same wherever the box lies,
    as long as the zoom is."""

    version: Any
    features: Callable[[], Sequence[Feature]]
    note: str = ""
    everywhere: bool = False


@dataclass(frozen=True)
class Key:
    """One line of a legend: a look, its sign and its word."""

    style: str
    sign: str
    word: StrPromise | str


@dataclass(frozen=True)
class Layer:
    """A layer that an app offers.

    `build(by, view)` starts every query at what the reader may see and asks a bounded number of
    them. `permission` is asked before. `topics` are the live events after which it is asked for
    again. `kind` is "areas" (one at a time is drawn) or "marks". `dated` layers can show the past.
    """

    key: str
    title: StrPromise | str
    build: Callable[[Actor, View], Shown]
    permission: str
    legend: tuple[Key, ...]
    topics: tuple[str, ...] = ()
    kind: str = "marks"
    dated: bool = True
