"""This app's pages in the admin, by subject."""

from . import cases, catalogue, units

__all__ = ["cases", "catalogue", "units"]
