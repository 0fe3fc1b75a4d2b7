"""What an app offers the dashboard: a panel, for a reader and a region."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from .authority import Actor


@dataclass(frozen=True)
class Panel:
    """One card of the dashboard, ready to be drawn by `template` with `context`."""

    title: str
    template: str
    context: dict[str, Any] = field(default_factory=dict)
    link: str = ""


@dataclass(frozen=True)
class Offer:
    """A panel that an app offers.

    `build(by, code)` makes it for a reader and the region `code` (empty: the country), or gives
    None where the reader may not see it; it asks a bounded number of queries. `topics` are the
    live events after which it is asked for again.
    """

    key: str
    build: Callable[[Actor, str], Panel | None]
    topics: tuple[str, ...] = ()
