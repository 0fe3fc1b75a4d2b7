"""Elections and stations in the admin, by the same rules and actions as on their pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from .actions import save_election, save_station
from .models import Election, PollingStation


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


@admin.register(PollingStation)
class PollingStationAdmin(ActionAdmin):
    """Polling stations by village and number."""

    view_permission = "elections.view_stations"
    add_permission = "elections.keep_stations"
    change_permission = "elections.keep_station"
    list_display = ["number", "village", "place", "special", "in_use"]
    list_filter = ["special", "in_use"]
    list_select_related = ["village"]
    search_fields = ["village__name", "village__code", "place"]
    autocomplete_fields = ["village"]
    fields = ["village", "number", "place", "latitude", "longitude", "special", "in_use"]

    def create(self, by: Any, data: dict[str, Any]) -> PollingStation:
        """Adds a station."""
        return save_station(by=by, **data)

    def edit(self, by: Any, row: PollingStation, data: dict[str, Any]) -> PollingStation:
        """Changes a station."""
        return save_station(by=by, station=row, **data)
