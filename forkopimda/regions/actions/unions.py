"""Outlines of regencies and provinces from those of their kecamatan."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..geometry import Shape, area_km2, as_geojson, centre, parse
from ..loading import Progress, region_around, silent
from ..models import EDGES, LEVEL_BY_LENGTH, Boundary, Level, Region
from ..union import union

_LENGTHS = {level: length for length, level in LEVEL_BY_LENGTH.items()}


class Derived(NamedTuple):
    """How many outlines of regencies and of provinces were made."""

    regencies: int
    provinces: int


@action
def derive_boundaries(*, by: Actor, progress: Progress = silent) -> Derived:
    """Gives each regency and province that has no loaded outline the union of its parts'.

    Unions made before are made anew; schematic cells are no parts of a union, and go from
    among the siblings of one. Where a part has no outline, the union lacks it: the source says so.
    """
    require(by, "regions.change")
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE regions_boundary IN SHARE ROW EXCLUSIVE MODE")
    Boundary.objects.filter(derived=True).delete()
    made: dict[Level, list[str]] = {}
    for level, below in ((Level.REGENCY, Level.KECAMATAN), (Level.PROVINCE, Level.REGENCY)):
        made[level] = _derive(level, below)
        progress(_("Gabungan dibuat: {level}").format(level=level.label), len(made[level]))
    codes = [code for found in made.values() for code in found]
    if codes:
        top = region_around(codes)
        require(by, "regions.change", top)
        record(
            by=by,
            act="regions.derive_boundaries",
            target=top,
            region=top.code,
            count=len(codes),
        )
    return Derived(len(made[Level.REGENCY]), len(made[Level.PROVINCE]))


def _derive(level: Level, below: Level) -> list[str]:
    length = _LENGTHS[level]
    shapes: dict[str, list[Shape]] = {}
    known = set(
        Boundary.objects.real().filter(region__level=level).values_list("region_id", flat=True)
    )
    rows = Boundary.objects.real().filter(region__level=below).order_by("region_id")
    for code, geometry in rows.values_list("region_id", "geometry").iterator():
        if code[:length] not in known:
            shapes.setdefault(code[:length], []).append(parse(geometry))
    parts = _parts(below, length)
    outlines = [_outline(code, found, parts[code]) for code, found in shapes.items()]
    parents = set(
        Region.objects.filter(code__in=shapes).values_list("parent_id", flat=True).distinct()
    )
    siblings = Boundary.objects.filter(schematic=True, region__level=level)
    siblings.filter(region__parent__in=[code for code in parents if code]).delete()
    Boundary.objects.bulk_create(outlines, batch_size=200)
    _place(outlines)
    return list(shapes)


def _place(outlines: list[Boundary]) -> None:
    """Gives regions without a middle that of their outline: marks on the map stand there."""
    shapes = {outline.region_id: parse(outline.geometry) for outline in outlines}
    regions = list(Region.objects.filter(code__in=shapes, latitude=None))
    for region in regions:
        region.latitude, region.longitude = centre(shapes[region.code])
    Region.objects.bulk_update(regions, ["latitude", "longitude"], batch_size=500)


def _parts(level: Level, length: int) -> dict[str, int]:
    counts: dict[str, int] = {}
    for code in Region.objects.filter(level=level).values_list("code", flat=True).iterator():
        counts[code[:length]] = counts.get(code[:length], 0) + 1
    return counts


def _outline(code: str, shapes: list[Shape], parts: int) -> Boundary:
    whole = union(shapes)
    source = _("Gabungan {count} dari {parts} wilayah di dalamnya").format(
        count=len(shapes), parts=parts
    )
    return Boundary(
        region_id=code,
        geometry=as_geojson(whole),
        area_km2=area_km2(whole),
        derived=True,
        source=source,
        **dict(zip(EDGES, whole.bounds, strict=True)),
    )
