"""The only writers of postings."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, cast

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.templatetags.words import plain_moment
from forkopimda.people.models import User
from forkopimda.regions.models import Region

from ..free import Free, free
from ..models import Posting, PostingStation, Unit

if TYPE_CHECKING:
    from collections.abc import Sequence

LONGEST = timedelta(days=120)
STRENGTH, TWICE = "unit_posts_no_more_than_it_has", "unit_not_posted_twice_to_a_station"
NAMED = 5


class NotEnoughPeople(ValidationError):
    """The unit has fewer people free than are asked for; `free` says how many, and which postings
    hold the rest."""

    def __init__(self, left: Free) -> None:
        self.free = left
        message = _(
            "Hanya %(free)d dari %(strength)d orang satuan ini yang bebas selama waktu itu."
        ) % {"free": left.people, "strength": left.strength}
        super().__init__({"people": [message]})


class StationTaken(ValidationError):
    """The unit guards some of the stations already in that period; `rows` are where."""

    def __init__(self, rows: Sequence[PostingStation]) -> None:
        self.rows = list(rows)
        message = _("%(station)s sudah dijaga satuan ini, %(start)s sampai %(end)s.")
        super().__init__(
            {
                "stations": [
                    message
                    % {
                        "station": row.station,
                        "start": plain_moment(row.starts_at),
                        "end": plain_moment(row.ends_at),
                    }
                    for row in self.rows[:NAMED]
                ]
            }
        )


class PostingOver(ValidationError):
    """The posting was withdrawn meanwhile, or has ended."""


@action
def post_guards(
    *,
    by: Actor,
    unit: Unit,
    region: Region,
    people: int,
    starts_at: datetime,
    ends_at: datetime,
    stations: Sequence[PollingStation] = (),
    note: str = "",
) -> Posting:
    """Posts people of a unit to a kecamatan, or to stations of it, for a period.

    Raises NotEnoughPeople and StationTaken where other postings stand against it.
    """
    require(by, "security.keep_guards", region.pk)
    draft = _draft(by, unit, region, starts_at, ends_at, note)
    [posting] = _store(by, draft, [(people, stations)])
    record(
        by=by,
        act="security.post_guards",
        target=posting,
        region=region.pk,
        unit=unit.name,
        people=people,
        place=region.title,
        start=starts_at.isoformat(),
        end=ends_at.isoformat(),
        stations=[station.pk for station in stations],
    )
    announce("guards", region=region.pk)
    return posting


@action
def share_guards(
    *,
    by: Actor,
    unit: Unit,
    region: Region,
    starts_at: datetime,
    ends_at: datetime,
    groups: Sequence[tuple[int, Sequence[PollingStation]]],
    note: str = "",
) -> list[Posting]:
    """Posts a unit in groups, each given as people and stations: all of them or none.

    Raises what `post_guards` raises.
    """
    require(by, "security.keep_guards", region.pk)
    if not groups:
        raise ValidationError(_("Tidak ada TPS untuk dibagi."))
    draft = _draft(by, unit, region, starts_at, ends_at, note)
    postings = _store(by, draft, groups)
    people = sum(count for count, _stations in groups)
    record(
        by=by,
        act="security.share_guards",
        target=unit,
        region=region.pk,
        unit=unit.name,
        people=people,
        count=len(postings),
        place=region.title,
        start=starts_at.isoformat(),
        end=ends_at.isoformat(),
        postings=[posting.pk for posting in postings],
    )
    announce("guards", region=region.pk)
    return postings


@action
def withdraw_posting(*, by: Actor, posting: Posting) -> Posting:
    """Ends a posting before its time, or calls it off. Its people are free at once.

    Raises PostingOver where it has ended or was withdrawn already.
    """
    postings = Posting.objects.select_for_update(no_key=True, of=("self",))
    row = cast(Posting, postings.select_related("region", "unit").get(pk=posting.pk))
    require(by, "security.keep_guards", row.region_id)
    if row.state == "withdrawn":
        raise PostingOver(_("Penempatan ini sudah ditarik."))
    if not row.may_be_withdrawn:
        raise PostingOver(_("Penempatan ini sudah selesai."))
    row.withdrawn_at = timezone.now()
    row.save(update_fields=["withdrawn_at"])
    record(
        by=by,
        act="security.withdraw_posting",
        target=row,
        region=row.region_id,
        unit=row.unit.name,
        people=row.people,
        place=row.region.title,
    )
    announce("guards", region=row.region_id)
    return row


def _draft(
    by: Actor, unit: Unit, region: Region, starts_at: datetime, ends_at: datetime, note: str
) -> Posting:
    """The posting without its people, checked but for what other postings hold. One posting of a
    unit at a time: whoever comes second sees what the first has stored."""
    held = Unit.objects.select_for_update(no_key=True, of=("self",)).get(pk=unit.pk)
    if not held.in_use:
        raise ValidationError({"unit": _("Satuan ini tidak aktif lagi.")})
    if not Unit.objects.serving(region.pk).filter(pk=unit.pk).exists():
        raise ValidationError(
            {"unit": _("Satuan ini bukan dari kabupaten/kota itu dan bukan dari atasnya.")}
        )
    if ends_at - starts_at > LONGEST:
        words = _("Satu penempatan paling lama %(days)d hari.")
        raise ValidationError({"ends_at": words % {"days": LONGEST.days}})
    return Posting(
        unit=held,
        region=region,
        people=1,
        starts_at=starts_at,
        ends_at=ends_at,
        note=note.strip(),
        made_by_name=str(by) if isinstance(by, User) else by.get_username(),
    )


def _store(
    by: Actor, draft: Posting, parts: Sequence[tuple[int, Sequence[PollingStation]]]
) -> list[Posting]:
    draft.full_clean()
    postings = []
    for people, stations in parts:
        _check_stations(draft.region, stations)
        posting = _copy(draft, people, len(stations))
        posting.clean_fields()
        postings.append(posting)
    try:
        with transaction.atomic():
            Posting.objects.bulk_create(postings)
            PostingStation.objects.bulk_create(
                PostingStation(
                    posting=posting,
                    station=station,
                    unit=posting.unit,
                    starts_at=posting.starts_at,
                    ends_at=posting.ends_at,
                )
                for posting, (_people, stations) in zip(postings, parts, strict=True)
                for station in stations
            )
    except IntegrityError as error:
        raise _refusal(by, draft, parts, error) from error
    return postings


def _copy(draft: Posting, people: int, stations: int) -> Posting:
    names = ("unit", "region", "starts_at", "ends_at", "note", "made_by_name")
    return Posting(
        people=people, stations=stations, **{name: getattr(draft, name) for name in names}
    )


def _check_stations(region: Region, stations: Sequence[PollingStation]) -> None:
    outside = [station for station in stations if station.kecamatan_code != region.pk]
    if outside:
        words = _("%(station)s tidak di %(region)s.")
        raise ValidationError(
            {
                "stations": [
                    words % {"station": station, "region": region.title}
                    for station in outside[:NAMED]
                ]
            }
        )
    closed = [station for station in stations if not station.in_use]
    if closed:
        words = _("%(station)s tidak dipakai lagi.")
        raise ValidationError(
            {"stations": [words % {"station": station} for station in closed[:NAMED]]}
        )


def _refusal(
    by: Actor,
    draft: Posting,
    parts: Sequence[tuple[int, Sequence[PollingStation]]],
    error: IntegrityError,
) -> Exception:
    """What stood against it, in words; the error itself where it is another."""
    constraint = getattr(getattr(error.__cause__, "diag", None), "constraint_name", "")
    if constraint == STRENGTH:
        return NotEnoughPeople(free(by, draft.unit, draft.starts_at, draft.ends_at))
    if constraint == TWICE:
        asked = [station for _people, stations in parts for station in stations]
        rows = PostingStation.objects.filter(
            unit=draft.unit,
            station__in=asked,
            standing=True,
            starts_at__lt=draft.ends_at,
            ends_at__gt=draft.starts_at,
        )
        return StationTaken(
            list(rows.select_related("station__village", "posting__region")[:NAMED])
        )
    return error
