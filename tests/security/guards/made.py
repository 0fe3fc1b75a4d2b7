"""Villages, stations with their classes, units: what tests of guards stand on."""

from datetime import datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.regions.models import Region
from security import actions
from security.models import StationRating

WIB = ZoneInfo("Asia/Jakarta")
VILLAGE = "12.19.08.2001"


def at(day, hour, month=11, year=2031):
    """An hour of the clocks in Batu Bara, years ahead."""
    return datetime(year, month, day, hour, tzinfo=WIB)


MORNING, EVENING, NEXT = at(27, 6), at(27, 18), at(28, 6)


def make_stations(classes, village=VILLAGE, name="Tanjung Kasau"):
    """Stations 1, 2, … of a village with these classes ("" for none), in order."""
    kecamatan = village[:8]
    with writing():
        place, _made = Region.objects.get_or_create(
            code=village, defaults={"name": name, "level": "village", "parent_id": kecamatan}
        )
        stations = PollingStation.objects.bulk_create(
            PollingStation(village=place, number=number, place=f"Balai {number}")
            for number in range(1, len(classes) + 1)
        )
        StationRating.objects.bulk_create(
            StationRating(
                station=station,
                risk_class=name,
                note="uji",
                author_name="uji",
                valid_from=timezone.now(),
            )
            for station, name in zip(stations, classes, strict=True)
            if name
        )
    return stations


def make_unit(region="12.19", strength=20, kind="polsek", name="Polsek Uji", **fields):
    return actions.save_unit(
        by=SYSTEM,
        region=Region.objects.get(pk=region),
        kind=kind,
        name=name,
        strength=strength,
        **fields,
    )


def post(unit, people, starts_at=MORNING, ends_at=NEXT, region="12.19.08", stations=(), **fields):
    return actions.post_guards(
        by=fields.pop("by", SYSTEM),
        unit=unit,
        region=Region.objects.get(pk=region),
        people=people,
        starts_at=starts_at,
        ends_at=ends_at,
        stations=stations,
        **fields,
    )


def guard_keys():
    """A unit and a posting of Batu Bara, for the table of rights."""
    unit = make_unit(name="Polsek untuk tabel hak")
    return {"{unit}": unit.pk, "{posting}": post(unit, 2).pk}
