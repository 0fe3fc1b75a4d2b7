"""Who writes stations while a list of them is loaded: nobody else."""

from __future__ import annotations

from django.db import connection

_KEY = 7_450_012  # any number that no other advisory lock of this product has


def hold_stations(*, alone: bool = False) -> None:
    """Until the transaction ends: single writers hold the stations together, a load `alone`.

    Without it a load that goes through thousands of rows and an officer who changes two of them
    could each wait for the other.
    """
    function = "pg_advisory_xact_lock" if alone else "pg_advisory_xact_lock_shared"
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [_KEY])
