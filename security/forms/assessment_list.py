"""What the list of assessments can be narrowed to. Field names are those of the page's address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import style_widgets
from forkopimda.meetings.filters import DayField

from ..models import Frame
from ..models.assessment import AssessmentQuerySet


class AssessmentFilters(forms.Form):
    """Words of a region's name, frame and period. Nothing chosen: all assessments."""

    cari = forms.CharField(
        label=gettext_lazy("Cari wilayah"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search"}),
    )
    kerangka = forms.ChoiceField(label=gettext_lazy("Kerangka"), required=False)
    dari = DayField(gettext_lazy("Dari tanggal"))
    sampai = DayField(gettext_lazy("Sampai tanggal"))

    def __init__(self, data: Any, *, by: Actor) -> None:
        super().__init__(data)
        frames = cast(forms.ChoiceField, self.fields["kerangka"])
        frames.choices = [("", _("Semua kerangka")), *_frames(by)]
        style_widgets(self)

    def clean(self) -> dict[str, Any]:
        """Says beside the last day that the period ends before it starts."""
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("dari"), data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir tidak boleh sebelum tanggal awal."))
        return data

    @property
    def narrows(self) -> bool:
        """Whether any filter is in use, or wrong."""
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, rows: AssessmentQuerySet) -> AssessmentQuerySet:
        """Those that fit, once the form is valid; a frame means all its versions."""
        data = self.cleaned_data
        if data["cari"]:
            rows = rows.filter(region__name__icontains=data["cari"])
        if data["kerangka"]:
            rows = rows.filter(frame__code=data["kerangka"])
        if data["dari"]:
            rows = rows.filter(made_at__gte=_start_of(data["dari"]))
        if data["sampai"]:
            rows = rows.filter(made_at__lt=_start_of(data["sampai"] + timedelta(days=1)))
        return rows


def _frames(by: Actor) -> list[tuple[str, str]]:
    """Code and name of each frame that the reader may see, by the country's newest version where
    there is one."""
    newest = Frame.objects.visible_to(by).order_by(
        "code", F("region_id").asc(nulls_first=True), "-version"
    )
    rows = newest.distinct("code").values_list("code", "name")
    return sorted(rows, key=lambda row: row[1])


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
