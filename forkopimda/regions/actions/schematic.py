"""The schematic map of a region's children, computed from their centroids."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import connection
from django.utils.translation import gettext as _

from forkopimda.audit.actions import record
from forkopimda.lib.authority import Actor, require
from forkopimda.lib.guard import action

from ..geometry import area_km2, as_geojson
from ..models import EDGES, Boundary, Region
from ..neighbours import follow_outlines
from ..tiling import tile

SOURCE = "Skematis, dihitung dari titik tengah"


@action
def make_schematic(*, by: Actor, parent: Region) -> int:
    """Gives each child of `parent` a schematic cell; returns how many were new or changed.

    Refused once any child has a real outline: cells are no substitute for those still missing,
    as they would overlap the real ones (see load_boundaries).
    """
    require(by, "regions.change", parent)
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE regions_boundary IN SHARE ROW EXCLUSIVE MODE")
    children = list(Region.objects.children_of(parent.code))
    _refuse_unfit(parent, children)
    new = _changed_cells(children)
    if not new:
        return 0
    Boundary.objects.bulk_create(
        new,
        update_conflicts=True,
        unique_fields=["region"],
        update_fields=[
            *("geometry", "area_km2", "schematic", "derived", "source", "loaded_at"),
            *EDGES,
        ],
    )
    follow_outlines((boundary.region_id for boundary in new), schematic=True)
    record(
        by=by,
        act="regions.make_schematic",
        target=parent,
        region=parent.code,
        name=parent.title,
        count=len(new),
    )
    return len(new)


def _changed_cells(children: list[Region]) -> list[Boundary]:
    """Boundaries of the children whose cell is not stored as it should be, not saved."""
    cells = tile(
        {
            child.code: (child.latitude, child.longitude)
            for child in children
            if child.latitude is not None and child.longitude is not None
        }
    )
    drawn = dict(Boundary.objects.filter(region__in=cells).values_list("region_id", "geometry"))
    geometries = {code: as_geojson(cell) for code, cell in cells.items()}
    return [
        Boundary(
            region_id=code,
            geometry=geometry,
            area_km2=area_km2(cells[code]),
            schematic=True,
            source=SOURCE,
            **dict(zip(EDGES, cells[code].bounds, strict=True)),
        )
        for code, geometry in geometries.items()
        if drawn.get(code) != geometry
    ]


def _refuse_unfit(parent: Region, children: list[Region]) -> None:
    if not children:
        raise ValidationError(_("{name} tidak punya wilayah bawahan.").format(name=parent.title))
    real = Boundary.objects.filter(region__parent=parent, schematic=False).count()
    if real:
        raise ValidationError(
            _(
                "{count} dari {total} wilayah bawahan {name} sudah punya batas nyata; "
                "peta skematis tidak dicampur dengannya."
            ).format(count=real, total=len(children), name=parent.title)
        )
    faults = [
        _("{code} {name} tidak punya titik tengah").format(code=child.code, name=child.name)
        for child in children
        if child.latitude is None
    ]
    if faults:
        raise ValidationError(faults)
