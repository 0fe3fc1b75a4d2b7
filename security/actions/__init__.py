"""The only writers of this app, by subject."""

# ratings, proposals
# frames, assessments, policy
from .assessments import make_assessment
from .frames import discard_frame, draft_frame, edit_frame, publish_frame, ship_frame

# guards
from .guards import (
    NotEnoughPeople,
    PostingOver,
    StationTaken,
    post_guards,
    share_guards,
    withdraw_posting,
)

# incidents
from .incident_links import link_case, link_follow_up, remove_link, set_station
from .incident_steps import (
    StaleIncident,
    correct_severity,
    mark_duplicate,
    note_incident,
    step_incident,
)
from .incidents import KeyTaken, Reported, report_incident

# early warning
from .invented import invent_history
from .photos import add_photos
from .policy import save_policy
from .proposals import (
    DecidedProposal,
    PendingProposal,
    decide_proposal,
    propose_level,
    withdraw_proposal,
)
from .ratings import StaleRating, rate_region
from .reviews import remind_review

# stations
from .stations import (
    FaultyList,
    StaleClass,
    StalePlan,
    class_station,
    drop_upload,
    import_stations,
    keep_upload,
)
from .units import StaleUnit, import_units, save_unit
from .warnings import refresh_warnings

__all__ = [
    "DecidedProposal",
    "FaultyList",
    "KeyTaken",
    "NotEnoughPeople",
    "PendingProposal",
    "PostingOver",
    "Reported",
    "StaleClass",
    "StaleIncident",
    "StalePlan",
    "StaleRating",
    "StaleUnit",
    "StationTaken",
    "add_photos",
    "class_station",
    "correct_severity",
    "decide_proposal",
    "discard_frame",
    "draft_frame",
    "drop_upload",
    "edit_frame",
    "import_stations",
    "import_units",
    "invent_history",
    "keep_upload",
    "link_case",
    "link_follow_up",
    "make_assessment",
    "mark_duplicate",
    "note_incident",
    "post_guards",
    "propose_level",
    "publish_frame",
    "rate_region",
    "refresh_warnings",
    "remind_review",
    "remove_link",
    "report_incident",
    "save_policy",
    "save_unit",
    "set_station",
    "share_guards",
    "ship_frame",
    "step_incident",
    "withdraw_posting",
    "withdraw_proposal",
]
