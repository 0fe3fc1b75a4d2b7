"""Rows of the table of rights for polling stations and guards."""

from .rows import Row

STATIONS: dict[str, list[Row]] = {}
GUARDS: dict[str, list[Row]] = {}
