"""Writers of polling stations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.db import connection

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.regions.models import Region

from ..models import PollingStation

_COLUMNS = "village_id, number, place, latitude, longitude, special, in_use"


class StationRow(NamedTuple):
    """One station as a list has it; `village` is a code."""

    village: str
    number: int
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    special: bool = False


class StationsStored(NamedTuple):
    """What a load did: stations that are new, and known ones that changed."""

    added: int
    changed: int


@action
def save_station(
    *,
    by: Actor,
    station: PollingStation | None = None,
    village: Region,
    number: int,
    place: str = "",
    latitude: float | None = None,
    longitude: float | None = None,
    special: bool = False,
    in_use: bool = True,
) -> PollingStation:
    """Adds a polling station to a village, or changes one."""
    require(by, "elections.keep_stations", village.pk)
    if station is None:
        station = PollingStation()
    else:
        require(by, "elections.keep_station", station)
    fields = {
        "number": number,
        "place": place.strip(),
        "latitude": latitude,
        "longitude": longitude,
        "special": special,
        "in_use": in_use,
    }
    station.village = village
    for name, value in fields.items():
        setattr(station, name, value)
    station.full_clean()
    station.save()
    record(
        by=by,
        act="elections.save_station",
        target=station,
        region=village.pk,
        name=str(station),
        **fields,
    )
    announce("stations", region=village.pk)
    return station


@action
def store_stations(
    *, by: Actor, region: Region, rows: Iterable[StationRow], source: str
) -> StationsStored:
    """Adds the stations of a checked list and brings known ones up to date, by COPY.

    The caller has checked each row: its village exists within `region`, no station stands twice.
    A place or point that the list leaves out stays as it is; stations that it does not name stay.
    """
    require(by, "elections.keep_stations", region.pk)
    count = 0
    with connection.cursor() as cursor:
        cursor.execute(
            "CREATE TEMPORARY TABLE incoming_station (LIKE elections_pollingstation) ON COMMIT DROP"
        )
        with cursor.copy(f"COPY incoming_station ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, True))
                count += 1
        # xmax is 0 in a row that this statement inserted, and set in one that it updated.
        cursor.execute(
            f"""
            WITH stored AS (
                INSERT INTO elections_pollingstation AS station ({_COLUMNS})
                SELECT {_COLUMNS} FROM incoming_station ORDER BY village_id, number
                ON CONFLICT (village_id, number) DO UPDATE SET
                    place = COALESCE(NULLIF(EXCLUDED.place, ''), station.place),
                    latitude = COALESCE(EXCLUDED.latitude, station.latitude),
                    longitude = COALESCE(EXCLUDED.longitude, station.longitude),
                    special = EXCLUDED.special,
                    in_use = true
                WHERE (station.place, station.latitude, station.longitude, station.special,
                        station.in_use)
                    IS DISTINCT FROM (
                        COALESCE(NULLIF(EXCLUDED.place, ''), station.place),
                        COALESCE(EXCLUDED.latitude, station.latitude),
                        COALESCE(EXCLUDED.longitude, station.longitude),
                        EXCLUDED.special, true
                    )
                RETURNING xmax = 0 AS added
            )
            SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM stored
            """  # noqa: S608  # only this module's own list of columns is put in
        )
        added, changed = cursor.fetchone()
        cursor.execute("DROP TABLE incoming_station")
    record(
        by=by,
        act="elections.store_stations",
        target=region,
        region=region.pk,
        name=region.title,
        count=count,
        added=added,
        changed=changed,
        source=source,
    )
    announce("stations", region=region.pk)
    return StationsStored(added, changed)
