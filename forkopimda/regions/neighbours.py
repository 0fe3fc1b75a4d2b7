"""Which kecamatan share a border, by their outlines; kept in `Neighbour` with the outlines.

Real outlines are rough: where two kecamatan meet, their lines leave gaps or overlap by some
hundred metres. So those count as neighbours whose outlines come within `TOLERANCE_METRES` of
each other. Schematic cells of one map share their edges exactly; cells of different maps, and
cells and real outlines, say nothing of each other and are never paired.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from itertools import chain

import numpy as np
import shapely
from django.db import connection
from django.db.models import Max, Min, TextField
from django.db.models.functions import Cast

from .geometry import KM_PER_DEGREE
from .models import LEVEL_BY_LENGTH, Boundary, Level

#: Found on the real outlines of Batu Bara: from 200 to 800 m the same pairs come out, and all
#: but one of them are those of the finer outlines of its villages. Degrees of longitude are
#: shorter than those of latitude by 2% at Indonesia's southern end: less than the roughness.
TOLERANCE_METRES = 300
NEAR = TOLERANCE_METRES / 1000 / KM_PER_DEGREE

Pair = tuple[str, str]


def borders(outlines: Sequence[tuple[str, str]], changed: Collection[str]) -> set[Pair]:
    """Pairs of codes, the smaller first, whose outlines meet and of which one is in `changed`.

    `outlines` gives each code with its outline as GeoJSON text.
    """
    codes = [code for code, _outline in outlines]
    shapes = np.asarray(shapely.from_geojson([outline for _code, outline in outlines]))
    asked = [number for number, code in enumerate(codes) if code in changed]
    if not asked:
        return set()
    found = shapely.STRtree(shapes).query(shapes[asked], predicate="dwithin", distance=NEAR)
    pairs = ((codes[asked[one]], codes[other]) for one, other in found.T.tolist())
    return {(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]}


def follow_outlines(changed: Iterable[str], *, schematic: bool = False) -> int:
    """Brings the neighbours of regions with new outlines up to date, and forgets those of regions
    that have lost theirs. Gives the number of borders found.

    For actions that write outlines, at their end: they hold the lock on outlines.
    """
    kecamatan = {code for code in changed if LEVEL_BY_LENGTH[len(code)] == Level.KECAMATAN}
    found = _found(kecamatan, schematic) if kecamatan else set()
    wanted = found | {pair[::-1] for pair in found}
    with connection.cursor() as cursor:
        cursor.execute(
            """
            WITH stale AS MATERIALIZED (
                SELECT unnest(%s::text[]) AS code
                UNION (
                    SELECT region_id FROM regions_neighbour
                    EXCEPT SELECT region_id FROM regions_boundary
                )
            )
            SELECT region_id, other_id, id FROM regions_neighbour
            WHERE region_id IN (SELECT code FROM stale) OR other_id IN (SELECT code FROM stale)
            """,
            [sorted(kecamatan)],
        )
        stored = {(region, other): key for region, other, key in cursor.fetchall()}
        gone = [key for pair, key in stored.items() if pair not in wanted]
        cursor.execute("DELETE FROM regions_neighbour WHERE id = ANY(%s)", [gone])
        with cursor.copy("COPY regions_neighbour (region_id, other_id) FROM STDIN") as copy:
            for pair in sorted(wanted - stored.keys()):
                copy.write_row(pair)
    return len(found)


def _found(changed: Collection[str], schematic: bool) -> set[Pair]:
    stored = Boundary.objects.filter(region__level=Level.KECAMATAN, schematic=schematic)
    box = stored.filter(region__in=changed).aggregate(
        west=Min("west"), south=Min("south"), east=Max("east"), north=Max("north")
    )
    if box["west"] is None:
        return set()
    stored = stored.filter(
        west__lte=box["east"] + NEAR,
        east__gte=box["west"] - NEAR,
        south__lte=box["north"] + NEAR,
        north__gte=box["south"] - NEAR,
    )
    if schematic:
        stored = stored.filter(region__parent__in={parent_of(code) for code in changed})
    outlines = stored.values_list("region_id", Cast("geometry", TextField()))
    if not schematic:
        return borders(list(outlines), changed)
    maps = defaultdict(list)
    for code, outline in outlines:
        maps[parent_of(code)].append((code, outline))
    return set(chain.from_iterable(borders(cells, changed) for cells in maps.values()))


def parent_of(code: str) -> str:
    """Code of the region one level above."""
    return code.rpartition(".")[0]
