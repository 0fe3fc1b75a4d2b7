"""Reporting incidents: each is stored once, however often a phone sends it."""

from __future__ import annotations

import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import REGENCY_LENGTH, Actor, may, require
from forkopimda.lib.files import storing_files
from forkopimda.lib.guard import action
from forkopimda.lib.live import announce
from forkopimda.people.models import User
from forkopimda.regions.models import Level, Region

from .. import alerts
from ..models import ALERTED, Incident, IncidentState, IncidentStep
from ..warning.soon import soon
from ..whereabouts import Spot, Whereabouts, locate, strays
from .photos import store_photos

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from forkopimda.elections.models import PollingStation

#: How far a phone's clock may be ahead.
SKEW = timedelta(minutes=5)
#: What is older is asked about: mostly the phone's date is wrong.
OLD = timedelta(days=30)
KECAMATAN_LENGTH = len("12.19.08")


class KeyTaken(ValidationError):
    """The key of this report belongs to somebody else's; whose, and what it says, is not told."""

    def __init__(self) -> None:
        super().__init__(_("Kunci kirim ini sudah dipakai. Muat ulang formulir."), code="taken")


@dataclass(frozen=True)
class Reported:
    """A stored incident; `new` is False where it had been sent before."""

    incident: Incident
    new: bool


@storing_files
@action
def report_incident(
    *,
    by: Actor,
    category: str,
    severity: str,
    description: str,
    occurred_at: datetime | None = None,
    key: uuid.UUID | None = None,
    region: Region | None = None,
    spot: Spot | None = None,
    accuracy_m: int | None = None,
    station: PollingStation | None = None,
    place: str = "",
    people: int | None = None,
    photos: Sequence[UploadedFile[Any]] = (),
    photo_keys: Sequence[uuid.UUID | None] = (),
    confirm_region: bool = False,
    confirm_time: bool = False,
    reporter_name: str = "",
) -> Reported:
    """Stores what happened where, numbered in its regency's register, with its photos.

    The region is found from the point, or is the chosen one; where the two are far apart, the
    officer confirms theirs by `confirm_region`, as a time long past by `confirm_time` (error codes
    of the same names). Sent again with the same `key` by the same reporter, nothing is stored
    twice. Grave incidents alert the officials of the region in the same transaction.
    `reporter_name` is for examples, which nobody reported.
    """
    require(by, "security.report_incident")
    key = key or uuid.uuid4()
    if (known := _known(by, key)) is not None:
        return Reported(known, False)
    happened = occurred_at or timezone.now()
    _check_time(happened, confirmed=confirm_time)
    where = _region_of(by, region, spot, confirmed=confirm_region)
    _check_station(station, where)
    incident = Incident(
        key=key,
        region=where,
        station=station,
        category=category,
        severity=severity,
        description=description.strip(),
        occurred_at=happened,
        latitude=spot.latitude if spot else None,
        longitude=spot.longitude if spot else None,
        accuracy_m=accuracy_m if spot else None,
        place=place.strip(),
        people=people,
        reporter=by if isinstance(by, User) else None,
        reporter_name=reporter_name or str(by if isinstance(by, User) else by.get_username()),
    )
    incident.clean_fields(exclude=["number", "register", "year", "serial"])
    try:
        with transaction.atomic():
            _enter(incident)
    except IntegrityError:
        # The same key came in by another request while this one was read.
        known = _known(by, key)
        if known is None:
            raise
        return Reported(known, False)
    add_step(by, incident, name=incident.reporter_name)
    store_photos(by, incident, photos, photo_keys)
    record(
        by=by,
        act="security.report_incident",
        target=incident,
        region=incident.region_id,
        number=incident.number,
        category=incident.category,
        severity=incident.severity,
    )
    announce("incidents", region=incident.region_id)
    if incident.severity in ALERTED:
        alerts.incident_reported(by=by, incident=incident)
        soon(incident.region_id)
    return Reported(incident, True)


def add_step(
    by: Actor, incident: Incident, note: str = "", referred_to: str = "", name: str = ""
) -> IncidentStep:
    """Adds the incident's present state, or a note upon it, to its history."""
    step = IncidentStep(
        incident=incident,
        state=incident.state,
        note=note.strip(),
        referred_to=referred_to,
        by_name=name or str(by if isinstance(by, User) else by.get_username()),
    )
    step.full_clean()
    step.save()
    return step


