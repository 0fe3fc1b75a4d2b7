"""What values by a frame's indicators come to: score, level, reasons, a bar per dimension."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from .models import Level
from .scoring import Group, Measured, Result, compute, suggestion

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from decimal import Decimal

    from .models import Assessment, Dimension, Frame


class Bar(NamedTuple):
    """One bar: what it shows, from 0 to 100, and the level that this alone would suggest."""

    name: str
    score: Decimal
    level: str


@dataclass(frozen=True)
class Finding:
    """A score by one frame."""

    frame: Frame
    result: Result

    @property
    def score(self) -> Decimal:
        """0 to 100, two places."""
        return self.result.score

    @property
    def level(self) -> Level:
        """The level that the frame's cut-offs suggest."""
        return self.frame.level_of(self.score)

    @property
    def reason(self) -> str:
        """The suggestion in words, with what weighs most."""
        return suggestion(self.result, self.level, self.frame.medium_from, self.frame.high_from)

    @property
    def bars(self) -> list[Bar]:
        """One bar per dimension."""
        return [
            Bar(group.name, group.score, self.frame.level_of(group.score))
            for group in self.result.groups
        ]


def contents(frame: Frame) -> list[Dimension]:
    """The frame's dimensions with their indicators, in order: two queries."""
    return list(frame.dimensions.order_by("position").prefetch_related("indicators"))


def find(frame: Frame, dimensions: Iterable[Dimension], values: Mapping[int, int]) -> Finding:
    """What `values`, by the keys of all indicators of `dimensions`, come to. No query when the
    dimensions come from `contents`."""
    groups = [
        Group(
            dimension.name,
            dimension.weight,
            [
                Measured(indicator.name, indicator.weight, values[indicator.pk])
                for indicator in dimension.indicators.all()
            ],
        )
        for dimension in dimensions
    ]
    return Finding(frame, compute(groups))


def finding_of(assessment: Assessment) -> Finding:
    """What an assessment found, by the frame as it was then: at most four queries."""
    values = dict(assessment.scores.values_list("indicator_id", "value"))
    return find(assessment.frame, contents(assessment.frame), values)
