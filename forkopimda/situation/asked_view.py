"""The view that a map asks for, read from an address and checked."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from math import ceil, log2
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.layers import View
from forkopimda.regions.models import TimeZone
from forkopimda.regions.onmap import extent_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from forkopimda.lib.authority import Actor
    from forkopimda.regions.models import Region
    from forkopimda.regions.places import Extent

ZOOM_MOST = 20.0
#: A map is at most this wide; a box that does not fit at the zoom asked for gets a smaller one.
PIXELS_MOST = 4096
GLOBE_PIXELS = 256
#: How wide a map is taken to be that does not say what it shows.
PIXELS_USUAL = 800
SINCE_DAYS = 7
NUMBER = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,12})?")


class BadView(ValueError):
    """What was asked for is no view of a map; the message says why, for readers."""


def asked_view(by: Actor, query: QueryDict, code: str, region: Region | None) -> View:
    """The view of `?kotak=&z=&per=&sejak=`, of the region `code`; raises BadView.

    Without a box, the region's own; without a zoom, one at which it fits a usual map. Days are
    those of the region's zone: `per` counts to its end, `sejak` from its start. `garis=0` leaves
    outlines out.
    """
    zone = ZoneInfo(region.time_zone if region else TimeZone.WIB)
    now = timezone.now()
    box = _box(query.get("kotak", "")) or _sides(extent_of(by, code))
    day, since = _day(query.get("per", "")), _day(query.get("sejak", ""))
    today = now.astimezone(zone).date()
    if max(filter(None, (day, since)), default=today) > today:
        raise BadView(_("Tanggal itu belum tiba. Pilih hari ini atau sebelumnya."))
    since = since or (day or today) - timedelta(days=SINCE_DAYS)
    return View(
        box=box,
        zoom=_zoom(query.get("z", ""), box),
        code=code,
        moment=datetime.combine(day, time.max, tzinfo=zone) if day else None,
        since=datetime.combine(since, time.min, tzinfo=zone),
        now=now,
        shapes=query.get("garis") != "0",
    )


def _sides(extent: Extent) -> tuple[float, float, float, float]:
    return extent.west, extent.south, extent.east, extent.north


def _box(text: str) -> tuple[float, float, float, float] | None:
    if not text:
        return None
    parts = text.split(",")
    if len(parts) != 4 or not all(map(NUMBER.fullmatch, parts)):
        raise BadView(_("Kotak peta ditulis sebagai barat,selatan,timur,utara dalam derajat."))
    west, south, east, north = map(float, parts)
    if not (west >= -180 and east <= 180 and south >= -90 and north <= 90):
        raise BadView(_("Kotak peta berada di luar bumi: bujur -180..180, lintang -90..90."))
    if not (west < east and south < north):
        raise BadView(_("Kotak peta terbalik: barat harus kurang dari timur, selatan dari utara."))
    return west, south, east, north


def _zoom(text: str, box: tuple[float, float, float, float]) -> float:
    if text and not NUMBER.fullmatch(text):
        raise BadView(_("Perbesaran peta (z) harus berupa angka 0 sampai 20."))
    wide = box[2] - box[0]
    fitting = log2(PIXELS_MOST * 360 / (GLOBE_PIXELS * wide))
    zoom = float(text) if text else log2(PIXELS_USUAL * 360 / (GLOBE_PIXELS * wide))
    if not 0 <= zoom <= ZOOM_MOST and text:
        raise BadView(_("Perbesaran peta (z) harus berupa angka 0 sampai 20."))
    # In quarters, as the page's map zooms: answers are the same for views that look the same.
    return ceil(max(0.0, min(zoom, fitting, ZOOM_MOST)) * 4) / 4


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadView(_("Tanggal tidak dikenal. Pilih tanggal seperti 2024-11-21.")) from error
