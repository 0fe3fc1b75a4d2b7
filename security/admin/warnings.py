"""Early warnings in the admin: read alone; they are computed."""

from __future__ import annotations

from django.contrib import admin

from forkopimda.lib.admin import ActionAdmin

from ..models import EarlyWarning


@admin.register(EarlyWarning)
class EarlyWarningAdmin(ActionAdmin):
    """The newest computation of each kecamatan."""

    view_permission = "security.view"
    list_display = ["region", "index", "level", "computed_at", "alerted_at"]
    list_filter = ["level", ("alerted_at", admin.EmptyFieldListFilter)]
    list_select_related = ["region"]
    search_fields = ["region__name", "region__code"]
