"""Loading outlines of regions from GeoJSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..incoming_outlines import Intake
from ..loading import Progress, region_around, silent
from ..models import Boundary, Region
from ..neighbours import follow_outlines

SOURCE_LENGTH = Boundary._meta.get_field("source").max_length or 0


class BoundariesLoaded(NamedTuple):
    """What a load did. `unknown` are codes of the file that name no region here."""

    loaded: int
    unknown: list[str]
    schematic_removed: int


@action
def load_boundaries(
    *,
    by: Actor,
    features: Iterable[object],
    source: str,
    code_property: str = "code",
    simplify_metres: float | None = None,
    move_centroids: bool = False,
    progress: Progress = silent,
) -> BoundariesLoaded:
    """Stores the outlines of all known regions among `features`, or none if any is invalid.

    A region without a centroid gets one; all do when `move_centroids` is set. A map that mixes
    surveyed outlines with schematic cells would show false neighbours: once one region has a
    real outline, the schematic cells of all its siblings go.
    """
    require(by, "regions.change")
    if not source or len(source) > SOURCE_LENGTH:
        raise ValidationError(
            _("Sumber wajib diisi, paling panjang {length} huruf.").format(length=SOURCE_LENGTH)
        )
    known = frozenset(Region.objects.values_list("code", flat=True))
    intake = Intake(known, code_property, simplify_metres, progress)
    _copy(intake, features)
    _refuse_faults(intake)
    top = region_around(intake.numbers)
    require(by, "regions.change", top)
    removed = _merge(source, move_centroids)
    progress(_("Batas disimpan"), len(intake.numbers))
    progress(_("Perbatasan kecamatan ditemukan"), follow_outlines(intake.numbers))
    record(
        by=by,
        act="regions.load_boundaries",
        target=top,
        region=top.code,
        count=len(intake.numbers),
        source=source,
    )
    return BoundariesLoaded(len(intake.numbers), intake.unknown, removed)


def _refuse_faults(intake: Intake) -> None:
    if intake.faults:
        raise ValidationError(intake.faults)
    if intake.numbers:
        return
    if not intake.unknown:
        raise ValidationError(_("Berkas tidak berisi satu fitur pun."))
    raise ValidationError(
        _(
            "Tak satu pun dari {count} kode dikenal; muat wilayahnya lebih dulu. Kode: {codes}"
        ).format(count=len(intake.unknown), codes=", ".join(intake.unknown[:10]))
    )


def _copy(intake: Intake, features: Iterable[object]) -> None:
    """Sends checked outlines into a table that lives as long as the load."""
    with connection.cursor() as cursor:
        # One writer of outlines at a time: then loaded_at rises in the order of commits, and
        # whoever holds outlines in memory sees by it alone that they are stale (lookup.py).
        cursor.execute("LOCK TABLE regions_boundary IN SHARE ROW EXCLUSIVE MODE")
        cursor.execute(
            """
            CREATE TEMPORARY TABLE incoming_boundary (
                code text COLLATE "C", geometry jsonb, area_km2 float8,
                latitude float8, longitude float8,
                west float8, south float8, east float8, north float8
            )
            """
        )
        with cursor.copy("COPY incoming_boundary FROM STDIN") as copy:
            for outline in intake.outlines(features):
                copy.write_row(outline)


def _merge(source: str, move_centroids: bool) -> int:
    """Stores what was sent; counts the schematic cells that had to go."""
    with connection.cursor() as cursor:
        # Else the planner goes by what the tables held before, and compares each with each.
        cursor.execute("ANALYZE incoming_boundary")
        cursor.execute("ANALYZE regions_region")
        cursor.execute(
            """
            INSERT INTO regions_boundary
                (region_id, geometry, area_km2, schematic, derived, west, south, east, north,
                 source, loaded_at)
            SELECT code, geometry, area_km2, false, false, west, south, east, north,
                %s, clock_timestamp()
            FROM incoming_boundary ORDER BY code
            ON CONFLICT (region_id) DO UPDATE SET
                geometry = EXCLUDED.geometry,
                area_km2 = EXCLUDED.area_km2,
                schematic = EXCLUDED.schematic,
                derived = EXCLUDED.derived,
                west = EXCLUDED.west,
                south = EXCLUDED.south,
                east = EXCLUDED.east,
                north = EXCLUDED.north,
                source = EXCLUDED.source,
                loaded_at = EXCLUDED.loaded_at
            """,
            [source],
        )
        cursor.execute(
            """
            DELETE FROM regions_boundary boundary USING regions_region region
            WHERE boundary.region_id = region.code AND boundary.schematic
                AND region.parent_id IN (
                    SELECT parent_id FROM incoming_boundary JOIN regions_region USING (code)
                )
            """
        )
        removed: int = cursor.rowcount
        cursor.execute(
            """
            UPDATE regions_region region
            SET latitude = incoming.latitude, longitude = incoming.longitude
            FROM incoming_boundary incoming
            WHERE incoming.code = region.code AND (%s OR region.latitude IS NULL)
            """,
            [move_centroids],
        )
        cursor.execute("DROP TABLE incoming_boundary")
        cursor.execute("ANALYZE regions_boundary")
    return removed
