"""Small numbers are not shown, and can't be computed back from what is shown."""

from __future__ import annotations

from collections.abc import Sequence

#: The smallest number that is shown as it is.
SMALLEST = 5


def conceal(counts: Sequence[int]) -> list[int | None]:
    """A table's numbers as they are published beside their known sum: None is hidden.

    Hidden are all under five. The sum of what is hidden is the total less what is shown; so that
    nothing follows from it, at least two are hidden if any is, and together they are five or
    more: as far as sums tell, each may be anything from nought to four. Where that takes another
    number, it is the last in the table's own order. The smallest, as is often done, would bound
    the others: who knows the rule would know that it is no larger than what is shown.
    """
    hidden = {at for at, count in enumerate(counts) if count < SMALLEST}
    for at in reversed(range(len(counts))):
        if not hidden or (len(hidden) > 1 and sum(counts[i] for i in hidden) >= SMALLEST):
            break
        hidden.add(at)
    return [None if at in hidden else count for at, count in enumerate(counts)]
