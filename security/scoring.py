"""A score of 0 to 100 from weighted indicators, and what weighs most in it. Knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from .models import SCALE, Level

if TYPE_CHECKING:
    from collections.abc import Sequence

HUNDREDTH = Decimal("0.01")
NAMED_DIMENSIONS = 2
NAMED_INDICATORS = 3


@dataclass(frozen=True)
class Measured:
    """One indicator: its weight among its siblings, and its value from 0 (none) to SCALE."""

    name: str
    weight: Decimal
    value: int


@dataclass(frozen=True)
class Group:
    """A dimension with its indicators; at least one."""

    name: str
    weight: Decimal
    parts: Sequence[Measured]


@dataclass(frozen=True)
class PartResult:
    """What an indicator showed, and how many points of the whole score it brings."""

    name: str
    weight: Decimal
    value: int
    points: Decimal


@dataclass(frozen=True)
class GroupResult:
    """A dimension's own score, 0 to 100, and how many points of the whole score it brings."""

    name: str
    weight: Decimal
    score: Decimal
    points: Decimal
    parts: Sequence[PartResult]


@dataclass(frozen=True)
class Result:
    """The score, 0 to 100 with two places, and how it comes about."""

    score: Decimal
    groups: Sequence[GroupResult]


def compute(groups: Sequence[Group]) -> Result:
    """The weighted mean over dimensions of the weighted means of their indicators.

    Weights are positive; only their proportions count. Exact until the last step, so that a worse
    indicator never lowers the score.
    """
    total = sum((Fraction(group.weight) for group in groups), Fraction())
    score = Fraction()
    results = []
    for group in groups:
        share = Fraction(group.weight) / total
        weight = sum((Fraction(part.weight) for part in group.parts), Fraction())
        own = Fraction()
        parts = []
        for part in group.parts:
            points = Fraction(part.weight) / weight * part.value / SCALE * 100
            own += points
            parts.append(PartResult(part.name, part.weight, part.value, _rounded(points * share)))
        score += own * share
        results.append(
            GroupResult(group.name, group.weight, _rounded(own), _rounded(own * share), parts)
        )
    return Result(_rounded(score), results)


def suggestion(result: Result, level: Level, medium_from: Decimal, high_from: Decimal) -> str:
    """The level that a score suggests and why, in the reader's language."""
    return f"{_verdict(result.score, level, medium_from, high_from)} {_weightiest(result)}"


def _verdict(score: Decimal, level: Level, medium_from: Decimal, high_from: Decimal) -> str:
    words = {
        "level": level.label.lower(),
        "score": _short(score),
        "cutoff": number_format(high_from if level == Level.HIGH else medium_from, 2),
    }
    if level == Level.LOW:
        return _("Saran %(level)s: skor %(score)s (di bawah ambang sedang %(cutoff)s).") % words
    return _("Saran %(level)s: skor %(score)s (ambang %(cutoff)s).") % words


def _weightiest(result: Result) -> str:
    """Names the dimensions and indicators that bring the most points."""
    groups = sorted(
        (group for group in result.groups if group.points), key=lambda group: -group.points
    )
    if not groups:
        return _("Semua indikator bernilai 0.")
    parts = sorted(
        (part for group in groups for part in group.parts if part.points),
        key=lambda part: -part.points,
    )
    dimensions = ", ".join(
        _("%(name)s (%(points)s poin)") % {"name": group.name, "points": _short(group.points, 1)}
        for group in groups[:NAMED_DIMENSIONS]
    )
    indicators = ", ".join(
        _("%(name)s (nilai %(value)d)") % {"name": part.name, "value": part.value}
        for part in parts[:NAMED_INDICATORS]
    )
    return _("Paling berpengaruh: %(dimensions)s; terutama %(indicators)s.") % {
        "dimensions": dimensions,
        "indicators": indicators,
    }


def _short(number: Decimal, places: int = 2) -> str:
    """A number without zeros at its end."""
    text = f"{number:.{places}f}".rstrip("0").rstrip(".")
    return str(number_format(Decimal(text)))


def _rounded(number: Fraction) -> Decimal:
    exact = Decimal(number.numerator) / Decimal(number.denominator)
    return exact.quantize(HUNDREDTH, ROUND_HALF_UP)
