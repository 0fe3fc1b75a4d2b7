"""Writers of polling stations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import REGENCY_LENGTH, Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.regions.models import Level, Region

from ..incoming_stations import TABLE, StationRow, copy_rows, make_table, settle
from ..models import PollingStation
from ..station_lock import hold_stations
from ..station_places import check_place

ANALYZED_FROM = 5000

# What a row of the list makes of a station that is known: what it leaves out stays.
_MERGED = """
    COALESCE(NULLIF(incoming.place, ''), station.place),
    COALESCE(incoming.latitude, station.latitude),
    COALESCE(incoming.longitude, station.longitude),
    COALESCE(incoming.special, station.special),
    true
"""
_STORED = "station.place, station.latitude, station.longitude, station.special, station.in_use"
#: Known stations that the list would change, with what they are now and what they become.
CHANGES = f"""
    SELECT station.id, {_STORED}
    FROM {TABLE} incoming
    JOIN elections_pollingstation station USING (village_id, number)
    WHERE ({_STORED}) IS DISTINCT FROM ({_MERGED})
"""  # noqa: S608  # only this module's own names are put in


class StationsStored(NamedTuple):
    """What a load did: stations that are new, and known ones that changed."""

    added: int
    changed: int


class StaleStation(ValidationError):
    """The station was changed since the form was opened; `current` is as it is now."""

    def __init__(self, current: PollingStation) -> None:
        self.current = current
        super().__init__(_("Data TPS ini berubah sejak formulir dibuka."), code="stale")


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
    seen: str | None = None,
) -> PollingStation:
    """Adds a polling station to a village, or changes one.

    `seen` is the fingerprint of the station that the person had before their eyes; when it has
    another by now, StaleStation is raised. A number that the village has already, a point outside
    the country or far from the village is refused beside its field.
    """
    require(by, "elections.keep_stations", village.pk)
    hold_stations()
    if station is None:
        station = PollingStation()
    else:
        require(by, "elections.keep_station", station)
        station = PollingStation.objects.select_for_update().get(pk=station.pk)
        if seen is not None and seen != station.fingerprint:
            raise StaleStation(station)
    if village.level != Level.VILLAGE:
        raise ValidationError(
            {"village": _("Pilih desa atau kelurahan, bukan wilayah di atasnya.")}
        )
    check_place(village, latitude, longitude)
    fields = {
        "number": number,
        "place": " ".join(place.split()),
        "latitude": latitude,
        "longitude": longitude,
        "special": special,
        "in_use": in_use,
    }
    station.village = village
    for name, value in fields.items():
        setattr(station, name, value)
    station.full_clean(validate_constraints=False)
    _save(station)
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


def _save(station: PollingStation) -> None:
    """Stores it; two people who give one number at the same moment are told apart here."""
    taken = ValidationError(
        {
            "number": _("TPS {number} sudah ada di {village}. Pakai nomor lain.").format(
                number=station.number, village=station.village.title
            )
        }
    )
    same = PollingStation.objects.filter(village=station.village, number=station.number)
    if same.exclude(pk=station.pk).exists():
        raise taken
    try:
        with transaction.atomic():
            station.save()
    except IntegrityError as error:
        if "station_number_once_per_village" not in str(error):
            raise
        raise taken from error


@action
def retire_station(*, by: Actor, station: PollingStation) -> PollingStation:
    """Takes a station out of use; its history stays."""
    return _set_in_use(by, station, in_use=False)


@action
def reuse_station(*, by: Actor, station: PollingStation) -> PollingStation:
    """Takes a station that was given up into use again."""
    return _set_in_use(by, station, in_use=True)


def _set_in_use(by: Actor, station: PollingStation, *, in_use: bool) -> PollingStation:
    require(by, "elections.keep_station", station)
    hold_stations()
    stored: PollingStation = (
        PollingStation.objects.select_for_update(of=("self",))
        .select_related("village")
        .get(pk=station.pk)
    )
    if stored.in_use == in_use:
        return stored
    stored.in_use = in_use
    stored.save(update_fields=["in_use"])
    if in_use:
        record(
            by=by,
            act="elections.reuse_station",
            target=stored,
            region=stored.village_id,
            name=str(stored),
        )
    else:
        record(
            by=by,
            act="elections.retire_station",
            target=stored,
            region=stored.village_id,
            name=str(stored),
        )
    announce("stations", region=stored.village_id)
    return stored


@action
def store_stations(*, by: Actor, rows: Iterable[StationRow], source: str) -> StationsStored:
    """Adds the stations of a checked list and brings known ones up to date, by COPY.

    The caller has checked each row: its village exists, no station stands twice. Stations that
    the list does not name stay as they are.
    """
    require(by, "elections.keep_stations")
    hold_stations(alone=True)
    make_table()
    copy_rows(row.columns() for row in rows)
    settle()
    return merge_incoming(by=by, source=source)


@action
def merge_incoming(*, by: Actor, source: str) -> StationsStored:
    """As `store_stations`, for rows that the caller has sent into `incoming_stations.TABLE`,
    holding the stations alone. Asks, records and announces for each regency by itself."""
    require(by, "elections.keep_stations")
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT left(village_id, %s) AS regency, count(*) FROM {TABLE}"  # noqa: S608
            " GROUP BY 1 ORDER BY 1",
            [REGENCY_LENGTH],
        )
        named: dict[str, int] = dict(cursor.fetchall())
    for code in named:
        require(by, "elections.keep_stations", code)
    changed = _merge(
        f"""
        UPDATE elections_pollingstation AS station
        SET (place, latitude, longitude, special, in_use) = ({_MERGED})
        FROM {TABLE} incoming
        WHERE incoming.village_id = station.village_id AND incoming.number = station.number
            AND ({_STORED}) IS DISTINCT FROM ({_MERGED})
        RETURNING station.village_id
        """  # noqa: S608  # only this module's own names are put in
    )
    added = _merge(
        f"""
        INSERT INTO elections_pollingstation
            (village_id, number, place, latitude, longitude, special, in_use)
        SELECT village_id, number, place, latitude, longitude, COALESCE(special, false), true
        FROM {TABLE} incoming
        WHERE NOT EXISTS (
            SELECT FROM elections_pollingstation station
            WHERE station.village_id = incoming.village_id AND station.number = incoming.number
        )
        ORDER BY village_id, number
        RETURNING village_id
        """  # noqa: S608  # only this module's own names are put in
    )
    regencies = Region.objects.in_bulk(set(added) | set(changed))
    for code, regency in sorted(regencies.items()):
        record(
            by=by,
            act="elections.store_stations",
            target=regency,
            region=code,
            name=regency.title,
            count=named[code],
            added=added.get(code, 0),
            changed=changed.get(code, 0),
            source=source,
        )
        announce("stations", region=code)
    if sum(named.values()) >= ANALYZED_FROM:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE elections_pollingstation")
    return StationsStored(sum(added.values()), sum(changed.values()))


def _merge(statement: str) -> dict[str, int]:
    """Runs a statement that returns village codes; counts them by regency."""
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH stored AS ({statement})"  # noqa: S608  # this module's own statement
            " SELECT left(village_id, %s), count(*) FROM stored GROUP BY 1",
            [REGENCY_LENGTH],
        )
        return dict(cursor.fetchall())
