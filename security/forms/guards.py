"""Forms of units and postings. Hours are those of the clocks in the posting's region."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from forkopimda.elections.models import PollingStation
from forkopimda.lib.forms import style_widgets
from forkopimda.meetings.filters import DayField
from forkopimda.regions.models import Region

from ..actions.units import UNIT_FIELDS, mark_of
from ..models import Unit, UnitKind
from ..models.guard import STRENGTH_MOST
from ..shortage import zone_of

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ..models.guard import PostingQuerySet, UnitQuerySet

MOMENT = "%Y-%m-%dT%H:%M"
FIRST, LAST = 2000, 2099
KINDS = [("", gettext_lazy("Semua jenis")), *UnitKind.choices]
VOTING_DUTY = time(6)


class MomentField(forms.DateTimeField):
    """A day and an hour, by the browser's own control."""

    def __init__(self, label: Any, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=MOMENT)
        super().__init__(
            label=label, widget=widget, input_formats=[MOMENT, f"{MOMENT}:%S"], **kwargs
        )

    def clean(self, value: Any) -> datetime | None:
        """Refuses years that no posting is in."""
        moment = cast("datetime | None", super().clean(value))
        if moment is not None and not FIRST <= moment.year <= LAST:
            raise forms.ValidationError(_("Tahunnya harus antara 2000 dan 2099."))
        return moment


class UnitForm(forms.Form):
    """A unit. Its region is chosen once."""

    region = forms.ModelChoiceField(
        label=gettext_lazy("Wilayah"),
        queryset=Region.objects.none(),
        empty_label=None,
        help_text=gettext_lazy("Satuan dapat ditempatkan di seluruh kabupaten/kotanya."),
    )
    kind = forms.ChoiceField(label=gettext_lazy("Jenis"), choices=UnitKind.choices)
    name = forms.CharField(label=gettext_lazy("Nama"), max_length=120)
    strength = forms.IntegerField(
        label=gettext_lazy("Kekuatan (orang)"),
        min_value=1,
        max_value=STRENGTH_MOST,
        help_text=gettext_lazy("Jumlah orang yang dapat ditempatkan pada satu waktu."),
    )
    phone = forms.CharField(
        label=gettext_lazy("Telepon piket"),
        max_length=30,
        required=False,
        widget=forms.TextInput(attrs={"type": "tel"}),
    )
    in_use = forms.BooleanField(label=gettext_lazy("Aktif"), required=False)
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    def __init__(
        self, data: Any = None, *, homes: QuerySet[Region] | None = None, unit: Unit | None = None
    ) -> None:
        initial = None
        if unit is not None:
            initial = {name: getattr(unit, name) for name in UNIT_FIELDS} | {"seen": mark_of(unit)}
        super().__init__(data, initial=initial)
        if unit is None:
            _offer(self, "region", homes)
            del self.fields["in_use"], self.fields["seen"]
        else:
            del self.fields["region"]
        style_widgets(self)


class PeriodForm(forms.Form):
    """A unit and a period, in one kecamatan."""

    unit = forms.ModelChoiceField(
        label=gettext_lazy("Satuan"),
        queryset=Unit.objects.none(),
        empty_label=gettext_lazy("pilih satuan"),
    )
    starts_at = MomentField(gettext_lazy("Mulai"))
    ends_at = MomentField(pgettext_lazy("waktu", "Sampai"))

    def __init__(
        self, data: Any = None, *, region: Region, initial: dict[str, Any] | None = None
    ) -> None:
        super().__init__(data, initial=initial)
        self.region = region
        self.offer()
        style_widgets(self)

    def offer(self) -> None:
        """Sets what there is to choose from; before the form is looked at."""
        _offer(self, "unit", units_for(self.region))
        cast("Any", self.fields["unit"]).label_from_instance = _named

    def clean(self) -> dict[str, Any]:
        """Takes the hours as those of the region's clocks; refuses a period that is over."""
        data: dict[str, Any] = self.cleaned_data
        for name in ("starts_at", "ends_at"):
            if data.get(name):
                data[name] = data[name].replace(tzinfo=zone_of(self.region))
        start, end = data.get("starts_at"), data.get("ends_at")
        if start and end and end <= start:
            self.add_error("ends_at", _("Akhir penempatan harus sesudah mulainya."))
        elif end and end <= timezone.now():
            self.add_error("ends_at", _("Waktu itu sudah lewat. Periksa tanggal dan tahunnya."))
        return data


