"""Elections in the admin, by the same rules and action as on their pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from .actions import save_election
from .models import Election


@admin.register(Election)
class ElectionAdmin(ActionAdmin):
    """Elections, the latest voting day first."""

    view_permission = "elections.view"
    add_permission = "elections.keep"
    change_permission = "elections.change"
    list_display = ["name", "kind", "region", "voting_day"]
    list_filter = ["kind"]
    list_select_related = ["region"]
    search_fields = ["name", "region__name"]
    date_hierarchy = "voting_day"
    autocomplete_fields = ["region"]
    fields = ["name", "kind", "region", "voting_day"]

    def create(self, by: Any, data: dict[str, Any]) -> Election:
        """Adds an election."""
        return save_election(by=by, **data)

    def edit(self, by: Any, row: Election, data: dict[str, Any]) -> Election:
        """Changes an election."""
        return save_election(by=by, election=row, **data)
