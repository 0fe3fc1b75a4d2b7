"""Loading the codes of regions, and editing one region."""

from __future__ import annotations

from typing import Any, BinaryIO, NamedTuple

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..loading import Progress, region_around, silent
from ..models import Region
from ..region_rows import RegionRow, read_rows

_COLUMNS = "code, level, name, parent_id, time_zone, latitude, longitude"


class RegionsLoaded(NamedTuple):
    """What a load did: rows of the file, of them new regions and changed ones."""

    rows: int
    added: int
    changed: int


@action
def load_regions(
    *, by: Actor, stream: BinaryIO, source: str, progress: Progress = silent
) -> RegionsLoaded:
    """Adds the regions of a CSV file and brings known ones up to date: all rows or none.

    Known regions get the file's name, and its centroid where it gives one; their time zone stays
    as it is, and regions that the file does not name stay. A load that changes nothing leaves no
    audit record.
    """
    require(by, "regions.change")
    rows = read_rows(stream)
    progress(_("Baris dibaca"), len(rows))
    top = region_around(row.code for row in rows)
    require(by, "regions.change", top)
    _refuse_orphans(rows)
    progress(_("Baris diperiksa"), len(rows))
    _copy(rows)
    progress(_("Baris dikirim ke basis data"), len(rows))
    added, changed = _merge()
    progress(_("Wilayah baru atau berubah disimpan"), added + changed)
    if added or changed:
        record(
            by=by,
            act="regions.load_regions",
            target=top,
            region=top.code,
            count=len(rows),
            added=added,
            changed=changed,
            source=source,
        )
    return RegionsLoaded(len(rows), added, changed)


def _refuse_orphans(rows: list[RegionRow]) -> None:
    known = {row.code for row in rows}
    wanted = {row.parent for row in rows if row.parent} - known
    if not wanted:
        return
    known.update(Region.objects.filter(code__in=wanted).values_list("code", flat=True))
    faults = [
        _("baris {line}, kolom code: induk {parent} dari {code} tidak ada").format(
            line=row.line, parent=row.parent, code=row.code
        )
        for row in rows
        if row.parent and row.parent not in known
    ]
    if faults:
        raise ValidationError(faults)


def _copy(rows: list[RegionRow]) -> None:
    """Sends the rows into a table that lives as long as the load."""
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE incoming_region (LIKE regions_region)")
        with cursor.copy(f"COPY incoming_region ({_COLUMNS}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(
                    (
                        row.code,
                        row.level.value,
                        row.name,
                        row.parent,
                        row.time_zone.value,
                        row.latitude,
                        row.longitude,
                    )
                )


def _merge() -> tuple[int, int]:
    """Stores what was sent; counts the regions added and changed. Equal rows stay untouched."""
    with connection.cursor() as cursor:
        # xmax is 0 in a row that this statement inserted, and set in one that it updated.
        cursor.execute(
            f"""
            WITH stored AS (
                INSERT INTO regions_region AS region ({_COLUMNS})
                SELECT {_COLUMNS} FROM incoming_region ORDER BY code
                ON CONFLICT (code) DO UPDATE SET
                    name = EXCLUDED.name,
                    latitude = COALESCE(EXCLUDED.latitude, region.latitude),
                    longitude = COALESCE(EXCLUDED.longitude, region.longitude)
                WHERE (region.name, region.latitude, region.longitude) IS DISTINCT FROM (
                    EXCLUDED.name,
                    COALESCE(EXCLUDED.latitude, region.latitude),
                    COALESCE(EXCLUDED.longitude, region.longitude)
                )
                RETURNING xmax = 0 AS added
            )
            SELECT count(*) FILTER (WHERE added), count(*) FILTER (WHERE NOT added) FROM stored
            """  # noqa: S608  # only this module's own list of columns is put in
        )
        added, changed = cursor.fetchone()
        cursor.execute("DROP TABLE incoming_region")
        # The checks of parents wait for the commit, and may have been planned for a small table.
        cursor.execute("ANALYZE regions_region")
    return added, changed


@action
def edit_region(
    *,
    by: Actor,
    region: Region,
    name: str,
    time_zone: str,
    latitude: float | None,
    longitude: float | None,
) -> Region:
    """Changes what may change of one region; its code, level and parent never do."""
    require(by, "regions.change", region)
    stored: Region = Region.objects.select_for_update().get(pk=region.pk)
    if (latitude is None) != (longitude is None):
        missing = "latitude" if latitude is None else "longitude"
        raise ValidationError({missing: _("Isi lintang dan bujur, atau kosongkan keduanya.")})
    new: dict[str, Any] = {
        "name": name.strip(),
        "time_zone": time_zone,
        "latitude": latitude,
        "longitude": longitude,
    }
    changes = {
        field: [getattr(stored, field), value]
        for field, value in new.items()
        if getattr(stored, field) != value
    }
    if not changes:
        return stored
    for field, value in new.items():
        setattr(stored, field, value)
    stored.full_clean()
    stored.save(update_fields=list(changes))
    record(
        by=by,
        act="regions.edit_region",
        target=stored,
        region=stored.code,
        name=stored.title,
        changes=changes,
    )
    return stored
