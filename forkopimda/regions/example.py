"""The example every demo starts with: Batu Bara's twelve kecamatan and a schematic map."""

from __future__ import annotations

from pathlib import Path

from forkopimda.lib.authority import SYSTEM

from .actions import load_regions, make_schematic
from .models import Boundary, Region

REGENCY = "12.19"
FILE = Path(__file__).parent / "data" / "batubara.csv"


def load() -> Region:
    """Loads the regency and draws its map; again, it changes nothing.

    Real outlines that were loaded since are kept.
    """
    with FILE.open("rb") as stream:
        load_regions(by=SYSTEM, stream=stream, source=FILE.name)
    regency: Region = Region.objects.get(pk=REGENCY)
    if not Boundary.objects.real().filter(region__parent=regency).exists():
        make_schematic(by=SYSTEM, parent=regency)
    return regency
