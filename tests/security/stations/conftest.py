"""Villages with polling stations, in two regencies."""

import pytest

from forkopimda.elections import actions as elections
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.regions.models import Level, Region

TANJUNG = "12.19.08.2001"
PADANG = "12.19.08.2002"
SUKA = "12.19.02.2001"
ACROSS = "12.09.08.2001"
HEAD = "kode desa,nomor tps,tempat,lintang,bujur,khusus,kelas,alasan,catatan"


@pytest.fixture
def villages(regions):
    with writing():
        for code, name in (
            (TANJUNG, "Tanjung Contoh"),
            (PADANG, "Padang Contoh"),
            (SUKA, "Suka Contoh"),
            (ACROSS, "Seberang Contoh"),
        ):
            Region.objects.create(code=code, name=name, level=Level.VILLAGE, parent_id=code[:8])
    return {village.pk: village for village in Region.objects.filter(level=Level.VILLAGE)}


@pytest.fixture
def station(villages):
    """Adds a station: `station(3)`, `station(1, SUKA, place="balai desa")`."""

    def make(number=1, code=TANJUNG, **fields):
        return elections.save_station(by=SYSTEM, village=villages[code], number=number, **fields)

    return make


def table(*lines, head=HEAD):
    """A list as CSV."""
    return "\n".join([head, *lines, ""]).encode()
