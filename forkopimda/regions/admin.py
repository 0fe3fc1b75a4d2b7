"""Regions and their boundaries in the admin."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import number_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from .actions import edit_region
from .geometry import count_points
from .models import Boundary, Region


@admin.register(Region)
class RegionAdmin(ActionAdmin):
    """Regions come by file; here their names, zones and centroids are corrected."""

    view_permission = "regions.view"
    change_permission = "regions.change"
    list_display = ["code", "name", "level", "time_zone", "parent"]
    list_display_links = ["code", "name"]
    list_filter = ["level", "time_zone"]
    list_select_related = ["parent"]
    search_fields = ["code__startswith", "name__icontains"]
    fields = ["code", "level", "parent", "name", "time_zone", "latitude", "longitude"]
    readonly_fields = ["code", "level", "parent"]

    def edit(self, by: Any, row: Region, data: dict[str, Any]) -> Region:
        """Stores by the action."""
        return edit_region(by=by, region=row, **data)


@admin.register(Boundary)
class BoundaryAdmin(ActionAdmin):
    """Outlines come by file; here they are looked up, in summary."""

    view_permission = "regions.view_boundary"
    list_display = ["region_code", "region", "schematic", "area", "source", "loaded_at"]
    list_display_links = ["region_code", "region"]
    list_filter = ["schematic", "region__level", "loaded_at"]
    list_select_related = ["region"]
    search_fields = ["region__code__startswith", "region__name__icontains", "source"]
    fields = ["region", "schematic", "area", "shape", "source", "loaded_at"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """Without the geometries, which a list does not need."""
        return super().get_queryset(request).defer("geometry")

    @admin.display(description=_("kode"), ordering="region_id")
    def region_code(self, boundary: Boundary) -> str:
        """The region's code."""
        return boundary.region_id

    @admin.display(description=_("luas (km²)"), ordering="area_km2")
    def area(self, boundary: Boundary) -> str:
        """The area, rounded as its precision deserves."""
        return str(number_format(round(boundary.area_km2, 2), 2, force_grouping=True))

    @admin.display(description=_("bentuk"))
    def shape(self, boundary: Boundary) -> str:
        """The geometry in one line; the outline itself is for the map."""
        parts, points = count_points(boundary.geometry)
        return gettext("{kind}, {parts} bagian, {points} titik").format(
            kind=boundary.geometry["type"],
            parts=number_format(parts),
            points=number_format(points, force_grouping=True),
        )
