"""Guards in the admin: units by the police's own rule; postings are read here."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forkopimda.lib.admin import ActionAdmin

from .. import actions
from ..models import Posting, PostingStation, Unit


@admin.register(Unit)
class UnitAdmin(ActionAdmin):
    """Units with their strength. Staff who also keep guards write them here by the same rules."""

    view_permission = "security.view_unit"
    add_permission = "security.keep_unit"
    change_permission = "security.keep_unit"
    list_display = ["name", "kind", "region", "strength", "phone", "in_use"]
    list_filter = ["kind", "in_use"]
    list_select_related = ["region"]
    search_fields = ["name", "region__name", "region__code"]
    autocomplete_fields = ["region"]
    fields = ["region", "kind", "name", "strength", "phone", "in_use"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A unit stays its region's."""
        return ("region",) if obj else ()

    def create(self, by: Any, data: dict[str, Any]) -> Unit:
        """Adds a unit."""
        return actions.save_unit(by=by, **data)

    def edit(self, by: Any, row: Unit, data: dict[str, Any]) -> Unit:
        """Changes a unit."""
        return actions.save_unit(by=by, unit=row, **data)


@admin.register(Posting)
class PostingAdmin(ActionAdmin):
    """Postings, withdrawn ones included. They are made and withdrawn on the guards' pages."""

    view_permission = "security.view_guards"
    list_display = ["unit", "region", "people", "starts_at", "ends_at", "withdrawn_at"]
    list_filter = ["unit__kind", ("withdrawn_at", admin.EmptyFieldListFilter)]
    list_select_related = ["unit", "region"]
    search_fields = ["unit__name", "region__name", "region__code", "note"]
    date_hierarchy = "starts_at"


@admin.register(PostingStation)
class PostingStationAdmin(ActionAdmin):
    """Which stations postings guard."""

    view_permission = "security.view_guarded"
    list_display = ["station", "posting", "starts_at", "ends_at", "standing"]
    list_filter = ["standing"]
    list_select_related = ["station__village", "posting__unit", "posting__region"]
    search_fields = ["station__village__name", "posting__unit__name"]
    date_hierarchy = "starts_at"
