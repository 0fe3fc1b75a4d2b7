"""Incidents and what belongs to them in the admin: read; their pages write them."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from ..models import Incident, IncidentLink, IncidentPhoto, IncidentStep


@admin.register(Incident)
class IncidentAdmin(ActionAdmin):
    """Every incident as reported, with its present state."""

    view_permission = "security.view_incidents"
    list_display = ["number", "category", "severity", "state", "region", "occurred_at"]
    list_filter = ["state", "severity", "category"]
    list_select_related = ["region"]
    search_fields = ["number", "description", "place", "region__name", "region__code"]
    date_hierarchy = "occurred_at"
    exclude = ["register", "year", "serial"]


class OfIncidentAdmin(ActionAdmin):
    """Base of what belongs to incidents."""

    view_permission = "security.view_incident_parts"
    list_select_related = ["incident"]
    search_fields = ["incident__number", "by_name"]


@admin.register(IncidentStep)
class IncidentStepAdmin(OfIncidentAdmin):
    """Each step with its time, its author and its words."""

    list_display = ["incident", "state", "at", "by_name"]
    list_filter = ["state"]
    date_hierarchy = "at"


@admin.register(IncidentPhoto)
class IncidentPhotoAdmin(OfIncidentAdmin):
    """Photos by incident; the picture itself is served by the incident's page."""

    list_display = ["incident", "width", "height", "at", "by_name"]
    exclude = ["file"]
    readonly_fields = ["picture"]

    @admin.display(description=_("foto"))
    def picture(self, photo: Any) -> str:
        """Where the picture is shown."""
        address = reverse("incidents:photo", args=[photo.incident_id, photo.pk])
        return format_html('<a href="{}">{}</a>', address, photo)


@admin.register(IncidentLink)
class IncidentLinkAdmin(OfIncidentAdmin):
    """What incidents are linked to; numbers of neutrality cases only for who reads cases."""

    list_display = ["incident", "follow_up", "case_number", "at", "by_name"]
    list_select_related = ["incident", "follow_up"]
