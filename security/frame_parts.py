"""What a frame consists of, as data: what the product ships, and what an editor hands in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from hashlib import sha256
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from .models import Frame


@dataclass(frozen=True)
class IndicatorPart:
    """An indicator. `pk` is the row that it changes, None for a new one, whose code, when left
    out, is made from its name."""

    name: str
    guidance: str = ""
    weight: Decimal = Decimal(1)
    code: str = ""
    pk: int | None = None


@dataclass(frozen=True)
class DimensionPart:
    """A dimension with its indicators, in order; `pk` and `code` as in IndicatorPart."""

    name: str
    indicators: Sequence[IndicatorPart]
    weight: Decimal = Decimal(1)
    code: str = ""
    pk: int | None = None


def fingerprint(frame: Frame) -> str:
    """Changes whenever a draft or its contents change. No query where the dimensions with their
    indicators were fetched before."""
    facts = [frame.name, frame.note, f"{frame.medium_from:.2f}", f"{frame.high_from:.2f}"]
    for dimension in frame.dimensions.all():
        facts += [str(dimension.pk), dimension.name, f"{dimension.weight:.2f}"]
        for row in dimension.indicators.all():
            facts += [str(row.pk), row.name, row.guidance, f"{row.weight:.2f}"]
    return sha256("\0".join(facts).encode()).hexdigest()
