"""The only writers of this app, by subject."""

# ratings, proposals
from .ratings import StaleRating, rate_region

# frames, assessments, policy

# early warning

# incidents

# stations

# guards

__all__ = [
    "StaleRating",
    "rate_region",
]
