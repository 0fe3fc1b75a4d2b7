"""Small numbers are not shown, and can't be computed back from what is shown."""

from __future__ import annotations

from collections.abc import Sequence

#: The smallest number that is shown as it is.
SMALLEST = 5


def conceal(counts: Sequence[int], order: Sequence[int] | None = None) -> list[int | None]:
    """A table's numbers as they are published beside their known sum: None is hidden.

    Hidden are all under five, and others with them, which make room: the sum of what is hidden
    follows from the rest, so the others must be able to take up whatever the small ones leave of
    it. One is hidden at least, and more until the sum is five for each of them and four besides.
    Then any small number could be another, and the very same would be published.

    Which others, says `order` (of places; the table's own from its end, where none is given), and
    no number does. Hiding the smallest, as is often done, would tell who knows the rule that it
    is no larger than what is shown.
    """
    hidden = {at for at, count in enumerate(counts) if count < SMALLEST}
    if not hidden:
        return list(counts)
    added = 0
    for at in order if order is not None else reversed(range(len(counts))):
        room = sum(counts[place] for place in hidden) - SMALLEST * added
        if added and room >= SMALLEST - 1:
            break
        if at not in hidden:
            hidden.add(at)
            added += 1
    return [None if at in hidden else count for at, count in enumerate(counts)]
