"""The only writers of cases, what is sealed in them, keys, the catalogue and pledges."""

from .catalogue import change_line, ship_catalogue
from .flow import move
from .intake import receive_report
from .keys import change_passphrase, make_key
from .opening import note_opening

__all__ = [
    "change_line",
    "change_passphrase",
    "make_key",
    "move",
    "note_opening",
    "receive_report",
    "ship_catalogue",
]
