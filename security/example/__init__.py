"""Example data of this app, by subject. Each part adds only what is missing."""

from . import levels


def load() -> None:
    """Loads all parts, in an order in which each finds what it needs."""
    levels.load()