class PostForm(PeriodForm):
    """People of a unit for stations of a kecamatan, or for the whole of it."""

    people = forms.IntegerField(
        label=gettext_lazy("Jumlah orang"), min_value=1, max_value=STRENGTH_MOST
    )
    note = forms.CharField(
        label=gettext_lazy("Tugas"),
        max_length=300,
        required=False,
        help_text=gettext_lazy("Misalnya: patroli wilayah, pengawalan logistik."),
    )
    stations = forms.ModelMultipleChoiceField(
        label=gettext_lazy("TPS yang dijaga"),
        queryset=PollingStation.objects.none(),
        required=False,
    )
    field_order = ["unit", "people", "starts_at", "ends_at", "note", "stations"]

    def offer(self) -> None:
        """Stations of the kecamatan too."""
        super().offer()
        stations = PollingStation.objects.in_use().within(self.region.pk)
        _offer(self, "stations", stations.select_related("village"))

    @property
    def chosen(self) -> set[str]:
        """Keys of the stations that are ticked, as texts."""
        return {str(getattr(value, "pk", value)) for value in self["stations"].value() or []}


class ShareForm(PeriodForm):
    """What is shared out automatically; `seen` marks the proposal that was shown."""

    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)


class UnitFilters(forms.Form):
    """Words and kind. Nothing chosen: all units."""

    cari = forms.CharField(label=gettext_lazy("Cari nama"), max_length=100, required=False)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False, choices=KINDS)

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        style_widgets(self)

    def narrow(self, units: UnitQuerySet) -> UnitQuerySet:
        """Those that fit."""
        data = self.cleaned_data
        if words := data["cari"].strip():
            units = units.filter(name__icontains=words)
        return units.filter(kind=data["jenis"]) if data["jenis"] else units


class PostingFilters(forms.Form):
    """Region, unit, kind and day. Nothing chosen: what stands now and later."""

    wilayah = forms.ChoiceField(label=gettext_lazy("Wilayah"), required=False)
    satuan = forms.CharField(label=gettext_lazy("Nama satuan"), max_length=100, required=False)
    jenis = forms.ChoiceField(label=gettext_lazy("Jenis"), required=False, choices=KINDS)
    hari = DayField(gettext_lazy("Hari"))

    def __init__(self, data: Any, *, regions: list[tuple[str, str]]) -> None:
        super().__init__(data)
        cast(forms.ChoiceField, self.fields["wilayah"]).choices = regions
        style_widgets(self)

    def narrow(self, postings: PostingQuerySet, region: Region | None) -> PostingQuerySet:
        """Those that fit; without a day those that have not ended."""
        data = self.cleaned_data
        if words := data["satuan"].strip():
            postings = postings.filter(unit__name__icontains=words)
        if data["jenis"]:
            postings = postings.filter(unit__kind=data["jenis"])
        if data["hari"]:
            return postings.during(*day_of(data["hari"], region))
        return postings.standing().filter(ends_at__gt=timezone.now())


class MomentForm(forms.Form):
    """The moment at which the overview looks."""

    per = MomentField(gettext_lazy("Keadaan pada"), required=False)

    def __init__(self, data: Any, *, region: Region | None) -> None:
        super().__init__(data)
        self.region = region
        style_widgets(self)

    def clean_per(self) -> datetime | None:
        """By the region's clocks."""
        moment: datetime | None = self.cleaned_data["per"]
        return moment.replace(tzinfo=zone_of(self.region)) if moment else None


def day_of(day: Any, region: Region | None) -> tuple[datetime, datetime]:
    """A day's two ends, by the region's clocks."""
    start = datetime.combine(day, time.min, tzinfo=zone_of(region))
    return start, start + timedelta(days=1)


def usual_period(moment: datetime, region: Region) -> dict[str, str]:
    """From six in the morning of the moment's day for a day, as the browser's control has it."""
    local = timezone.localtime(moment, zone_of(region))
    start = datetime.combine(local.date(), VOTING_DUTY)  # the region's wall clock
    return {
        "starts_at": start.strftime(MOMENT),
        "ends_at": (start + timedelta(days=1)).strftime(MOMENT),
    }


def units_for(region: Region) -> UnitQuerySet:
    """Units that may be posted in the region."""
    return Unit.objects.in_use().serving(region.pk).order_by("kind", "name")


def _named(unit: Unit) -> str:
    words = _("%(name)s (%(kind)s, %(strength)d orang)")
    return words % {
        "name": unit.name,
        "kind": unit.get_kind_display(),
        "strength": unit.strength,
    }


def _offer(form: Any, name: str, rows: Any) -> None:
    form.fields[name].queryset = rows
