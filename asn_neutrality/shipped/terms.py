"""How many days each step may take, and how long unproven content is kept.

Where no figure is known, the number is the product's own and carries no basis.
"""

from __future__ import annotations

from ..models import ERASURE, DayKind, State
from .lines import ShippedTerm

TERMS = (
    ShippedTerm(State.INFORMATION, 3, DayKind.CALENDAR),
    ShippedTerm(State.RECEIVED, 2, DayKind.CALENDAR),
    ShippedTerm(State.INITIAL_REVIEW, 2, DayKind.CALENDAR, "Perbawaslu 8/2020"),
    ShippedTerm(State.COMPLETION, 2, DayKind.CALENDAR, "Perbawaslu 8/2020"),
    ShippedTerm(State.REGISTERED, 1, DayKind.CALENDAR),
    ShippedTerm(State.STUDY, 5, DayKind.CALENDAR, "UU 1/2015 Pasal 134 (3 hari dan 2 hari)", True),
    ShippedTerm(State.RECOMMENDED, 2, DayKind.WORKING),
    ShippedTerm(State.FORWARDED, 3, DayKind.WORKING),
    ShippedTerm(State.VERIFICATION, 7, DayKind.CALENDAR, "Alur SBT BKN"),
    ShippedTerm(State.VALIDATION, 3, DayKind.WORKING, "Alur SBT BKN"),
    ShippedTerm(State.WITH_AUTHORITY, 14, DayKind.WORKING, remind_before=3),
    ShippedTerm(State.EXAMINATION, 14, DayKind.WORKING, remind_before=3),
    ShippedTerm(State.SANCTIONED, 15, DayKind.WORKING, remind_before=3),
    ShippedTerm(State.OBJECTION, 30, DayKind.WORKING, remind_before=3),
    ShippedTerm(State.CARRIED_OUT, 14, DayKind.WORKING, remind_before=3),
    ShippedTerm(State.BLOCKED, 30, DayKind.CALENDAR, remind_before=3),
    ShippedTerm(ERASURE, 180, DayKind.CALENDAR),
)
