"""The audit trail in the admin: read, searched and filtered, never written."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from .models import AuditEvent


@admin.register(AuditEvent)
class AuditEventAdmin(ActionAdmin):
    """Who did what, newest first."""

    view_permission = "audit.view"
    list_display = ["at", "actor", "sentence", "target", "region"]
    list_filter = ["action"]
    search_fields = ["actor", "target", "region"]
    date_hierarchy = "at"

    @admin.display(description=_("tindakan"))
    def sentence(self, event: AuditEvent) -> str:
        """The act in words."""
        return str(event)
