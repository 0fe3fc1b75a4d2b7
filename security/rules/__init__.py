"""Who may do what with levels, incidents, stations and guards."""

from . import guards, incidents, levels

__all__ = ["guards", "incidents", "levels"]
