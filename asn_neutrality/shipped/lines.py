"""What a shipped line of the catalogue holds. No line here is law by itself: see `confirmed`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class ShippedViolation:
    """A legal kind: label in Indonesian and English, class, lightest and heaviest sanction."""

    code: str
    label_id: str
    label_en: str
    violation_class: str
    sanction_from: str
    sanction_to: str
    legal_basis: str


@dataclass(frozen=True)
class ShippedSanction:
    """A sanction."""

    code: str
    label_id: str
    label_en: str
    sanction_class: str
    legal_basis: str


@dataclass(frozen=True)
class ShippedTerm:
    """Days that a case may stay in a state, and where the figure comes from; how many calendar
    days before it is called to mind, and after it auditors are told, is the product's own."""

    code: str
    days: int
    day_kind: str
    legal_basis: str = ""
    confirmed: bool = False
    remind_before: int = 1
    escalate_after: int = 3
