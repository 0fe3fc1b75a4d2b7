"""Levels and their grounds, early warnings, incidents, classes of stations, guards."""

from .assessment import Assessment, AssessmentScore
from .frame import SCALE, Dimension, Frame, FrameState, Indicator
from .guard import FORCES, POLICE, Posting, PostingStation, Unit, UnitKind
from .incident import (
    ALERTED,
    CONFIRMED,
    FLOW,
    UNFINISHED,
    Category,
    Incident,
    IncidentSeverity,
    IncidentState,
    Referral,
)
from .incident_parts import IncidentLink, IncidentPhoto, IncidentStep
from .policy import Policy
from .proposal import Proposal, ProposalState
from .rating import LEVEL_ORDER, Level, RiskRating, Scheme, TimeRange
from .review import ReviewReminder, ReviewStep
from .station import StationClass, StationCount, StationRating, StationReason
from .station_upload import StationUpload
from .warning import EarlyWarning

__all__ = [
    "ALERTED",
    "CONFIRMED",
    "FLOW",
    "FORCES",
    "LEVEL_ORDER",
    "POLICE",
    "SCALE",
    "UNFINISHED",
    "Assessment",
    "AssessmentScore",
    "Category",
    "Dimension",
    "EarlyWarning",
    "Frame",
    "FrameState",
    "Incident",
    "IncidentLink",
    "IncidentPhoto",
    "IncidentSeverity",
    "IncidentState",
    "IncidentStep",
    "Indicator",
    "Level",
    "Policy",
    "Posting",
    "PostingStation",
    "Proposal",
    "ProposalState",
    "Referral",
    "ReviewReminder",
    "ReviewStep",
    "RiskRating",
    "Scheme",
    "StationClass",
    "StationCount",
    "StationRating",
    "StationReason",
    "StationUpload",
    "TimeRange",
    "Unit",
    "UnitKind",
]
