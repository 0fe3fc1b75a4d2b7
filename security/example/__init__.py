"""Example data of this app, by subject. Each part adds only what is missing."""

from . import guards, incidents, levels, stations


def load() -> None:
    """Loads all parts, in an order in which each finds what it needs."""
    levels.load()
    stations.load()
    guards.load()
    incidents.load()
