"""What this app alerts officials to."""

from .levels import level_raised

__all__ = ["level_raised"]