def same_kecamatan(codes: Iterable[str]) -> bool:
    """Whether these region codes lie in one kecamatan."""
    return len({code[:KECAMATAN_LENGTH] for code in codes}) == 1


def _known(by: Actor, key: uuid.UUID) -> Incident | None:
    """The reporter's own incident of this key; somebody else's raises KeyTaken."""
    known: Incident | None = Incident.objects.filter(key=key).select_related("region").first()
    if known is not None and known.reporter_id != getattr(by, "pk", None):
        raise KeyTaken
    return known


def _enter(incident: Incident) -> None:
    """Numbers and stores it. One report of a regency at a time: numbers have no gaps."""
    incident.register = str(incident.region_id)[:REGENCY_LENGTH]
    regency = Region.objects.select_for_update(no_key=True).get(pk=incident.register)
    incident.year = timezone.localtime(timezone=ZoneInfo(regency.time_zone)).year
    register = Incident.objects.filter(register=incident.register, year=incident.year)
    incident.serial = int(register.aggregate(last=Max("serial", default=0))["last"]) + 1
    incident.number = f"INS-{incident.register}-{incident.year}-{incident.serial:04d}"
    incident.state = IncidentState.REPORTED
    incident.save()


def _check_time(happened: datetime, *, confirmed: bool) -> None:
    now = timezone.now()
    if happened > now + SKEW:
        raise ValidationError(
            {"occurred_at": _("Waktu kejadian di masa depan. Periksa tanggal dan jamnya.")}
        )
    if happened < now - OLD and not confirmed:
        message = _(
            "Kejadian ini lebih dari %(days)s hari yang lalu. Periksa tanggalnya; bila benar, "
            "nyatakan di bawah."
        ) % {"days": OLD.days}
        raise ValidationError({"occurred_at": ValidationError(message, code="confirm_time")})


def _region_of(by: Actor, chosen: Region | None, spot: Spot | None, *, confirmed: bool) -> Region:
    """The region that the incident is stored in."""
    if chosen is not None:
        _check_chosen(by, chosen)
    if spot is None:
        if chosen is None:
            raise ValidationError({"region": _("Pilih kecamatan, atau pakai titik lokasi.")})
        return chosen
    try:
        found = locate(spot)
    except ValidationError as error:
        if chosen is not None and error.code == "nowhere":
            return chosen
        raise ValidationError({"latitude": error}) from None
    if chosen is None:
        if not may(by, "security.report_incident", found.region.pk):
            raise ValidationError({"latitude": not_yours(found)})
        return found.region
    return _agreed(chosen, found, spot, confirmed=confirmed)


def _agreed(chosen: Region, found: Whereabouts, spot: Spot, *, confirmed: bool) -> Region:
    if found.region.pk.startswith(chosen.pk):
        return found.region if found.certain else chosen
    if same_kecamatan([found.region.pk, chosen.pk]) or confirmed or not strays(spot, chosen):
        return chosen
    message = _(
        "Titiknya di %(found)s, tetapi Anda memilih %(chosen)s. Ubah salah satunya; bila "
        "pilihan Anda benar, nyatakan di bawah."
    ) % {"found": found.region.title, "chosen": chosen.title}
    raise ValidationError({"region": ValidationError(message, code="confirm_region")})


def _check_chosen(by: Actor, chosen: Region) -> None:
    if chosen.level not in {Level.KECAMATAN, Level.VILLAGE}:
        raise ValidationError({"region": _("Pilih kecamatan atau desa/kelurahan.")})
    if not may(by, "security.report_incident", chosen.pk):
        raise ValidationError({"region": _("Wilayah ini di luar kabupaten tugas Anda.")})


def not_yours(found: Whereabouts) -> str:
    """What is said of a point in somebody else's regency."""
    above = found.region.parent
    while above is not None and above.level != Level.REGENCY:
        above = above.parent
    return _("Titik ini di %(region)s, %(regency)s, di luar kabupaten tugas Anda.") % {
        "region": found.region.title,
        "regency": above.name if above else "–",
    }


def _check_station(station: PollingStation | None, region: Region) -> None:
    if station is not None and not same_kecamatan([station.village_id, region.pk]):
        raise ValidationError(
            {"station": _("TPS ini tidak di %(region)s.") % {"region": region.title}}
        )
