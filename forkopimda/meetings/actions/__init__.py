"""The only writers of meetings and all that belongs to them."""

from .agenda import move_agenda_item, remove_agenda_item, set_agenda_item
from .feed import close_feed, renew_feed
from .files import attach, remove_attachment
from .follow import (
    add_follow_up,
    carry_follow_ups,
    comment_follow_up,
    edit_follow_up,
    step_follow_up,
)
from .hold import AttendanceChanged, check_in, record_attendance, renew_checkin_key
from .invite import (
    answer_invitation,
    invite,
    invite_standing_members,
    remove_invitee,
    resend_letter,
    send_invitations,
)
from .minutes import MinutesChanged, decide, edit_decision, save_minutes
from .plan import StaleMeeting, cancel_meeting, edit_meeting, plan_meeting
from .publish import (
    approve_minutes,
    issue_document,
    reopen_for_correction,
    save_letterhead,
)
from .remind import give_reminder

__all__ = [
    "AttendanceChanged",
    "MinutesChanged",
    "StaleMeeting",
    "add_follow_up",
    "answer_invitation",
    "approve_minutes",
    "attach",
    "cancel_meeting",
    "carry_follow_ups",
    "check_in",
    "close_feed",
    "comment_follow_up",
    "decide",
    "edit_decision",
    "edit_follow_up",
    "edit_meeting",
    "give_reminder",
    "invite",
    "invite_standing_members",
    "issue_document",
    "move_agenda_item",
    "plan_meeting",
    "record_attendance",
    "remove_agenda_item",
    "remove_attachment",
    "remove_invitee",
    "renew_checkin_key",
    "renew_feed",
    "reopen_for_correction",
    "resend_letter",
    "save_letterhead",
    "save_minutes",
    "send_invitations",
    "set_agenda_item",
    "step_follow_up",
]
