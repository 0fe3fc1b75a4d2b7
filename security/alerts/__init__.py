"""What this app alerts officials to."""

from .incidents import incident_grew, incident_reported
from .levels import level_raised
from .proposals import proposal_decided, proposal_made, proposal_overtaken
from .reviews import review_due
from .warnings import early_warning

__all__ = [
    "early_warning",
    "incident_grew",
    "incident_reported",
    "level_raised",
    "proposal_decided",
    "proposal_made",
    "proposal_overtaken",
    "review_due",
]
