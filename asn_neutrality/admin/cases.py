"""Cases in the admin: what stands in the clear, read by auditors alone and never written here.

Administrators keep the site and see none of it. Nothing that is sealed and no key is listed.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from forkopimda.lib.admin import ActionAdmin

from ..models import Case, CaseStep, Member, Opening, RecoveryKey, Report, TermNotice


@admin.register(Case)
class CaseAdmin(ActionAdmin):
    """Cases, newest first."""

    view_permission = "asn_neutrality.view"
    list_display = ["number", "region", "kind", "received_on", "state", "due_on", "lead"]
    list_filter = ["state", "kind"]
    list_select_related = ["region", "lead"]
    search_fields = ["number"]
    date_hierarchy = "received_on"
    fields = [
        "number",
        "region",
        "kind",
        "received_on",
        "state",
        "due_on",
        "lead",
        "violation",
        "size_class",
        "merged_into",
        "erased_at",
    ]


@admin.register(CaseStep)
class CaseStepAdmin(ActionAdmin):
    """Steps of cases; what was written with them is sealed."""

    view_permission = "asn_neutrality.view_part"
    list_display = ["case", "state", "reason", "due_on", "at", "by_name"]
    list_filter = ["state", "reason"]
    list_select_related = ["case"]
    search_fields = ["case__number", "by_name"]
    date_hierarchy = "at"
    fields = [
        "case",
        "previous",
        "state",
        "reason",
        "recipient",
        "sanction",
        "due_on",
        "at",
        "by_name",
    ]


@admin.register(Report)
class ReportAdmin(ActionAdmin):
    """Reports: that they came in, when and how; not what they say, nor who sent them."""

    view_permission = "asn_neutrality.view_part"
    list_display = ["number", "case", "kind", "standing", "source", "received_on", "is_unread"]
    list_filter = ["standing", "source", "kind"]
    list_select_related = ["case"]
    search_fields = ["number", "case__number"]
    date_hierarchy = "received_on"
    fields = ["number", "case", "kind", "standing", "source", "received_on", "is_unread"]


@admin.register(Member)
class MemberAdmin(ActionAdmin):
    """Who belongs or belonged to a case."""

    view_permission = "asn_neutrality.view_part"
    list_display = ["case", "user", "added_at", "added_by", "removed_at", "removed_by"]
    list_select_related = ["case", "user"]
    search_fields = ["case__number", "user__username", "user__display_name"]
    date_hierarchy = "added_at"
    fields = ["case", "user", "added_at", "added_by", "removed_at", "removed_by", "removed_why"]


@admin.register(Opening)
class OpeningAdmin(ActionAdmin):
    """The log of openings."""

    view_permission = "asn_neutrality.view_openings"
    list_display = ["at", "by_name", "what", "case", "purpose"]
    list_filter = ["what", "purpose"]
    list_select_related = ["case"]
    search_fields = ["by_name", "case__number"]
    date_hierarchy = "at"
    fields = ["at", "by_name", "what", "case", "region", "purpose", "explanation"]


@admin.register(TermNotice)
class TermNoticeAdmin(ActionAdmin):
    """What was said of terms that came near or were missed."""

    view_permission = "asn_neutrality.view_part"
    list_display = ["step", "kind", "at"]
    list_filter = ["kind"]
    list_select_related = ["step__case"]
    search_fields = ["step__case__number"]
    date_hierarchy = "at"
    fields = ["step", "kind", "at"]

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A notice belongs to a step, and by it to a case."""
        return super().has_view_permission(request, obj.step if obj else None)


@admin.register(RecoveryKey)
class RecoveryKeyAdmin(ActionAdmin):
    """That a region has a recovery key, and which offices hold its shares."""

    view_permission = "asn_neutrality.view_recovery"
    list_display = ["region", "threshold", "made_at", "made_by", "proven_at", "retired_at"]
    list_select_related = ["region"]
    search_fields = ["region__name", "region__code"]
    fields = [
        "region",
        "holders",
        "threshold",
        "made_at",
        "made_by",
        "proven_at",
        "retired_at",
    ]
