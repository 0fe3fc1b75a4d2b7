"""The table into which a list of stations is sent before it is merged, for one transaction."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from django.db import connection

TABLE = "incoming_station"
_OWN = (
    "line integer",
    'village_id varchar(13) COLLATE "C"',
    "number smallint",
    "place varchar(200)",
    "latitude double precision",
    "longitude double precision",
    "special boolean",
)


class StationRow(NamedTuple):
    """One station as a list has it: `village` is a code, `line` its row in the file.

    An empty place, a missing point and a `special` of None leave what is known as it is.
    """

    village: str
    number: int
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    special: bool | None = None
    line: int = 0

    def columns(self) -> tuple[Any, ...]:
        """Its values in the order of the table's own columns."""
        return (
            self.line,
            self.village,
            self.number,
            self.place,
            self.latitude,
            self.longitude,
            self.special,
        )


def make_table(more: Sequence[str] = ()) -> None:
    """An empty table, with `more` columns of the caller's own; it is gone with the transaction."""
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TABLE IF EXISTS {TABLE}")
        cursor.execute(
            f"CREATE TEMPORARY TABLE {TABLE} ({', '.join([*_OWN, *more])}) ON COMMIT DROP"
        )


def copy_rows(rows: Iterable[Sequence[Any]], more: Sequence[str] = ()) -> None:
    """Sends rows: the values of `StationRow.columns()`, then those of `more`, the names of the
    caller's columns."""
    names = ", ".join([*(column.split()[0] for column in _OWN), *more])
    with connection.cursor() as cursor, cursor.copy(f"COPY {TABLE} ({names}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row(row)


def settle() -> None:
    """Lets PostgreSQL know what it was sent, so that it merges by a sensible plan."""
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE INDEX ON {TABLE} (village_id, number)")
        cursor.execute(f"ANALYZE {TABLE}")
