"""Writers of the classes of polling stations, one by one and by a list."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import BinaryIO, cast

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.elections.actions import merge_incoming
from forkopimda.elections.models import PollingStation
from forkopimda.elections.station_lock import hold_stations
from forkopimda.lib.authority import REGENCY_LENGTH, Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.tables import Faults
from forkopimda.people.models import User
from forkopimda.regions.loading import Progress, silent
from forkopimda.regions.models import Region

from ..models import StationClass, StationRating, StationUpload
from ..station_import import RECLASSED, Plan, make_plan

#: What a page takes: about 5 MB of CSV. Larger lists come by the command.
ROWS_MOST = 30_000
NAME_LENGTH = 150
ANALYZED_FROM = 5000
_TICK = timedelta(microseconds=1)


class StaleClass(ValidationError):
    """Another class came in since the form was opened; `current` is the one in force."""

    def __init__(self, current: StationRating) -> None:
        self.current = current
        super().__init__(_("Kelas TPS ini berubah sejak formulir dibuka."), code="stale")


class FaultyList(ValidationError):
    """Something is wrong with the list; `faults` names it all, and nothing is stored."""

    def __init__(self, faults: Faults) -> None:
        self.faults = faults
        super().__init__([str(fault) for fault in faults.first], code="faulty")


class StalePlan(ValidationError):
    """What the list would do is no longer what its owner was shown; `plan` is what it would."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan
        super().__init__(_("Data TPS berubah sejak ringkasan ini ditampilkan."), code="stale")


@action
def class_station(
    *,
    by: Actor,
    station: PollingStation,
    risk_class: str,
    reasons: Iterable[str] = (),
    note: str = "",
    seen: int | None = None,
) -> StationRating:
    """Gives a station a class from now on; the one in force ends and stays in the history.

    `seen` is the key of the class that the officer had before their eyes (0: none); when another
    is in force by now, StaleClass is raised. A class above the lightest needs a reason or a note.
    """
    require(by, "security.class_station", station)
    hold_stations()
    # One class of a station at a time: whoever comes second sees what the first has stored.
    station = PollingStation.objects.select_for_update(of=("self",), no_key=True).get(pk=station.pk)
    if not station.in_use:
        raise ValidationError(_("TPS ini tidak dipakai lagi. Pakai lagi dulu, lalu beri kelas."))
    current = StationRating.objects.current().filter(station=station).first()
    if seen is not None and current is not None and current.pk != seen:
        raise StaleClass(current)
    reasons, note = sorted(set(reasons)), " ".join(note.split())
    if risk_class != StationClass.LOW and not reasons and not note:
        raise ValidationError(
            {"reasons": _("Kelas di atas kurang rawan perlu alasan atau catatan.")}
        )
    start = timezone.now()
    if current is not None:
        # Two servers' clocks may differ a little; the order of classes must not.
        start = max(start, current.valid_from + _TICK)
        current.valid_until = start
        current.save(update_fields=["valid_until"])
    rating = StationRating(
        station=station,
        risk_class=risk_class,
        reasons=reasons,
        note=note,
        author=by if isinstance(by, User) else None,
        author_name=_name(by),
        valid_from=start,
    )
    rating.full_clean(validate_constraints=False)
    rating.save()
    record(
        by=by,
        act="security.class_station",
        target=rating,
        region=station.village_id,
        name=str(station),
        risk_class=rating.risk_class,
        before=current.risk_class if current else None,
        reasons=rating.reasons,
    )
    announce("stations", region=station.village_id)
    return rating


@action
def keep_upload(*, by: Actor, name: str, content: bytes) -> StationUpload:
    """Keeps an uploaded list for its owner to look through; lists that nobody confirmed go."""
    require(by, "elections.keep_stations")
    StationUpload.objects.expired().delete()
    return StationUpload.objects.create(
        owner=cast(User, by), name=name[:NAME_LENGTH], content=content
    )


@action
def drop_upload(*, by: Actor, upload: StationUpload) -> None:
    """Forgets an uploaded list, stored or not."""
    require(by, "elections.keep_stations")
    upload.delete()


@action
def import_stations(
    *,
    by: Actor,
    stream: BinaryIO,
    source: str,
    rows_most: int | None = None,
    seen: str | None = None,
    upload: StationUpload | None = None,
    progress: Progress = silent,
) -> Plan:
    """Stores a list of stations and their classes: all rows or none. Gives what it did.

    Only a class that differs from the one in force makes a new one. FaultyList names every fault.
    `seen` is the digest of the plan that its owner was shown; another one raises StalePlan. The
    `upload` that held the list goes with the same transaction.
    """
    require(by, "elections.keep_stations")
    hold_stations(alone=True)
    faults = Faults()
    plan = make_plan(
        by, stream, faults, rows_most=rows_most, digest=seen is not None, progress=progress
    )
    if plan is None:
        raise FaultyList(faults)
    if seen is not None and seen != plan.digest:
        raise StalePlan(plan)
    stored = merge_incoming(by=by, source=source)
    progress(_("TPS baru atau berubah disimpan"), stored.added + stored.changed)
    _store_classes(by, source)
    progress(_("Kelas baru disimpan"), plan.classed + plan.reclassed)
    if upload is not None:
        upload.delete()
    return plan


def _store_classes(by: Actor, source: str) -> None:
    now = timezone.now()
    with connection.cursor() as cursor:
        _succeed(cursor, by, now)
        cursor.execute(
            f"SELECT left(village_id, %s), count(*) FROM {RECLASSED} GROUP BY 1",  # noqa: S608
            [REGENCY_LENGTH],
        )
        counts: dict[str, int] = dict(cursor.fetchall())
        if sum(counts.values()) >= ANALYZED_FROM:
            cursor.execute("ANALYZE security_stationrating")
    for code, regency in sorted(Region.objects.in_bulk(counts).items()):
        record(
            by=by,
            act="security.class_stations",
            target=regency,
            region=code,
            name=regency.title,
            count=counts[code],
            source=source,
        )
        announce("stations", region=code)


def _succeed(cursor: object, by: Actor, now: datetime) -> None:
    """Ends the classes that the list changes, and adds those that it gives."""
    execute = cursor.execute  # type: ignore[attr-defined]  # a database cursor
    execute(
        f"""
        UPDATE security_stationrating AS rating
        SET valid_until = GREATEST(%s, rating.valid_from + interval '1 microsecond')
        FROM {RECLASSED} classed WHERE rating.id = classed.before_id
        """,  # noqa: S608  # only a name of ours is put in
        [now],
    )
    author = by.pk if isinstance(by, User) else None
    execute(
        f"""
        INSERT INTO security_stationrating
            (station_id, risk_class, reasons, note, author_id, author_name, valid_from)
        SELECT station.id, classed.risk_class, classed.reasons, classed.note, %s, %s,
            GREATEST(%s, classed.began + interval '1 microsecond')
        FROM {RECLASSED} classed JOIN elections_pollingstation station USING (village_id, number)
        ORDER BY village_id, number
        """,  # noqa: S608  # only a name of ours is put in
        [author, _name(by), now],
    )


def _name(by: Actor) -> str:
    return str(by) if isinstance(by, User) else by.get_username()
