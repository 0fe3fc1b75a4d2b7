"""Meetings in the admin, by the same rules and actions as on their pages."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from . import actions
from .models import (
    AgendaItem,
    Attachment,
    Attendance,
    Decision,
    Document,
    FollowUp,
    FollowUpNote,
    Letter,
    Letterhead,
    Meeting,
    MinutesVersion,
    Reminder,
)


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
    autocomplete_fields = ["region", "chair"]
    fields = [
        "title",
        "kind",
        "region",
        "place",
        "starts_at",
        "ends_at",
        "chair",
        "quorum",
        "restricted",
        "note",
    ]

    def create(self, by: Any, data: dict[str, Any]) -> Meeting:
        """Plans a meeting."""
        return actions.plan_meeting(by=by, **data)

    def edit(self, by: Any, row: Meeting, data: dict[str, Any]) -> Meeting:
        """Changes a meeting."""
        return actions.edit_meeting(by=by, meeting=row, **data)


class ReadPartAdmin(ActionAdmin):
    """What belongs to a meeting and is written on its own pages only."""

    view_permission = "meetings.view_part"
    list_select_related = ["meeting"]
    date_hierarchy = "meeting__starts_at"


class PartAdmin(ReadPartAdmin):
    """What belongs to a meeting and may be written here too."""

    add_permission = "meetings.change_part"
    change_permission = "meetings.change_part"


@admin.register(AgendaItem)
class AgendaItemAdmin(PartAdmin):
    """Points of agendas, with their minutes."""

    list_display = ["title", "number", "meeting"]
    search_fields = ["title", "minutes", "meeting__title"]
    autocomplete_fields = ["meeting"]
    fields = ["meeting", "number", "title", "presenter"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A point stays in its meeting; its place in the order is changed on the meeting's page."""
        return ("meeting", "number") if obj else ()

    def create(self, by: Any, data: dict[str, Any]) -> AgendaItem:
        """Adds a point to an agenda."""
        return actions.set_agenda_item(by=by, **data)

    def edit(self, by: Any, row: AgendaItem, data: dict[str, Any]) -> AgendaItem:
        """Changes a point of an agenda."""
        return actions.set_agenda_item(by=by, meeting=row.meeting, item=row, **data)


@admin.register(Attendance)
class AttendanceAdmin(PartAdmin):
    """Who was invited and who came. Invitations are added, attendance is noted on them."""

    list_display = ["title", "institution", "official", "meeting", "status"]
    list_select_related = ["meeting", "institution", "official"]
    list_filter = ["status"]
    search_fields = ["title", "official__name", "representative_name", "meeting__title"]
    autocomplete_fields = ["meeting", "institution", "official"]
    invitation = ("meeting", "institution", "official", "title", "name", "email")
    answer = ("status", "representative_name", "representative_title", "reason")

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


@admin.register(Letterhead)
class LetterheadAdmin(ActionAdmin):
    """What stands at the top of institutions' documents."""

    view_permission = "meetings.view_letterhead"
    add_permission = "meetings.keep_letterhead"
    change_permission = "meetings.keep_letterhead"
    list_display = ["institution", "first_line", "number_form"]
    list_select_related = ["institution"]
    search_fields = ["first_line", "institution__name"]
    autocomplete_fields = ["institution"]
    fields = ["institution", "first_line", "second_line", "address", "number_form"]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A letterhead stays its institution's."""
        return ("institution",) if obj else ()

    def create(self, by: Any, data: dict[str, Any]) -> Letterhead:
        """Adds the letterhead of an institution that has none."""
        if Letterhead.objects.filter(institution=data["institution"]).exists():
            raise ValidationError({"institution": _("Lembaga ini sudah mempunyai kop surat.")})
        return actions.save_letterhead(by=by, **data)

    def edit(self, by: Any, row: Letterhead, data: dict[str, Any]) -> Letterhead:
        """Changes a letterhead."""
        return actions.save_letterhead(by=by, institution=row.institution, **data)


class RecordAdmin(ActionAdmin):
    """What belongs to a meeting and is only read here."""

    view_permission = "meetings.view_part"
    list_select_related = ["meeting"]


@admin.register(Document)
class DocumentAdmin(RecordAdmin):
    """Issued documents. They are read here; files are downloaded from the meeting's page."""

    list_display = ["number", "kind", "version", "meeting", "issued_at"]
    list_filter = ["kind"]
    search_fields = ["number", "meeting__title"]
    date_hierarchy = "issued_at"
    fields = [
        "meeting",
        "kind",
        "version",
        "number",
        "issuer",
        "issued_at",
        "issued_by",
        "sha256",
    ]


@admin.register(MinutesVersion)
class MinutesVersionAdmin(RecordAdmin):
    """Approved minutes, version by version."""

    list_display = ["meeting", "version", "approved_by", "approved_at"]
    search_fields = ["meeting__title"]
    date_hierarchy = "approved_at"
    fields = ["meeting", "version", "approved_by", "approved_at", "correction_reason"]


@admin.register(Attachment)
class AttachmentAdmin(RecordAdmin):
    """Attached files, removed ones included; they are downloaded from the meeting's page."""

    list_display = ["name", "meeting", "size", "uploaded_by", "uploaded_at", "removed_at"]
    search_fields = ["name", "meeting__title"]
    date_hierarchy = "uploaded_at"
    fields = [
        "name",
        "meeting",
        "follow_up",
        "content_type",
        "size",
        "sha256",
        "uploaded_by",
        "uploaded_at",
        "removed_at",
    ]


@admin.register(Decision)
class DecisionAdmin(ReadPartAdmin):
    """What meetings decided."""

    list_display = ["number", "text", "meeting"]
    search_fields = ["text", "meeting__title"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadPartAdmin):
    """Who does what by when."""

    list_display = ["task", "institution", "due_on", "state", "meeting"]
    list_filter = ["state"]
    list_select_related = ["meeting", "institution"]
    search_fields = ["task", "institution__name", "meeting__title"]
    date_hierarchy = "due_on"


class OfFollowUpAdmin(ActionAdmin):
    """The history of follow-ups, never written here."""

    view_permission = "meetings.view_of_follow_up"
    list_select_related = ["follow_up"]
    search_fields = ["follow_up__task"]


@admin.register(FollowUpNote)
class FollowUpNoteAdmin(OfFollowUpAdmin):
    """Steps and remarks."""

    list_display = ["at", "by_name", "state", "text", "follow_up"]
    list_filter = ["state"]
    date_hierarchy = "at"


@admin.register(Reminder)
class ReminderAdmin(OfFollowUpAdmin):
    """Reminders that were given."""

    list_display = ["given_at", "step", "due_on", "follow_up"]
    list_filter = ["step"]
    date_hierarchy = "given_at"


@admin.register(Letter)
class LetterAdmin(ActionAdmin):
    """Letters to invitees: how far each got."""

    view_permission = "meetings.view_letter"
    list_display = ["created_at", "kind", "address", "state", "sent_at", "last_error"]
    list_filter = ["state", "kind"]
    list_select_related = ["attendance__meeting"]
    search_fields = ["address", "attendance__meeting__title"]
    date_hierarchy = "created_at"
