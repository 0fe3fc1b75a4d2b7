"""Meetings in the admin, by the same rules and actions as on their pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from . import actions
from .models import AgendaItem, Attendance, Meeting


@admin.register(Meeting)
class MeetingAdmin(ActionAdmin):
    """Meetings, newest first."""

    view_permission = "meetings.view"
    add_permission = "meetings.plan"
    change_permission = "meetings.change"
    list_display = ["title", "kind", "region", "starts_at", "place"]
    list_filter = ["kind"]
    list_select_related = ["region"]
    search_fields = ["title", "place", "region__name"]
    date_hierarchy = "starts_at"
    autocomplete_fields = ["region"]
    fields = ["title", "kind", "region", "place", "starts_at", "ends_at", "note"]

    def create(self, by: Any, data: dict[str, Any]) -> Meeting:
        """Plans a meeting."""
        return actions.plan_meeting(by=by, **data)

    def edit(self, by: Any, row: Meeting, data: dict[str, Any]) -> Meeting:
        """Changes a meeting."""
        return actions.edit_meeting(by=by, meeting=row, **data)


class PartAdmin(ActionAdmin):
    """What belongs to a meeting."""

    view_permission = "meetings.view_part"
    add_permission = "meetings.change_part"
    change_permission = "meetings.change_part"
    list_select_related = ["meeting"]
    date_hierarchy = "meeting__starts_at"


@admin.register(AgendaItem)
class AgendaItemAdmin(PartAdmin):
    """Points of agendas, with their minutes."""

    list_display = ["title", "number", "meeting"]
    search_fields = ["title", "minutes", "meeting__title"]
    autocomplete_fields = ["meeting"]

    def create(self, by: Any, data: dict[str, Any]) -> AgendaItem:
        """Adds a point to an agenda."""
        return actions.set_agenda_item(by=by, **data)

    def edit(self, by: Any, row: AgendaItem, data: dict[str, Any]) -> AgendaItem:
        """Changes a point of an agenda."""
        return actions.set_agenda_item(by=by, item=row, **data)


@admin.register(Attendance)
class AttendanceAdmin(PartAdmin):
    """Who was invited and who came. Invitations are added, attendance is noted on them."""

    list_display = ["title", "institution", "official", "meeting", "status"]
    list_select_related = ["meeting", "institution", "official"]
    list_filter = ["status"]
    search_fields = ["title", "official__name", "representative_name", "meeting__title"]
    autocomplete_fields = ["meeting", "institution", "official"]
    invitation = ("meeting", "institution", "official", "title")
    answer = ("status", "representative_name", "reason")

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """A title may be left out: the action takes the one that was held on the day."""
        if db_field.name == "title":
            kwargs |= {"required": False, "help_text": _("kosong: jabatan pada hari rapat")}
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """An invitation first; then, on the same page, the attendance."""
        return [*self.invitation, *self.answer] if obj else list(self.invitation)

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Who was invited stands once it is stored."""
        return self.invitation if obj else ()

    def create(self, by: Any, data: dict[str, Any]) -> Attendance:
        """Invites."""
        return actions.invite(by=by, **data)

    def edit(self, by: Any, row: Attendance, data: dict[str, Any]) -> Attendance:
        """Notes the attendance."""
        return actions.record_attendance(by=by, attendance=row, **data)
