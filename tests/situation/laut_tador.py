"""Stations and incidents in Laut Tador for the tests of the map's layers."""

import datetime

from django.utils import timezone

from forkopimda.elections.models import PollingStation
from forkopimda.lib.guard import writing
from forkopimda.regions.models import Level, Region
from security.models import Incident, StationRating
from tests.conftest import LAUT_TADOR

#: About where the kecamatan Laut Tador lies.
HERE = (3.3, 99.33)


def village(code=f"{LAUT_TADOR}.2001"):
    with writing():
        return Region.objects.get_or_create(
            code=code,
            defaults={"name": "Desa Contoh", "level": Level.VILLAGE, "parent_id": code[:8]},
        )[0]


def stations(count, region, step=0.0):
    rows = [
        PollingStation(
            village=region, number=n + 1, latitude=HERE[0] + n * step, longitude=HERE[1] + n * step
        )
        for n in range(count)
    ]
    with writing():
        return PollingStation.objects.bulk_create(rows)


def classed(found, risk_class):
    rows = [
        StationRating(
            station=station,
            risk_class=risk_class,
            note="Contoh",
            author_name="contoh",
            valid_from=timezone.now(),
        )
        for station in found
    ]
    with writing():
        StationRating.objects.bulk_create(rows)


def incidents(count, state="verified", severity="minor", region=LAUT_TADOR, place=HERE, days=1):
    at = timezone.now() - datetime.timedelta(days=days)
    first = Incident.objects.count()
    rows = [
        Incident(
            number=f"I-{first + n}",
            register=region[:5],
            year=at.year,
            serial=first + n + 1,
            region_id=region,
            category="protest",
            severity=severity,
            description="Contoh",
            occurred_at=at,
            latitude=place[0] + n * 1e-4 if place else None,
            longitude=place[1] + n * 1e-4 if place else None,
            state=state,
            reporter_name="contoh",
            verified_at=None if state == "reported" else at,
        )
        for n in range(count)
    ]
    with writing():
        Incident.objects.bulk_create(rows)
