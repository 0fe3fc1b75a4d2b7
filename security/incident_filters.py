"""What the list of incidents can be narrowed to. Field names are those of the page's address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import style_widgets
from forkopimda.meetings.filters import DayField
from forkopimda.regions.models import Region

from .forms.incidents import kecamatan_choices
from .models import ALERTED, UNFINISHED, Category, IncidentSeverity, IncidentState
from .models.incident import IncidentQuerySet

GRAVE = "berat-ke-atas"
OPEN = "belum-selesai"
SORTS = {
    "": ("-occurred_at", "-id"),
    "lama": ("occurred_at", "id"),
    "masuk": ("-reported_at", "-id"),
}


class IncidentFilters(forms.Form):
    """Words, region, kind, severity, state and period. Nothing chosen: all incidents."""

    cari = forms.CharField(label=gettext_lazy("Cari"), max_length=100, required=False)
    wilayah = forms.CharField(
        label=gettext_lazy("Wilayah"), max_length=13, required=False, widget=forms.Select
    )
    jenis = forms.ChoiceField(
        label=gettext_lazy("Jenis"),
        required=False,
        choices=[("", gettext_lazy("Semua jenis")), *Category.choices],
    )
    keparahan = forms.ChoiceField(
        label=gettext_lazy("Keparahan"),
        required=False,
        choices=[
            ("", gettext_lazy("Semua")),
            (GRAVE, gettext_lazy("Berat dan kritis")),
            *IncidentSeverity.choices,
        ],
    )
    keadaan = forms.ChoiceField(
        label=gettext_lazy("Keadaan"),
        required=False,
        choices=[
            ("", gettext_lazy("Semua")),
            (OPEN, gettext_lazy("Belum selesai")),
            *IncidentState.choices,
        ],
    )
    dari = DayField(gettext_lazy("Dari tanggal"))
    sampai = DayField(gettext_lazy("Sampai tanggal"))
    urut = forms.ChoiceField(
        label=gettext_lazy("Urutkan menurut"),
        required=False,
        choices=[
            ("", gettext_lazy("kejadian terbaru")),
            ("lama", gettext_lazy("kejadian terlama")),
            ("masuk", gettext_lazy("laporan terbaru")),
        ],
    )

    def __init__(self, data: Any, *, by: Actor) -> None:
        super().__init__(data)
        self.by = by
        self.fields["wilayah"].widget.choices = self._regions()
        style_widgets(self)

    def _regions(self) -> list[tuple[str, Any]]:
        """Those to choose from, with the one in the address where it is another."""
        choices = kecamatan_choices(self.by)
        code = self.data.get("wilayah", "")
        if code and code not in dict(choices):
            asked = Region.objects.visible_to(self.by).filter(pk=code[:13]).first()
            choices += [(asked.pk, asked.title)] if asked else []
        return choices

    def clean_wilayah(self) -> str:
        """A region's code that the reader may read."""
        code: str = self.cleaned_data["wilayah"].strip()
        if code and not (self.by.access.may_read(code) and Region.objects.filter(pk=code).exists()):
            raise ValidationError(_("Wilayah ini tidak ada di daftar Anda."))
        return code

    def clean(self) -> dict[str, Any]:
        """Says beside the last day that the period ends before it starts."""
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("dari"), data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir tidak boleh sebelum tanggal awal."))
        return data

    @property
    def narrows(self) -> bool:
        """Whether any filter but the order is in use, or wrong."""
        return any(self.data.get(name) for name in self.fields if name != "urut")

    @property
    def folded(self) -> bool:
        """Whether one of those that are folded away is in use, or wrong."""
        return any(self.data.get(name) for name in ("jenis", "keparahan", "dari", "sampai", "urut"))

    def narrow(self, rows: IncidentQuerySet) -> IncidentQuerySet:
        """Those that fit, in the chosen order."""
        data = self.cleaned_data
        if words := data["cari"].strip():
            rows = rows.filter(
                Q(number__icontains=words)
                | Q(description__icontains=words)
                | Q(place__icontains=words)
            )
        if data["wilayah"]:
            rows = rows.within(data["wilayah"])
        if data["jenis"]:
            rows = rows.filter(category=data["jenis"])
        if data["keparahan"]:
            wanted = list(ALERTED) if data["keparahan"] == GRAVE else [data["keparahan"]]
            rows = rows.filter(severity__in=wanted)
        if data["keadaan"]:
            states = UNFINISHED if data["keadaan"] == OPEN else (data["keadaan"],)
            rows = rows.filter(state__in=states)
        if data["dari"]:
            rows = rows.filter(occurred_at__gte=_start_of(data["dari"]))
        if data["sampai"]:
            rows = rows.filter(occurred_at__lt=_start_of(data["sampai"] + timedelta(days=1)))
        return rows.order_by(*SORTS[data["urut"]])


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
