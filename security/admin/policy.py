"""Regencies' settings in the admin, one row per regency."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.admin import ActionAdmin
from forkopimda.lib.authority import require

from .. import actions
from ..models import Policy

DEFAULTS = _(
    "Angka bawaan adalah setelan produk, bukan ketentuan hukum. Kabupaten atau kota yang tidak "
    "tercantum di daftar memakai angka bawaan."
)


@admin.register(Policy)
class PolicyAdmin(ActionAdmin):
    """What a regency sets for itself; without a row it has the defaults."""

    view_permission = "security.view_policy"
    add_permission = change_permission = "security.keep_policy"
    list_display = ["region", "approval", "review_days"]
    list_filter = ["approval"]
    list_select_related = ["region"]
    search_fields = ["region__name", "region__code"]
    autocomplete_fields = ["region"]
    fieldsets = [
        (None, {"fields": ["region", "approval", "review_days"], "description": DEFAULTS}),
        (
            _("Peringatan dini"),
            {
                "fields": [
                    ("window_days", "half_life_days"),
                    ("neighbour_percent", "voting_days"),
                    ("weight_incidents", "weight_neighbours", "weight_alerts"),
                    ("weight_voting", "weight_assessment"),
                    ("warning_medium_from", "warning_high_from"),
                    "warning_alert_from",
                ]
            },
        ),
        (
            _("Pengamanan TPS"),
            {
                "fields": [
                    ("low_police", "low_stations"),
                    ("risk_police", "risk_stations"),
                    ("high_police", "high_stations"),
                    ("special_police", "special_stations"),
                    "linmas_per_station",
                ],
                "description": _(
                    "Berapa polisi menjaga berapa TPS menurut kelasnya. Tidak ada angka nasional "
                    "yang tunggal; sesuaikan dengan rencana pengamanan Polres."
                ),
            },
        ),
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """Settings stay with their regency."""
        return ["region"] if obj else []

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest, **kwargs: Any) -> Any:
        """Each number says what it is without a row."""
        field = super().formfield_for_dbfield(db_field, request, **kwargs)
        if field is not None and db_field.name != "approval" and db_field.has_default():
            words = gettext("bawaan: {number}").format(number=db_field.default)
            field.help_text = f"{words}; {db_field.help_text}" if db_field.help_text else words
        return field

    def create(self, by: Any, data: dict[str, Any]) -> Policy:
        """The first settings of a regency."""
        require(by, "security.keep_policy", Policy(region=data["region"]))
        if Policy.objects.filter(region=data["region"]).exists():
            raise ValidationError(
                {"region": gettext("Kabupaten ini sudah punya setelan. Ubah yang sudah ada.")}
            )
        return actions.save_policy(by=by, **data)

    def edit(self, by: Any, row: Policy, data: dict[str, Any]) -> Policy:
        """Changes a regency's settings."""
        return actions.save_policy(by=by, region=row.region, **data)
