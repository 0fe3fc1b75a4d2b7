"""What the list of meetings can be narrowed to. Field names are those of the page's address."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any, cast

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.authority import REGENCY_LENGTH, Actor
from forkopimda.lib.forms import style_widgets
from forkopimda.people.models import Institution
from forkopimda.people.models.institution import InstitutionQuerySet

from .models import Attendance, MinutesState, Stage
from .models.meeting import MeetingQuerySet

FIRST_DAY, LAST_DAY = date(2000, 1, 1), date(2099, 12, 31)
_in_range = [
    MinValueValidator(FIRST_DAY, _("Tahunnya harus antara 2000 dan 2099.")),
    MaxValueValidator(LAST_DAY, _("Tahunnya harus antara 2000 dan 2099.")),
]
STAGES = {
    "draf": Q(stage=Stage.DRAFT),
    "terkirim": Q(stage=Stage.SENT),
    "dibatalkan": Q(stage=Stage.CANCELLED),
    "notulen-disetujui": Q(minutes_state=MinutesState.APPROVED),
}


class DayField(forms.DateField):
    """A day, by the browser's own picker."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            input_formats=["%Y-%m-%d"],
            validators=_in_range,
            widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        )


class MeetingFilters(forms.Form):
    """Words, time, institution, stage and period. Nothing chosen: all meetings."""

    cari = forms.CharField(label=_("Cari"), max_length=100, required=False)
    waktu = forms.ChoiceField(
        label=_("Tampilkan"),
        required=False,
        choices=[("", _("Semua")), ("mendatang", _("Mendatang")), ("lewat", _("Sudah lewat"))],
    )
    lembaga = forms.ModelChoiceField(
        label=_("Lembaga"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Semua lembaga"),
    )
    tahap = forms.ChoiceField(
        label=_("Tahap"),
        required=False,
        choices=[
            ("", _("Semua tahap")),
            ("draf", Stage.DRAFT.label),
            ("terkirim", Stage.SENT.label),
            ("dibatalkan", Stage.CANCELLED.label),
            ("notulen-disetujui", _("Notulen disetujui")),
        ],
    )
    dari = DayField(_("Dari tanggal"))
    sampai = DayField(_("Sampai tanggal"))

    def __init__(self, data: Any, *, by: Actor) -> None:
        super().__init__(data)
        field = cast("forms.ModelChoiceField[Institution]", self.fields["lembaga"])
        field.queryset = institutions_for(by)
        style_widgets(self)

    def clean(self) -> dict[str, Any]:
        """Says beside the last day that the period ends before it starts."""
        data: dict[str, Any] = self.cleaned_data
        first, last = data.get("dari"), data.get("sampai")
        if first and last and last < first:
            self.add_error("sampai", _("Tanggal akhir tidak boleh sebelum tanggal awal."))
        return data

    @property
    def words(self) -> str:
        """What is searched for."""
        return str(self.cleaned_data.get("cari", ""))

    @property
    def when(self) -> str:
        """Which of all, upcoming and past ones are shown."""
        return str(self.cleaned_data.get("waktu", ""))

    @property
    def narrows(self) -> bool:
        """Whether one of the fields that are folded away is in use, or wrong."""
        names = ("lembaga", "tahap", "dari", "sampai")
        return any(self.data.get(name) for name in names)

    def narrow(self, meetings: MeetingQuerySet) -> MeetingQuerySet:
        """Those meetings that fit; the next one first among upcoming ones, else newest first."""
        data = self.cleaned_data
        meetings = meetings.matching(self.words)
        if data["lembaga"]:
            invited = Attendance.objects.filter(institution=data["lembaga"], removed_at=None)
            meetings = meetings.filter(
                Q(chair=data["lembaga"]) | Q(pk__in=invited.order_by().values("meeting"))
            )
        if data["tahap"]:
            meetings = meetings.filter(STAGES[data["tahap"]])
        if data["dari"]:
            meetings = meetings.filter(starts_at__gte=_start_of(data["dari"]))
        if data["sampai"]:
            next_day = data["sampai"] + timedelta(days=1)
            meetings = meetings.filter(starts_at__lt=_start_of(next_day))
        if self.when == "mendatang":
            return meetings.upcoming()
        return meetings.past() if self.when == "lewat" else meetings


def institutions_for(by: Actor) -> InstitutionQuerySet:
    """Institutions to choose from: those of the reader's regencies; for who serves a province or
    the country, those of that level itself, not of hundreds of regencies."""
    prefixes = by.access.reads()
    institutions = Institution.objects.visible_to(by)
    if all(len(prefix) >= REGENCY_LENGTH for prefix in prefixes):
        return institutions
    return institutions.filter(region__in=prefixes)


def _start_of(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
