"""Bars per dimension, for `security/_bars.html`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .findings import Bar, finding_of

if TYPE_CHECKING:
    from .models import Assessment


def bars_of(assessment: Assessment) -> list[Bar]:
    """(name, score 0 to 100, level) per dimension of an assessment: at most four queries."""
    return finding_of(assessment).bars
