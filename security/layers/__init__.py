"""What this app offers the map."""

from .change import CHANGE
from .guards import GUARDS
from .incidents import INCIDENTS
from .levels import LEVELS
from .stations import STATIONS

OFFERS = [LEVELS, CHANGE, INCIDENTS, STATIONS, GUARDS]

__all__ = ["OFFERS"]
