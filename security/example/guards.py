"""Example data: units and postings for the voting day. Names and numbers are examples and say so;
only the police's emergency number is a public fact."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from forkopimda.elections.example import VOTING_DAY
from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region

from ..actions import post_guards, save_unit, share_guards
from ..models import Policy, Posting, Unit, UnitKind
from ..sharing import places, share

REGENCY, PROVINCE = "12.19", "12"
STARTS_AT = datetime(
    VOTING_DAY.year, VOTING_DAY.month, VOTING_DAY.day, 6, tzinfo=ZoneInfo("Asia/Jakarta")
)
ENDS_AT = STARTS_AT + timedelta(days=1)
MEDIUM = ("12.19.02", "12.19.07", "12.19.08")  # Sei Suka, Sei Balai, Laut Tador

# region, kind, name, strength, duty phone
UNITS = [
    (REGENCY, UnitKind.POLRES, "Contoh: Polres Batu Bara", 120, "110"),
    ("12.19.02", UnitKind.POLSEK, "Contoh: Polsek untuk Sei Suka", 30, "110"),
    ("12.19.07", UnitKind.POLSEK, "Contoh: Polsek untuk Sei Balai", 24, "110"),
    ("12.19.08", UnitKind.POLSEK, "Contoh: Polsek untuk Laut Tador", 20, "110"),
    (REGENCY, UnitKind.KORAMIL, "Contoh: Koramil di Batu Bara", 60, ""),
    (REGENCY, UnitKind.SATPOL_PP, "Contoh: Satpol PP Batu Bara", 50, ""),
    (REGENCY, UnitKind.LINMAS, "Contoh: Linmas Batu Bara", 1600, ""),
    (REGENCY, UnitKind.RESERVE, "Contoh: Cadangan Polres", 30, "110"),
    (PROVINCE, UnitKind.BRIMOB, "Contoh: Brimob Sumatera Utara", 200, ""),
]
PATROLS = [
    ("Contoh: Koramil di Batu Bara", 10, "Contoh: dukungan patroli"),
    ("Contoh: Satpol PP Batu Bara", 5, "Contoh: ketertiban umum"),
]
SHARED = [
    ("12.19.02", "Contoh: Polsek untuk Sei Suka"),
    ("12.19.07", "Contoh: Polsek untuk Sei Balai"),
    ("12.19.08", "Contoh: Polsek untuk Laut Tador"),
    ("12.19.08", "Contoh: Linmas Batu Bara"),
]


def load() -> None:
    """Adds the units that are missing, and postings where the example's units have none."""
    regions = {region.pk: region for region in Region.objects.filter(code__startswith=PROVINCE)}
    units = {unit.name: unit for unit in Unit.objects.filter(region__in=(PROVINCE, *regions))}
    for code, kind, name, strength, phone in UNITS:
        if name not in units:
            units[name] = save_unit(
                by=SYSTEM,
                region=regions[code],
                kind=kind,
                name=name,
                strength=strength,
                phone=phone,
            )
    if Posting.objects.filter(unit__in=units.values(), unit__name__startswith="Contoh:").exists():
        return
    for code in MEDIUM:
        for name, people, note in PATROLS:
            post_guards(
                by=SYSTEM,
                unit=units[name],
                region=regions[code],
                people=people,
                starts_at=STARTS_AT,
                ends_at=ENDS_AT,
                note=note,
            )
    for code, name in SHARED:
        _share(units[name], regions[code])


def _share(unit: Unit, region: Region) -> None:
    """Shares a unit out among the stations of a kecamatan, where some are recorded."""
    listed = places(region.pk, STARTS_AT, ENDS_AT)
    groups = share(Policy.objects.of(region.pk), unit.kind, unit.strength, listed)
    if groups:
        share_guards(
            by=SYSTEM,
            unit=unit,
            region=region,
            starts_at=STARTS_AT,
            ends_at=ENDS_AT,
            groups=[(group.people, group.stations) for group in groups],
        )
