"""What a list of stations would do: checked, sent to the database, compared with what is stored.

Runs in the caller's transaction, which commits what the action makes of it or, in a dry run,
nothing at all.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from typing import Any, BinaryIO, NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from forkopimda.elections.actions.stations import CHANGES
from forkopimda.elections.incoming_stations import TABLE, copy_rows, make_table, settle
from forkopimda.lib.authority import Actor
from forkopimda.lib.tables import UNPACKED_MOST, Faults, read_table
from forkopimda.regions.loading import Progress, silent

from .models import StationClass
from .station_rows import CLASS_COLUMNS, CLASS_TYPES, COLUMNS, IGNORED, NUMBER, StationTable

SHOWN = 50
RECLASSED = "reclassed_station"

# Only rows whose class or, where the list gives any, whose reasons differ from those in force.
_RECLASSED = f"""
    CREATE TEMPORARY TABLE {RECLASSED} ON COMMIT DROP AS
    SELECT incoming.village_id, incoming.number, incoming.risk_class, incoming.reasons,
        incoming.note, rating.id AS before_id, rating.risk_class AS before,
        rating.valid_from AS began
    FROM {TABLE} incoming
    LEFT JOIN elections_pollingstation station USING (village_id, number)
    LEFT JOIN security_stationrating rating
        ON rating.station_id = station.id AND rating.valid_until IS NULL
    WHERE incoming.risk_class <> '' AND (
        rating.id IS NULL OR rating.risk_class <> incoming.risk_class
        OR ((incoming.reasons <> '{{}}' OR incoming.note <> '')
            AND (rating.reasons, rating.note) IS DISTINCT FROM (incoming.reasons, incoming.note))
    )
"""  # noqa: S608  # only this module's own names are put in


class ClassChange(NamedTuple):
    """A station whose class the list changes."""

    village: str
    village_name: str
    number: int
    before: str
    after: str

    @property
    def before_class(self) -> str:
        """The class in force, in words."""
        return str(StationClass(self.before).label)


@dataclass(frozen=True)
class Plan:
    """What storing a list without faults would do. `digest` tells one plan from another: it
    covers all that the plan would overwrite, and is empty where none was asked for."""

    rows: int
    added: int
    changed: int
    classed: int
    reclassed: int
    unchanged: int
    changes: tuple[ClassChange, ...] = ()
    digest: str = ""

    @property
    def does_nothing(self) -> bool:
        """Whether all of it is stored already."""
        return self.unchanged == self.rows


def make_plan(
    by: Actor,
    stream: BinaryIO,
    faults: Faults,
    *,
    rows_most: int | None = None,
    digest: bool = True,
    progress: Progress = silent,
) -> Plan | None:
    """Reads and checks a list and sends it to the database; None, with all faults noted, where
    something is wrong with it. `rows_most` is set for files that strangers hand in."""
    table = StationTable(by, faults, rows_most)
    unpacked = UNPACKED_MOST if rows_most is not None else None
    rows = read_table(stream, COLUMNS, faults, ignored=IGNORED, unpacked_most=unpacked)
    make_table(CLASS_TYPES)
    for batch in table.batches(rows):
        copy_rows(batch, CLASS_COLUMNS)
        progress(_("Baris diperiksa"), table.rows)
    settle()
    _find_repeated(faults)
    if faults:
        return None
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {RECLASSED}")
        cursor.execute(_RECLASSED)
        cursor.execute(f"ANALYZE {RECLASSED}")
        counts = _counts(cursor)
        changes = _class_changes(cursor)
        seal = _digest(cursor, counts) if digest else ""
    progress(_("Baris dibandingkan dengan yang tersimpan"), table.rows)
    return Plan(table.rows, *counts, changes=tuple(changes), digest=seal)


def _find_repeated(faults: Faults) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT village_id, number, array_agg(line ORDER BY line) FROM {TABLE}"  # noqa: S608
            " GROUP BY village_id, number HAVING count(*) > 1 ORDER BY min(line)"
        )
        for village, number, lines in cursor:
            for line in lines[1:]:
                faults.add(
                    line,
                    NUMBER.label,
                    _(
                        "TPS {number} di {village} sudah ada di baris {line}; hapus salah satunya"
                    ).format(number=number, village=village, line=lines[0]),
                )


def _counts(cursor: Any) -> tuple[int, int, int, int, int]:
    """New stations, changed ones, first classes, changed classes, rows that change nothing."""
    cursor.execute(
        f"""
        SELECT count(*) FILTER (WHERE station.id IS NULL),
            count(*) FILTER (WHERE changed.id IS NOT NULL),
            count(*) FILTER (WHERE classed.village_id IS NOT NULL AND classed.before_id IS NULL),
            count(*) FILTER (WHERE classed.before_id IS NOT NULL),
            count(*) FILTER (WHERE station.id IS NOT NULL AND changed.id IS NULL
                AND classed.village_id IS NULL)
        FROM {TABLE} incoming
        LEFT JOIN elections_pollingstation station USING (village_id, number)
        LEFT JOIN ({CHANGES}) changed ON changed.id = station.id
        LEFT JOIN {RECLASSED} classed USING (village_id, number)
        """  # noqa: S608  # only this module's own names are put in
    )
    counts: tuple[int, int, int, int, int] = cursor.fetchone()
    return counts


def _class_changes(cursor: Any) -> Iterator[ClassChange]:
    cursor.execute(
        f"""
        SELECT classed.village_id, region.name, number, before, risk_class
        FROM {RECLASSED} classed JOIN regions_region region ON region.code = classed.village_id
        WHERE before_id IS NOT NULL ORDER BY village_id, number LIMIT {SHOWN}
        """  # noqa: S608  # only this module's own names are put in
    )
    return (ClassChange(*row) for row in cursor.fetchall())


def _digest(cursor: Any, counts: tuple[int, ...]) -> str:
    cursor.execute(
        f"""
        SELECT md5(COALESCE(string_agg(stored, '|' ORDER BY stored), '')) FROM (
            SELECT changed::text AS stored FROM ({CHANGES}) changed
            UNION ALL
            SELECT concat_ws(' ', village_id, number, before_id) FROM {RECLASSED}
        ) overwritten
        """  # noqa: S608  # only this module's own names are put in
    )
    (overwritten,) = cursor.fetchone()
    return sha256(f"{counts} {overwritten}".encode()).hexdigest()[:32]
