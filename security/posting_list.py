"""The list of a day's postings: as a PDF for those who go out, as a table for a spreadsheet.

The PDF is written in Indonesian and by the region's clocks, whoever asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db.models import Prefetch
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import override

from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.lib.pdf import render
from forkopimda.lib.templatetags.words import zone_name
from forkopimda.meetings.models import Letterhead
from forkopimda.people.models import Institution

from .models import Posting, PostingStation
from .shortage import zone_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from forkopimda.lib.authority import Actor
    from forkopimda.regions.models import Region

TEMPLATE = Path(__file__).resolve().parent / "typst" / "postings.typ"
LANGUAGE = "id"
MOST_PRINTED, MOST_EXPORTED = 1_500, 20_000
POLRES = "polres"


@dataclass(frozen=True)
class Sheet:
    """The postings of one day in a region, by kecamatan."""

    region: Region
    day: date
    postings: list[Posting]

    @property
    def people(self) -> int:
        """All people on the list."""
        return sum(posting.people for posting in self.postings)


def sheet(
    by: Actor, region: Region, day: date, ends: tuple[datetime, datetime], most: int
) -> Sheet:
    """The postings in the region that stand in some part of the day between `ends`: `most` at
    most, and one more, which tells that there are too many. Two queries."""
    guarded = PostingStation.objects.select_related("station__village").order_by(
        "station__village_id", "station__number"
    )
    postings = (
        Posting.objects.visible_to(by)
        .filter(region__code__startswith=region.pk)
        .during(*ends)
        .select_related("unit", "region__parent")
        .prefetch_related(Prefetch("guarded", guarded))
        .order_by("region__name", "region_id", "starts_at", "unit__kind", "unit__name", "id")
    )
    return Sheet(region, day, list(postings[: most + 1]))


def pdf(sheet: Sheet, *, at: datetime) -> bytes:
    """The printed list, made at `at`."""
    with override(LANGUAGE):
        return render(TEMPLATE, _content(sheet, at), at=at)


def _content(sheet: Sheet, at: datetime) -> dict[str, Any]:
    zone = zone_of(sheet.region)
    made = timezone.localtime(at, zone)
    day = f"{formats.date_format(sheet.day, 'l')}, {formats.date_format(sheet.day, 'DATE_FORMAT')}"
    return {
        "head": _head(sheet.region),
        "title": f"Daftar penempatan pengamanan {sheet.region.title}",
        "region": sheet.region.title,
        "day": day,
        "zone": zone_name(made),
        "made": f"{formats.date_format(made, 'DATETIME_FORMAT')} {zone_name(made)}",
        "people": sheet.people,
        "parts": [
            {"name": name, "rows": [_printed(posting, zone) for posting in postings]}
            for name, postings in groupby(sheet.postings, key=lambda posting: posting.region.title)
        ],
    }


def _head(region: Region) -> dict[str, str]:
    """The letterhead of the region's police, else their name, else the region's."""
    polres = Institution.objects.filter(region=region.pk[:REGENCY_LENGTH], code=POLRES).first()
    if polres is None:
        return {"first_line": region.title, "second_line": "", "address": ""}
    kept = Letterhead.objects.filter(institution=polres).first()
    if kept is None:
        return {"first_line": polres.name, "second_line": "", "address": ""}
    return {
        "first_line": kept.first_line,
        "second_line": kept.second_line,
        "address": kept.address,
    }


def _printed(posting: Posting, zone: Any) -> dict[str, Any]:
    villages = groupby(
        [row.station for row in posting.guarded.all()], key=lambda station: station.village.title
    )
    return {
        "places": [
            {"village": village, "stations": numbers([station.number for station in stations])}
            for village, stations in villages
        ],
        "unit": posting.unit.name,
        "kind": str(posting.unit.get_kind_display()),
        "people": posting.people,
        "start": _clock(posting.starts_at, zone),
        "end": _clock(posting.ends_at, zone),
        "phone": posting.unit.phone,
        "note": posting.note,
    }


def _clock(moment: datetime, zone: Any) -> str:
    local = timezone.localtime(moment, zone)
    return formats.date_format(local, "j M, H.i")


def numbers(found: list[int]) -> str:
    """Numbers of stations, runs drawn together: "001–004, 007"."""
    runs: list[list[int]] = []
    for number in sorted(found):
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ", ".join(
        f"{run[0]:03d}" if len(run) == 1 else f"{run[0]:03d}–{run[-1]:03d}" for run in runs
    )


def head() -> list[tuple[str, int]]:
    """The columns of the spreadsheet, with their widths."""
    return [
        (_("Kabupaten/kota"), 26),
        (_("Kecamatan"), 22),
        (_("Desa/kelurahan"), 22),
        (_("TPS"), 8),
        (_("Tempat"), 30),
        (_("Satuan"), 32),
        (_("Jenis"), 12),
        (_("Orang"), 8),
        (_("Mulai"), 18),
        (_("Sampai"), 18),
        (_("Telepon piket"), 18),
        (_("Tugas"), 40),
        (_("Penempatan"), 12),
    ]


def cells(sheet: Sheet) -> Iterator[list[Any]]:
    """A row per guarded station; one without station for people posted to the kecamatan.

    The people are those of the whole posting, whose number is in the last column.
    """
    for posting in sheet.postings:
        zone = zone_of(posting.region)
        end = [
            posting.unit.name,
            str(posting.unit.get_kind_display()),
            posting.people,
            _wall_clock(posting.starts_at, zone),
            _wall_clock(posting.ends_at, zone),
            posting.unit.phone,
            posting.note,
            posting.pk,
        ]
        regency = posting.region.parent.name if posting.region.parent else ""
        start = [regency, posting.region.name]
        stations = [row.station for row in posting.guarded.all()]
        if not stations:
            yield [*start, "", None, _("patroli wilayah"), *end]
        for station in stations:
            yield [*start, station.village.name, station.number, station.place, *end]


def _wall_clock(moment: datetime, zone: Any) -> str:
    return timezone.localtime(moment, zone).strftime("%Y-%m-%d %H:%M")
