"""Which of Indonesia's three time zones a region lies in, by its province's code."""

from __future__ import annotations

from .models import TimeZone

#: Presidential decree 41/1987, continued for the provinces founded since.
PROVINCES = {
    TimeZone.WIB: "11 12 13 14 15 16 17 18 19 21 31 32 33 34 35 36 61 62",
    TimeZone.WITA: "51 52 53 63 64 65 71 72 73 74 75 76",
    TimeZone.WIT: "81 82 91 92 93 94 95 96",
}
_ZONES = {code: zone for zone, codes in PROVINCES.items() for code in codes.split()}


def time_zone_of(code: str) -> TimeZone | None:
    """The zone of the region `code`; None where no such province is known."""
    return _ZONES.get(code[:2])
