"""Assessments in the admin: read alone."""

from __future__ import annotations

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from ..models import Assessment


@admin.register(Assessment)
class AssessmentAdmin(ActionAdmin):
    """What officers found, newest first; each has its page with all values."""

    view_permission = "security.view"
    list_display = ["region", "frame", "score", "suggested_level", "author_name", "made_at"]
    list_filter = ["suggested_level"]
    list_select_related = ["region", "frame"]
    search_fields = ["region__name", "region__code", "author_name"]
    date_hierarchy = "made_at"
    fields = ["region", "frame", "score", "suggested_level", "author_name", "made_at", "values"]

    @admin.display(description=_("nilai semua indikator"))
    def values(self, assessment: Assessment) -> SafeString:
        """A link to the assessment's page."""
        address = reverse("security:assessment", args=[assessment.region_id, assessment.pk])
        return format_html('<a href="{}">{}</a>', address, gettext("Buka halaman asesmen"))
