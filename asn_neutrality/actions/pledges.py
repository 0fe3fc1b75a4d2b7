"""The only writer of pledges, and of reminders to units that are behind."""

from __future__ import annotations

from datetime import datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any, NamedTuple
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.files import JPEG, PDF, PNG, WEBP, check_upload, store_file, storing_files
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.lib.photos import redraw
from forkopimda.lib.queue import nudge

from ..models import CivilUnit, Pledge, PledgeReminder
from ..unit_checks import check_pledge, is_latest
from .units import hold_unit, note_change
from .writing import name_of, today_in

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    from django.core.files.uploadedfile import UploadedFile

EVIDENCE_KINDS = (PDF, JPEG, PNG, WEBP)
#: Units that are reminded in one go.
REMINDED_MOST = 500


@storing_files
@action
def note_pledge(
    *,
    by: Actor,
    unit: CivilUnit,
    counted_on: date,
    signed: int,
    staff: int,
    evidence: UploadedFile[Any] | None = None,
) -> Pledge:
    """Notes how many of a unit had signed on a day. The latest day is the unit's standing, and
    its number of staff becomes the unit's.

    The same count once more, by the back button, leaves what is there. ValidationError names the
    field: a day to come, nobody to sign, more signed than there are, a file that is not taken.
    """
    row = hold_unit(unit)
    require(by, "asn_neutrality.keep_pledges", row.region)
    if not row.is_active:
        raise ValidationError(_("Unit ini ditandai tidak ada lagi."))
    pledge = Pledge(unit=row, counted_on=counted_on, signed=signed, staff=staff)
    check_pledge(pledge, today_in(row.region))
    content = _checked(pledge, evidence) if evidence is not None else None
    if there := _same(pledge):
        return there
    if content is not None:
        store_file(pledge.evidence, f"{row.pk}", content)
    pledge.by_name = name_of(by)
    pledge.full_clean(exclude=["unit"])
    pledge.save(force_insert=True)
    if is_latest(pledge, row):
        before = {"staff": row.staff}
        set_standing(row, pledge)
        row.clean_fields(exclude=["region"])
        row.save()
        note_change(by, row, before)
    note_counted(by, pledge)
    announce("pledges", region=row.region_id)
    return pledge


def set_standing(row: CivilUnit, pledge: Pledge) -> None:
    """Makes the count the standing of its unit; the caller stores it."""
    row.signed, row.counted_on, row.staff = pledge.signed, pledge.counted_on, pledge.staff


def note_counted(by: Actor, pledge: Pledge, **words: Any) -> None:
    """Leaves the record of a count."""
    record(
        by=by,
        act="asn_neutrality.note_pledge",
        target=pledge.unit,
        region=pledge.unit.region_id,
        name=pledge.unit.name,
        signed=pledge.signed,
        staff=pledge.staff,
        day=pledge.counted_on.isoformat(),
        **words,
    )


def _same(pledge: Pledge) -> Pledge | None:
    """The count that says the same already."""
    return Pledge.objects.filter(
        unit=pledge.unit,
        counted_on=pledge.counted_on,
        signed=pledge.signed,
        staff=pledge.staff,
        evidence_name=pledge.evidence_name,
    ).first()


def _checked(pledge: Pledge, upload: UploadedFile[Any]) -> File[Any]:
    """The evidence as it is stored: a PDF as it came, a photo drawn anew without what the camera
    wrote beside it."""
    try:
        checked = check_upload(upload, kinds=EVIDENCE_KINDS)
        if checked.content_type == PDF.content_type:
            pledge.evidence_name, pledge.evidence_type = checked.name, checked.content_type
            return upload
        drawn = redraw(upload)
    except ValidationError as error:
        raise ValidationError({"evidence": error}) from error
    pledge.evidence_name = f"{checked.name.rpartition('.')[0]}.jpg"
    pledge.evidence_type = JPEG.content_type
    return File(BytesIO(drawn.content))


class Reminded(NamedTuple):
    """How many units are mailed, and how many of those asked for need none any more: they were
    reminded today, have no address, or everybody signed meanwhile."""

    mailed: int
    left_out: int


@action
def remind_units(*, by: Actor, units: Iterable[CivilUnit]) -> Reminded:
    """Puts a mail on its way to each unit that is behind, has an address and was not reminded
    today, by its region's clock. Asked for twice, nobody is mailed twice."""
    keys = [unit.pk for unit in units][:REMINDED_MOST]
    held = CivilUnit.objects.select_for_update(no_key=True, of=("self",)).select_related("region")
    rows = list(held.filter(pk__in=keys).order_by("pk"))
    for region in {row.region_id: row.region for row in rows}.values():
        require(by, "asn_neutrality.keep_pledges", region)
    done = reminded_today(rows)
    due = [row for row in rows if row.is_behind and row.email and row.pk not in done]
    reminders = [
        PledgeReminder(
            unit=row,
            address=row.email,
            signed=row.signed or 0,
            staff=row.staff if row.signed is not None else 0,
            by_name=name_of(by),
        )
        for row in due
    ]
    PledgeReminder.objects.bulk_create(reminders)
    for row in due:
        record(
            by=by,
            act="asn_neutrality.remind_unit",
            target=row,
            region=row.region_id,
            name=row.name,
        )
    if due:
        nudge("asn_neutrality.send_pledge_reminders")
    return Reminded(len(due), len(keys) - len(due))


def reminded_today(units: Iterable[CivilUnit]) -> set[int]:
    """Keys of those that were reminded on the present day of their region. One query."""
    starts = {row.pk: midnight(row.region.time_zone) for row in units}
    if not starts:
        return set()
    sent = PledgeReminder.objects.filter(unit__in=starts, asked_at__gte=min(starts.values()))
    return {key for key, at in sent.values_list("unit_id", "asked_at") if at >= starts[key]}


def midnight(zone: str) -> datetime:
    """When the present day began in the zone."""
    place = ZoneInfo(zone)
    return datetime.combine(timezone.localtime(timezone=place).date(), time(), tzinfo=place)
