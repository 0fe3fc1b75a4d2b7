"""Rows of the table of rights for the map's layers."""

from .rows import Row

MAP: dict[str, list[Row]] = {}
