"""This app's pages in the admin, by subject."""

from . import ratings

__all__ = ["ratings"]
