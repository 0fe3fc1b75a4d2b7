"""Ratings in the admin: read; added by the police's own rule, never changed. And the reminders of
their reviews."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from .. import actions
from ..models import ReviewReminder, RiskRating


@admin.register(RiskRating)
class RiskRatingAdmin(ActionAdmin):
    """Every rating with its period. Staff who also rate add one here by the same rules."""

    view_permission = "security.view"
    add_permission = "security.rate_region"
    list_display = [
        "region",
        "level",
        "scheme",
        "valid_from",
        "valid_until",
        "review_on",
        "author_name",
    ]
    list_filter = ["level", "scheme", ("valid_until", admin.EmptyFieldListFilter)]
    list_select_related = ["region"]
    search_fields = ["region__name", "region__code", "reason", "author_name"]
    date_hierarchy = "valid_from"
    autocomplete_fields = ["region"]
    fields = ["region", "scheme", "level", "reason", "evidence"]

    def get_fields(self, request: Any, obj: Any = None) -> Any:
        """The form's fields when adding; all of them when reading."""
        grounds = ["assessment", "suggested_level", "departure", "author_name"]
        times = ["valid_from", "valid_until", "review_on", "recorded_at"]
        return [*self.fields, *grounds, *times] if obj else self.fields

    def create(self, by: Any, data: dict[str, Any]) -> RiskRating:
        """Rates the region from now on."""
        return actions.rate_region(by=by, **data)


@admin.register(ReviewReminder)
class ReviewReminderAdmin(ActionAdmin):
    """Which reminder was given when; read only."""

    view_permission = "security.view"
    list_display = ["rating", "step", "given_at"]
    list_filter = ["step"]
    list_select_related = ["rating__region"]
    search_fields = ["rating__region__name", "rating__region__code"]
    date_hierarchy = "given_at"
