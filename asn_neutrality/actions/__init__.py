"""The only writers of cases, what is sealed in them, keys, the catalogue and pledges."""

from .assignment import assign_lead, end_conflicts, set_violation
from .catalogue import (
    add_holiday,
    add_line,
    change_line,
    confirm_line,
    end_line,
    remove_holiday,
    ship_catalogue,
)
from .conversation import mark_read, reply, write_as_reporter
from .entries import write
from .erasure import discard_file, erase_case
from .flow import move
from .intake import receive_report
from .keys import change_passphrase, make_key, set_home_unit
from .members import add_member, recuse, remove_member, rotate_key, seal_old_case, share_again
from .merging import merge
from .opening import note_export, note_opening
from .pledge_list import import_pledges
from .pledges import note_pledge, remind_units
from .recovery import make_recovery, prove_recovery, recover, share_recovery
from .terms import remind_term
from .units import save_unit

__all__ = [
    "add_holiday",
    "add_line",
    "add_member",
    "assign_lead",
    "change_line",
    "change_passphrase",
    "confirm_line",
    "discard_file",
    "end_conflicts",
    "end_line",
    "erase_case",
    "import_pledges",
    "make_key",
    "make_recovery",
    "mark_read",
    "merge",
    "move",
    "note_export",
    "note_opening",
    "note_pledge",
    "prove_recovery",
    "receive_report",
    "recover",
    "recuse",
    "remind_term",
    "remind_units",
    "remove_holiday",
    "remove_member",
    "reply",
    "rotate_key",
    "save_unit",
    "seal_old_case",
    "set_home_unit",
    "set_violation",
    "share_again",
    "share_recovery",
    "ship_catalogue",
    "write",
    "write_as_reporter",
]
