"""How this app's acts read in words, by subject; each module registers its sentences."""

from . import ratings

__all__ = ["ratings"]
