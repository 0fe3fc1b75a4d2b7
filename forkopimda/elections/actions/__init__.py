"""The only writers of elections and polling stations."""

from .elections import save_election
from .stations import StationRow, StationsStored, save_station, store_stations

__all__ = ["StationRow", "StationsStored", "save_election", "save_station", "store_stations"]
