"""The past day that a page is asked to show."""

from __future__ import annotations

from datetime import datetime, time
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.regions.models import TimeZone

from ..forms.levels import DayForm

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpRequest

    from forkopimda.regions.models import Region


def asked_day(
    request: HttpRequest, place: Region | None
) -> tuple[datetime | None, date | None, str]:
    """The end of the asked day (`?per=`) in the region's zone, the day itself, and what is wrong
    with it. Without a day, or with a wrong one, there is neither."""
    form = DayForm(request.GET)
    if not form.is_valid():
        return None, None, _("Tanggal tidak dikenal. Pilih tanggal seperti 2024-11-21.")
    day: date | None = form.cleaned_data["per"]
    if day is None:
        return None, None, ""
    zone = ZoneInfo(place.time_zone if place else TimeZone.WIB)
    if day > timezone.localtime(timezone=zone).date():
        return None, None, _("Tanggal itu belum tiba. Pilih hari ini atau sebelumnya.")
    return datetime.combine(day, time.max, tzinfo=zone), day, ""
