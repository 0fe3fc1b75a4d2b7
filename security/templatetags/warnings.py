"""Filters for early warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from ..warning.words import Line, lines
from ..warning.words import trimmed as trimmed_words

if TYPE_CHECKING:
    from decimal import Decimal

    from ..models import EarlyWarning

register = template.Library()


@register.filter
def explained(warning: EarlyWarning) -> list[Line]:
    """The terms of a warning, each with its words, its share and its bar."""
    return lines(warning.terms)


@register.filter
def trimmed(value: float | Decimal) -> str:
    """A number with at most two decimals, without zeros at its end."""
    return trimmed_words(value)
