"""Rows of the table of rights for incidents."""

from .rows import Row

INCIDENTS: dict[str, list[Row]] = {}
