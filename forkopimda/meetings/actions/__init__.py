"""The only writers of meetings and all that belongs to them."""

from .hold import record_attendance
from .invite import send_invitations
from .plan import edit_meeting, invite, plan_meeting, set_agenda_item

__all__ = [
    "edit_meeting",
    "invite",
    "plan_meeting",
    "record_attendance",
    "send_invitations",
    "set_agenda_item",
]
