"""A meeting from its plan to the last follow-up."""

from .agenda import AgendaItem, Decision
from .document import Document, DocumentKind, Letterhead, MinutesVersion
from .file import Attachment
from .followup import UNFINISHED, FollowUp, FollowUpNote, FollowUpState, Reminder, ReminderStep
from .invitation import CAME, Answer, Attendance, CalendarFeed, Letter, LetterKind, Status
from .meeting import Kind, Meeting, MinutesState, Stage, new_key

__all__ = [
    "CAME",
    "UNFINISHED",
    "AgendaItem",
    "Answer",
    "Attachment",
    "Attendance",
    "CalendarFeed",
    "Decision",
    "Document",
    "DocumentKind",
    "FollowUp",
    "FollowUpNote",
    "FollowUpState",
    "Kind",
    "Letter",
    "LetterKind",
    "Letterhead",
    "Meeting",
    "MinutesState",
    "MinutesVersion",
    "Reminder",
    "ReminderStep",
    "Stage",
    "Status",
    "new_key",
]
