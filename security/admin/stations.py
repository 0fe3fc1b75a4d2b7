"""Classes of stations in the admin: read; added by the police's own rule, never changed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import Field
from django.http import HttpRequest

from forkopimda.lib.admin import ActionAdmin

from .. import actions
from ..models import StationCount, StationRating, StationReason


@admin.register(StationRating)
class StationRatingAdmin(ActionAdmin):
    """Every class with its period. Staff who also class stations add one here."""

    view_permission = "elections.view_stations"
    add_permission = "security.class_station"
    list_display = ["station", "risk_class", "valid_from", "valid_until", "author_name"]
    list_filter = ["risk_class", ("valid_until", admin.EmptyFieldListFilter)]
    list_select_related = ["station__village"]
    search_fields = ["station__village__name", "station__village__code", "author_name"]
    autocomplete_fields = ["station"]
    fields = ["station", "risk_class", "reasons", "note"]

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """The form's fields when adding; all of them when reading."""
        shown = ["author_name", "valid_from", "valid_until"] if obj else []
        return [*self.fields, *shown]

    def formfield_for_dbfield(
        self, db_field: Field[Any, Any], request: HttpRequest, **kwargs: Any
    ) -> Any:
        """The reasons as boxes to tick."""
        if db_field.name == "reasons":
            return forms.MultipleChoiceField(
                choices=StationReason.choices,
                required=False,
                widget=forms.CheckboxSelectMultiple,
                label=db_field.verbose_name,
            )
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """Whoever reads the station reads its class."""
        return super().has_view_permission(request, obj.station if obj else None)

    def create(self, by: Any, data: dict[str, Any]) -> StationRating:
        """Classes the station from now on."""
        return actions.class_station(by=by, **data)


@admin.register(StationCount)
class StationCountAdmin(ActionAdmin):
    """How many stations of a class a region has; kept by the database itself."""

    view_permission = "security.view"
    list_display = ["region", "risk_class", "stations"]
    list_filter = ["risk_class", "region__level"]
    list_select_related = ["region"]
    search_fields = ["region__name__icontains", "region__code__startswith"]
    fields = ["region", "risk_class", "stations"]
