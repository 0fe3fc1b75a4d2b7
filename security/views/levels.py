"""Levels of a region's parts: map and table, search, files."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import cast
from zoneinfo import ZoneInfo

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from forkopimda.lib.http import needs
from forkopimda.lib.live import last_event
from forkopimda.people.models import User
from forkopimda.regions.models import Region, TimeZone
from forkopimda.regions.onmap import extent_of

from ..finding import find_regions
from ..forms.map import SinceForm
from ..level_export import as_excel, as_geojson
from ..levels import SORTS, Picture, first_rated, picture
from .days import asked_day

GEOJSON = "application/geo+json"
EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@dataclass(frozen=True)
class Asked:
    """What an address of this page asks for, and what is wrong with it."""

    code: str
    region: Region | None
    moment: datetime | None
    day: date | None
    since: datetime | None
    since_day: date | None
    sort: str
    search: str
    error: str

    @property
    def today(self) -> date:
        """Today where the region is."""
        return timezone.localtime(timezone=_zone(self.region)).date()


@require_safe
@needs("security.view")
def levels(request: HttpRequest) -> HttpResponse:
    """The map and the table of a region's parts, now or at the end of a past day."""
    live_since = last_event()
    user = cast(User, request.user)
    return _page(request, user, _asked(request, user), live_since)


def _page(
    request: HttpRequest, user: User, asked: Asked, live_since: str, status: int = 200
) -> HttpResponse:
    context = {
        "picture": _picture(user, asked),
        "asked": asked,
        "region": asked.region,
        "code": asked.code,
        "day": asked.day,
        "since_day": asked.since_day,
        "heads": _heads(asked),
        "live_since": live_since,
    }
    if request.headers.get("HX-Target") == "levels":
        return render(request, "security/_level_table.html", context)
    context |= {
        "extent": extent_of(user, asked.code),
        "first": first_rated(user, asked.code),
        "full": request.GET.get("penuh") == "1",
    }
    return render(request, "security/levels.html", context, status=status)


@require_safe
@needs("security.view")
def find(request: HttpRequest) -> HttpResponse:
    """The first regions whose name holds what is typed, for the page to swap in."""
    words = request.GET.get("cari", "").strip()
    found = find_regions(cast(User, request.user), words)
    context = {"found": found, "words": words}
    return render(request, "security/_found_regions.html", context)


@require_safe
@needs("security.view")
def export_excel(request: HttpRequest) -> HttpResponse:
    """The table as Excel, with the same filters as the page."""
    user = cast(User, request.user)
    asked = _asked(request, user)
    if asked.error:
        return _page(request, user, asked, last_event(), status=422)
    with as_excel(_picture(user, asked), asked.since) as file:
        return _file(file.read(), EXCEL, asked, "xlsx")


@require_safe
@needs("security.view")
def export_geojson(request: HttpRequest) -> HttpResponse:
    """The table as GeoJSON, with the same filters as the page."""
    user = cast(User, request.user)
    asked = _asked(request, user)
    if asked.error:
        return _page(request, user, asked, last_event(), status=422)
    text = as_geojson(user, _picture(user, asked), asked.since)
    return _file(text.encode(), GEOJSON, asked, "geojson")


def _file(content: bytes, kind: str, asked: Asked, ending: str) -> HttpResponse:
    response = HttpResponse(content, content_type=kind)
    name = f"kerawanan-{asked.code or 'indonesia'}-{asked.day or asked.today}.{ending}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _asked(request: HttpRequest, user: User) -> Asked:
    code = request.GET.get("wilayah", user.access.home() or "")
    region = _readable(user, code)
    moment, day, error = asked_day(request, region)
    since, since_day, since_error = _asked_since(request, region)
    return Asked(
        code=code,
        region=region,
        moment=moment,
        day=day,
        since=since,
        since_day=since_day,
        sort=request.GET.get("urut", "tingkat"),
        search=request.GET.get("cari", "").strip()[:100],
        error=error or since_error,
    )


def _picture(user: User, asked: Asked) -> Picture:
    return picture(
        user,
        asked.code,
        moment=asked.moment,
        since=asked.since,
        sort=asked.sort,
        search=asked.search,
        whole=True,
    )


def _heads(asked: Asked) -> list[dict[str, str]]:
    """The table's heads: what each sorts by, and how the table is sorted now.

    A press on the head that sorts already turns the order round.
    """
    words = {
        "nama": _("Wilayah"),
        "tingkat": _("Tingkat"),
        "sejak": _("Sejak"),
        "perubahan": _("Perubahan"),
        "tinjau": _("Tinjau ulang"),
        "saran": _("Peringatan dini"),
        "insiden": _("Insiden 7 hari"),
    }
    if asked.since is None:
        del words["perubahan"]
    key = asked.sort.removeprefix("-")
    key = key if key in SORTS else "tingkat"
    # These start with the highest or newest one, the others with the lowest.
    falling = {"tingkat", "sejak", "saran", "insiden"}
    turned = asked.sort.startswith("-")
    order = "descending" if (key in falling) != turned else "ascending"
    return [
        {
            "key": name,
            "word": word,
            "order": order if name == key else "",
            "next": f"-{name}" if name == key and not turned else name,
        }
        for name, word in words.items()
    ]


def _asked_since(
    request: HttpRequest, place: Region | None
) -> tuple[datetime | None, date | None, str]:
    """The start of the day to compare with (`?sejak=`) in the region's zone, the day, and what is
    wrong with it."""
    form = SinceForm(request.GET)
    if not form.is_valid():
        return None, None, _("Tanggal tidak dikenal. Pilih tanggal seperti 2024-11-21.")
    day: date | None = form.cleaned_data["sejak"]
    if day is None:
        return None, None, ""
    if day > timezone.localtime(timezone=_zone(place)).date():
        return None, None, _("Tanggal itu belum tiba. Pilih hari ini atau sebelumnya.")
    return datetime.combine(day, time.min, tzinfo=_zone(place)), day, ""


def _zone(place: Region | None) -> ZoneInfo:
    return ZoneInfo(place.time_zone if place else TimeZone.WIB)


def _readable(user: User, code: str) -> Region | None:
    """The region `code`, None for the country; not found where the reader may not see it."""
    if not code:
        if user.access.home() != "":
            raise Http404
        return None
    return get_object_or_404(Region.objects.visible_to(user), pk=code)
