"""Data for benchmarks: stations, ratings, incidents and postings for whatever regions are loaded.

Everything is invented by arithmetic: the same run gives the same figures. Bulk goes by COPY.
"""

import datetime
import itertools
import uuid

from django.db import connection
from django.utils import timezone

from forkopimda.regions.models import Level, Region

WORDS = "Contoh: keadaan untuk mengukur peta"
CLASSES = ["low"] * 12 + ["risk"] * 5 + ["high"] * 2 + ["special"]
LEVELS = ["low", "low", "medium", "low", "high", "medium"]
CATEGORIES = ["protest", "hoax", "money_politics", "logistics", "crime", "disaster", "clash"]
SEVERITIES = ["minor", "minor", "moderate", "minor", "severe", "moderate", "minor", "critical"]
STATES = ["verified", "handled", "reported", "closed", "verified", "rejected"]
SPREAD = 0.06  # degrees around a kecamatan's middle


def copy(table, columns, rows):
    """Sends rows to a table; counts them."""
    count = 0
    with connection.cursor() as cursor:
        with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as sending:
            for row in rows:
                sending.write_row(row)
                count += 1
        cursor.execute(f"ANALYZE {table}")
    return count


def scattered(number):
    """Two numbers between -1 and 1 that look random and are not."""
    return ((number * 7919) % 2003) / 1001.5 - 1, ((number * 104729) % 1999) / 999.5 - 1


def middles():
    """Latitude and longitude by the code of each kecamatan."""
    rows = Region.objects.filter(level=Level.KECAMATAN, latitude__isnull=False)
    return {code: (y, x) for code, y, x in rows.values_list("code", "latitude", "longitude")}


def point(places, code, number):
    place = places.get(code[:8])
    if place is None:
        return None, None
    across, up = scattered(number)
    return place[0] + up * SPREAD, place[1] + across * SPREAD


def stations(total):
    """About `total` stations over all villages, each with a class; triggers keep the counts."""
    places = middles()
    villages = list(Region.objects.filter(level=Level.VILLAGE).values_list("code", flat=True))
    each, more = divmod(total, len(villages))
    listed = [
        (village, number)
        for place, village in enumerate(villages)
        for number in range(1, each + (place < more) + 1)
    ]
    with connection.cursor() as cursor:
        # The counting triggers plan once per session, here while the counts are still empty.
        cursor.execute("SET LOCAL enable_seqscan = off")
    made = copy(
        "elections_pollingstation",
        ["village_id", "number", "place", "latitude", "longitude", "special", "in_use"],
        (
            (village, number, "Contoh", *point(places, village, n), False, True)
            for n, (village, number) in enumerate(listed)
        ),
    )
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT id FROM elections_pollingstation ORDER BY id")
        keys = [key for (key,) in cursor.fetchall()]
    copy(
        "security_stationrating",
        ["station_id", "risk_class", "reasons", "note", "author_name", "valid_from"],
        ((key, CLASSES[key % len(CLASSES)], [], WORDS, "contoh", now) for key in keys if key % 50),
    )
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = on")
        cursor.execute("ANALYZE security_stationcount")
    return made


def ratings(periods=3):
    """A history of `periods` ratings for every region down to the kecamatan."""
    codes = list(Region.objects.exclude(level=Level.VILLAGE).values_list("code", flat=True))
    now = timezone.now()
    starts = [now - datetime.timedelta(days=30 * (periods - n)) for n in range(periods)]

    def rows():
        for place, code in enumerate(codes):
            for n, start in enumerate(starts):
                end = starts[n + 1] if n + 1 < periods else None
                level = LEVELS[(place + n * 2) % len(LEVELS)]
                blank = ("", "", "")
                yield (code, "LOCAL_FORKOPIMDA", level, WORDS, *blank, "contoh", start, end, now)

    return copy(
        "security_riskrating",
        [
            *("region_id", "scheme", "level", "reason", "evidence", "suggested_level"),
            *("departure", "author_name", "valid_from", "valid_until", "recorded_at"),
        ],
        rows(),
    )


def incidents(total, days=120):
    """`total` incidents over the last `days`; one in ten has no point."""
    places = middles()
    now = timezone.now()
    codes = sorted(places)
    serials = {}

    def rows():
        for n in range(total):
            code = codes[(n * 31) % len(codes)]
            register = code[:5]
            serial = serials[register] = serials.get(register, 0) + 1
            at = now - datetime.timedelta(days=days) * ((n * 37 % total) / total)
            state = STATES[n % len(STATES)]
            yield (
                uuid.UUID(int=n + 1),
                *(f"{register}/{at.year}/{serial}", register, at.year, serial, code),
                *(CATEGORIES[n % 7], SEVERITIES[n % 8], WORDS, at),
                *((None, None) if n % 10 == 0 else point(places, code, n)),
                *("", state, "", "contoh", at, None if state == "reported" else at),
            )

    return copy(
        "security_incident",
        [
            *("key", "number", "register", "year", "serial", "region_id"),
            *("category", "severity", "description", "occurred_at", "latitude", "longitude"),
            *("place", "state", "referred_to", "reporter_name", "reported_at", "verified_at"),
        ],
        rows(),
    )


def postings():
    """A unit per regency, with people in force in each of its kecamatan."""
    codes = sorted(Region.objects.filter(level=Level.KECAMATAN).values_list("code", flat=True))
    regencies = [code for code, _inside in itertools.groupby(codes, lambda code: code[:5])]
    copy(
        "security_unit",
        ["region_id", "kind", "name", "strength", "phone", "in_use"],
        ((code, "polres", f"Contoh {code}", 5000, "", True) for code in regencies),
    )
    now = timezone.now()
    with connection.cursor() as cursor:
        cursor.execute("SELECT region_id, id FROM security_unit")
        units = dict(cursor.fetchall())
    start, end = now - datetime.timedelta(days=1), now + datetime.timedelta(days=30)
    return copy(
        "security_posting",
        [
            "unit_id",
            "region_id",
            "people",
            "stations",
            "starts_at",
            "ends_at",
            "note",
            "made_by_name",
            "made_at",
        ],
        (
            (units[code[:5]], code, 5 + n % 40, 0, start, end, "", "contoh", now)
            for n, code in enumerate(codes)
        ),
    )
