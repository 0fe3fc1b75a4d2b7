"""Alerts and deliveries in the admin: read by those who oversee the region, never written."""

from __future__ import annotations

from django.contrib import admin
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin

from .models import Alert, Delivery


@admin.register(Alert)
class AlertAdmin(ActionAdmin):
    """What was said, when, by whom."""

    view_permission = "alerts.oversee"
    list_display = ["headline_shown", "kind", "severity", "region", "created_at", "created_by"]
    list_filter = ["severity", "kind"]
    list_select_related = ["region"]
    search_fields = ["region__name", "region__code", "created_by"]
    date_hierarchy = "created_at"

    @admin.display(description=_("judul"))
    def headline_shown(self, alert: Alert) -> str:
        """The headline in the reader's language."""
        return alert.headline


@admin.register(Delivery)
class DeliveryAdmin(ActionAdmin):
    """Who was told, how far it got, who has seen and acknowledged."""

    view_permission = "alerts.oversee_delivery"
    list_display = ["alert", "recipient", "state", "sent_at", "seen_at", "acknowledged_at"]
    list_filter = ["state", ("acknowledged_at", admin.EmptyFieldListFilter)]
    list_select_related = ["alert__region", "recipient"]
    search_fields = ["recipient__username", "recipient__display_name", "address"]
