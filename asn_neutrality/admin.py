"""The register in the admin: read by auditors who are staff, never written, hidden from others."""

from __future__ import annotations

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from .models import Case, CaseStep


@admin.register(Case)
class CaseAdmin(ActionAdmin):
    """Cases, newest first."""

    view_permission = "asn_neutrality.view"
    list_display = ["number", "region", "kind", "received_on", "state"]
    list_filter = ["state", "kind"]
    list_select_related = ["region"]
    search_fields = ["number"]
    date_hierarchy = "received_on"


@admin.register(CaseStep)
class CaseStepAdmin(ActionAdmin):
    """Steps of cases."""

    view_permission = "asn_neutrality.view_step"
    list_display = ["case", "state", "reason", "at", "by_name"]
    list_filter = ["state", "reason"]
    list_select_related = ["case"]
    search_fields = ["case__number", "by_name"]
    date_hierarchy = "at"
