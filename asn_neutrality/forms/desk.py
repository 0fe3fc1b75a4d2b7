"""Why something is opened, and what the log of openings can be narrowed to."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, ConditionalField, Form, style_widgets
from forkopimda.meetings.filters import DayField

from ..models import Opened, Purpose

if TYPE_CHECKING:
    from datetime import date

    from ..models.opening import OpeningQuerySet


class ReasonForm(Form):
    """Why a case or an identity is opened. The auditor reads it."""

    purpose = forms.ChoiceField(label=_("Tujuan"), choices=Purpose.choices, widget=Choices)
    explanation = ConditionalField(
        label=_("Penjelasan"),
        max_length=200,
        help_text=_("Diperlukan untuk “Lainnya”. Tanpa nama orang: catatan ini dibaca auditor."),
    )


class OpeningFilters(forms.Form):
    """Person, case, what was opened, why, and days. Nothing chosen: the whole log."""

    orang = forms.CharField(label=_("Nama pembuka"), max_length=150, required=False)
    nomor = forms.CharField(label=_("Nomor perkara"), max_length=40, required=False)
    apa = forms.ChoiceField(
        label=_("Yang dibuka"), required=False, choices=[("", _("Semua")), *Opened.choices]
    )
    tujuan = forms.ChoiceField(
        label=_("Tujuan"), required=False, choices=[("", _("Semua")), *Purpose.choices]
    )
    dari = DayField(_("Dari tanggal"))
    sampai = DayField(_("Sampai tanggal"))

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        style_widgets(self)

    def clean(self) -> dict[str, Any]:
        """Says beside the last day that the period ends before it starts."""
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("dari"), data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", gettext("Tanggal akhir tidak boleh sebelum tanggal awal."))
        return data

    @property
    def narrows(self) -> bool:
        """Whether any is in use, or wrong."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, rows: OpeningQuerySet) -> OpeningQuerySet:
        """Those that fit, newest first; none where a filter is wrong."""
        if not self.is_valid():
            return rows.none()
        data = self.cleaned_data
        if name := data["orang"].strip():
            rows = rows.filter(by_name__icontains=name)
        if number := data["nomor"].strip():
            rows = rows.filter(case__number__icontains=number)
        if data["apa"]:
            rows = rows.filter(what=data["apa"])
        if data["tujuan"]:
            rows = rows.filter(purpose=data["tujuan"])
        if data["dari"]:
            rows = rows.filter(at__gte=_start_of(data["dari"]))
        if data["sampai"]:
            rows = rows.filter(at__lt=_start_of(data["sampai"] + timedelta(days=1)))
        return rows.order_by("-id")


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
