"""Ratings in the admin: read; added by the police's own rule, never changed."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from .. import actions
from ..models import RiskRating


@admin.register(RiskRating)
class RiskRatingAdmin(ActionAdmin):
    """Every rating with its period. Staff who also rate add one here by the same rules."""

    view_permission = "security.view"
    add_permission = "security.rate_region"
    list_display = ["region", "level", "scheme", "valid_from", "valid_until", "author_name"]
    list_filter = ["level", "scheme", ("valid_until", admin.EmptyFieldListFilter)]
    list_select_related = ["region"]
    search_fields = ["region__name", "region__code", "reason", "author_name"]
    date_hierarchy = "valid_from"
    autocomplete_fields = ["region"]
    fields = ["region", "scheme", "level", "reason", "evidence"]

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """The form's fields when adding; all of them when reading."""
        shown = ["author_name", "valid_from", "valid_until", "recorded_at"] if obj else []
        return [*self.fields, *shown]

    def create(self, by: Any, data: dict[str, Any]) -> RiskRating:
        """Rates the region from now on."""
        return actions.rate_region(by=by, **data)
