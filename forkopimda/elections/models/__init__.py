"""Elections and the polling stations at which people vote."""

from .election import LEVELS, Election, Kind
from .station import NUMBER_MOST, PollingStation

__all__ = ["LEVELS", "NUMBER_MOST", "Election", "Kind", "PollingStation"]
