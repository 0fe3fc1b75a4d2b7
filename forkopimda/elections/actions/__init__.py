"""The only writers of elections and polling stations."""

from ..incoming_stations import StationRow
from .elections import save_election
from .stations import (
    StaleStation,
    StationsStored,
    merge_incoming,
    retire_station,
    reuse_station,
    save_station,
    store_stations,
)

__all__ = [
    "StaleStation",
    "StationRow",
    "StationsStored",
    "merge_incoming",
    "retire_station",
    "reuse_station",
    "save_election",
    "save_station",
    "store_stations",
]
