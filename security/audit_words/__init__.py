"""How this app's acts read in words, by subject; each module registers its sentences."""

from . import assessments, frames, guards, incidents, policy, proposals, ratings, stations, warnings

__all__ = [
    "assessments",
    "frames",
    "guards",
    "incidents",
    "policy",
    "proposals",
    "ratings",
    "stations",
    "warnings",
]
