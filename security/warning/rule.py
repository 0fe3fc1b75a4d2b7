"""The formula with one regency's numbers, for the page that explains it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from forkopimda.alerts.models import Severity

from ..models import IncidentSeverity
from .formula import (
    AFTERMATH_DAYS,
    ALERT_POINTS,
    ALERT_SCALE,
    INCIDENT_SCALE,
    KEYS,
    SEVERITY_POINTS,
    most_of,
)
from .words import LABELS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from decimal import Decimal

    from ..models import Policy


@dataclass(frozen=True)
class Rule:
    """Every number of the formula, each where a reader looks for it."""

    policy: Policy
    weights: Sequence[tuple[str, str, int, Decimal]]
    severities: Sequence[tuple[str, int]]
    alert_points: Sequence[tuple[str, int]]
    incident_scale: int = INCIDENT_SCALE
    alert_scale: int = ALERT_SCALE
    aftermath_days: int = AFTERMATH_DAYS


def of(policy: Policy) -> Rule:
    """The formula by a regency's policy: key, label, weight and most of each term."""
    return Rule(
        policy=policy,
        weights=[
            (key, str(LABELS[key]), getattr(policy, f"weight_{key}"), most)
            for key, most in zip(KEYS, most_of(policy), strict=True)
        ],
        severities=[
            (str(IncidentSeverity(severity).label), points)
            for severity, points in SEVERITY_POINTS.items()
        ],
        alert_points=[
            (str(Severity(severity).label), points) for severity, points in ALERT_POINTS.items()
        ],
    )
