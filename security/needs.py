"""How many guards stations ask for, by their class and the regency's ratios."""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

from .models import StationClass

if TYPE_CHECKING:
    from .models import Policy


def police_needed(policy: Policy, risk_class: str, stations: int) -> int:
    """Police for `stations` stations of a class: a pair for 8, 4 or 2 stations, as the policy has
    it, begun groups rounded up. Stations without a class are guarded like the lightest one."""
    name = risk_class or StationClass.LOW
    people: int = getattr(policy, f"{name}_police")
    group: int = getattr(policy, f"{name}_stations")
    return ceil(stations / group) * people


def linmas_needed(policy: Policy, stations: int) -> int:
    """Linmas for `stations` stations of whatever class."""
    return policy.linmas_per_station * stations
