"""Units, pledges and reminders in the admin: units by the secretariat's rule, the rest is read."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django.contrib import admin
from django.http import HttpRequest

from forkopimda.lib.admin import ActionAdmin
from forkopimda.lib.authority import may

from .. import actions
from ..models import CivilUnit, Pledge, PledgeReminder
from ..unit_checks import UNIT_FIELDS

if TYPE_CHECKING:
    from forkopimda.people.models import User


@admin.register(CivilUnit)
class CivilUnitAdmin(ActionAdmin):
    """Units of the civil service. Their counts are noted on the pages of pledges."""

    view_permission = "asn_neutrality.view_pledges"
    add_permission = "asn_neutrality.keep_pledges"
    list_display = ["name", "code", "region", "staff", "signed", "counted_on", "is_active"]
    list_filter = ["is_active"]
    list_select_related = ["region"]
    search_fields = ["name", "code", "region__name", "region__code"]
    autocomplete_fields = ["region"]
    fields = ["region", *UNIT_FIELDS, "signed", "counted_on"]
    readonly_fields = ["signed", "counted_on"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A unit stays its region's."""
        return ("region", *self.readonly_fields) if obj else self.readonly_fields

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """The rule asks for the unit's region."""
        region = obj.region if obj is not None else None
        return may(cast("User", request.user), "asn_neutrality.keep_pledges", region)

    def create(self, by: Any, data: dict[str, Any]) -> CivilUnit:
        """Adds a unit."""
        return actions.save_unit(by=by, **data)

    def edit(self, by: Any, row: CivilUnit, data: dict[str, Any]) -> CivilUnit:
        """Changes a unit."""
        return actions.save_unit(by=by, unit=row, **data)


@admin.register(Pledge)
class PledgeAdmin(ActionAdmin):
    """Counts of pledges, appended on the unit's page. Evidence is fetched there."""

    view_permission = "asn_neutrality.view_pledge"
    list_display = ["unit", "counted_on", "signed", "staff", "evidence_name", "by_name", "noted_at"]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "unit__code"]
    date_hierarchy = "counted_on"
    exclude = ["evidence"]


@admin.register(PledgeReminder)
class PledgeReminderAdmin(ActionAdmin):
    """Mails to units that were behind, and what became of them."""

    view_permission = "asn_neutrality.view_pledge"
    list_display = ["unit", "address", "state", "asked_at", "sent_at", "by_name"]
    list_filter = ["state"]
    list_select_related = ["unit"]
    search_fields = ["unit__name", "address"]
    date_hierarchy = "asked_at"
