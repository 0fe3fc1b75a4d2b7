"""Levels and their grounds, early warnings, incidents, classes of stations, guards."""

from .assessment import Assessment, AssessmentScore
from .frame import SCALE, Dimension, Frame, FrameState, Indicator
from .guard import POLICE, Posting, PostingStation, Unit, UnitKind
from .incident import (
    ALERTED,
    CONFIRMED,
    FLOW,
    UNFINISHED,
    Category,
    Incident,
    IncidentLink,
    IncidentPhoto,
    IncidentSeverity,
    IncidentState,
    IncidentStep,
    Referral,
)
from .policy import Policy
from .proposal import Proposal, ProposalState
from .rating import LEVEL_ORDER, Level, RiskRating, Scheme, TimeRange
from .station import StationClass, StationCount, StationRating, StationReason
from .warning import EarlyWarning

__all__ = [
    "ALERTED",
    "CONFIRMED",
    "FLOW",
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
    "RiskRating",
    "Scheme",
    "StationClass",
    "StationCount",
    "StationRating",
    "StationReason",
    "TimeRange",
    "Unit",
    "UnitKind",
]
