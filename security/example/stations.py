"""Example data: villages and polling stations that no list names, marked as examples.

Batu Bara's real villages and stations come by file; these only give each page something to show.
"""

from __future__ import annotations

import csv
from io import BytesIO, StringIO

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.actions import load_regions
from forkopimda.regions.models import Level, Region

from .. import actions

REGENCY = "12.19"
TENSE = {"12.19.02", "12.19.07", "12.19.08"}  # the kecamatan of medium level
VILLAGES = (("2901", "Satu"), ("2902", "Dua"))
SOURCE = "data contoh"
# Class and reasons of the first, second … station of a village.
IN_TENSE = (("high", "K1 T2"), ("risk", "T1"), ("risk", "P1 J1"), ("low", ""), ("low", ""))
ELSEWHERE = (("low", ""), ("risk", "T3 J2"), ("low", ""), ("low", ""), ("", ""))
PLACES = ("balai desa", "halaman sekolah", "lapangan", "rumah warga", "madrasah")


def load() -> None:
    """Adds example villages and their stations where there are none yet."""
    kecamatan = list(
        Region.objects.within(REGENCY).filter(level=Level.KECAMATAN).exclude(latitude=None)
    )
    villages = [(place, suffix, word) for place in kecamatan for suffix, word in VILLAGES]
    codes = [f"{place.pk}.{suffix}" for place, suffix, _word in villages]
    if not villages or PollingStation.objects.filter(village__in=codes).exists():
        return
    names = [f"Contoh {place.name} {word}" for place, _suffix, word in villages]
    load_regions(
        by=SYSTEM,
        stream=_csv([("code", "name"), *zip(codes, names, strict=True)]),
        source=SOURCE,
    )
    actions.import_stations(by=SYSTEM, stream=_csv([_HEAD, *_stations(kecamatan)]), source=SOURCE)


_HEAD = ("village", "number", "place", "latitude", "longitude", "special", "class", "reasons")


def _stations(kecamatan: list[Region]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for at, place in enumerate(kecamatan):
        classes = IN_TENSE if place.pk in TENSE else ELSEWHERE
        for side, (suffix, _word) in enumerate(VILLAGES):
            for number in range(1, 4 + (at + side) % 3):
                risk_class, reasons = classes[number - 1]
                special = place.pk == "12.19.04" and side == 1 and number == 3
                if special:
                    risk_class, reasons = "special", "T7"
                where = "rumah sakit" if special else PLACES[number - 1]
                rows.append(
                    (
                        f"{place.pk}.{suffix}",
                        number,
                        f"Contoh: {where}",
                        round((place.latitude or 0) + (number - 3) * 0.004, 4),
                        round((place.longitude or 0) + (side - 0.5) * 0.016, 4),
                        "ya" if special else "tidak",
                        risk_class,
                        reasons,
                    )
                )
    return rows


def _csv(rows: list[tuple[object, ...]]) -> BytesIO:
    text = StringIO()
    csv.writer(text).writerows(rows)
    return BytesIO(text.getvalue().encode())
