"""What both loaders share: progress, and the region that holds all that a file speaks of."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from .models import Region, ancestors

#: Called with the stage in words and the number of rows it has dealt with.
Progress = Callable[[str, int], None]


def silent(stage: str, rows: int) -> None:
    """Progress that nobody watches."""


def region_around(codes: Iterable[str]) -> Region:
    """The smallest region that holds all `codes`, not saved. No code: the whole country."""
    ordered = sorted(codes)
    ends = zip(ancestors(ordered[0]), ancestors(ordered[-1]), strict=False)
    return Region(code=max((first for first, last in ends if first == last), default=""))
