"""This app's pages in the admin, by subject."""

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
