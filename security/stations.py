"""Polling stations with their classes in force, narrowed and listed for a reader."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.paginator import Paginator
from django.db.models import Case, F, FilteredRelation, IntegerField, Q, Value, When
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.elections.models import PollingStation
from forkopimda.lib.forms import style_widgets

from .models import StationClass

if TYPE_CHECKING:
    from collections.abc import Mapping

    from forkopimda.elections.models.station import StationQuerySet

    BasePaginator = Paginator[PollingStation]
else:  # Django's own class takes no type argument when it runs
    BasePaginator = Paginator

PER_PAGE = 25
#: How deep a list goes; whoever seeks further narrows it down.
DEEPEST = 2_000
#: Up to how many stations are sorted by class.
SORTED_MOST = 60_000
GRAVEST_FIRST = (StationClass.SPECIAL, StationClass.HIGH, StationClass.RISK, StationClass.LOW)
NO_CLASS = "belum"


def with_class(stations: StationQuerySet) -> StationQuerySet:
    """Adds the rating in force as `current`, or nothing where a station has no class."""
    in_force = FilteredRelation("ratings", condition=Q(ratings__valid_until=None))
    return stations.annotate(current=in_force)


class StationFilters(forms.Form):
    """Words, class, and what a station has or lacks. Field names are those of the address."""

    cari = forms.CharField(
        label=_("Cari desa atau nomor"),
        max_length=100,
        required=False,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": _("mis. Tanjung 3")}),
    )
    kelas = forms.ChoiceField(
        label=_("Kelas"),
        required=False,
        choices=[
            ("", _("Semua kelas")),
            *[(each.value, each.label) for each in GRAVEST_FIRST],
            (NO_CLASS, _("Belum dikelaskan")),
        ],
    )
    keadaan = forms.ChoiceField(
        label=pgettext_lazy("saringan TPS", "Tampilkan"),
        required=False,
        choices=[
            ("", _("Yang dipakai")),
            ("khusus", _("Lokasi khusus")),
            ("tanpa-titik", _("Tanpa titik di peta")),
            ("tidak-dipakai", _("Yang tidak dipakai lagi")),
        ],
    )
    urut = forms.ChoiceField(
        label=_("Urutkan menurut"),
        required=False,
        choices=[("", _("wilayah dan nomor")), ("kelas", _("kelas tertinggi"))],
    )

    def __init__(self, data: Any) -> None:
        super().__init__(data)
        style_widgets(self)

    @property
    def narrows(self) -> bool:
        """Whether anything is chosen."""
        return any(self.data.get(name) for name in ("cari", "kelas", "keadaan"))

    def total(self, counted: Mapping[str, int]) -> int | None:
        """How many fit, by the region's stations of each class, where these tell; else None."""
        data = self.cleaned_data
        if data["cari"].strip() or data["keadaan"]:
            return None
        if not data["kelas"]:
            return sum(counted.values())
        return counted.get("" if data["kelas"] == NO_CLASS else data["kelas"], 0)

    def narrow(self, stations: StationQuerySet) -> StationQuerySet:
        """Those that fit, with their class."""
        data = self.cleaned_data
        rows = with_class(stations)
        rows = rows.filter(in_use=data["keadaan"] != "tidak-dipakai")
        if data["keadaan"] == "khusus":
            rows = rows.filter(special=True)
        elif data["keadaan"] == "tanpa-titik":
            rows = rows.filter(latitude=None)
        if data["kelas"] == NO_CLASS:
            rows = rows.filter(current=None)
        elif data["kelas"]:
            rows = rows.filter(current__risk_class=data["kelas"])
        return rows.matching(data["cari"]) if data["cari"].strip() else rows

    def sorts_by_class(self, all_stations: int) -> bool:
        """Whether that is asked for in a region small enough for it."""
        asked = self.is_valid() and self.cleaned_data["urut"] == "kelas"
        return asked and all_stations <= SORTED_MOST

    def order(self, stations: StationQuerySet, all_stations: int) -> StationQuerySet:
        """In the chosen order; by class only in regions of no more than `SORTED_MOST` stations."""
        if not self.sorts_by_class(all_stations):
            return stations.order_by("village_id", "number")
        ranks = [
            When(current__risk_class=each, then=Value(at)) for at, each in enumerate(GRAVEST_FIRST)
        ]
        rank = Case(*ranks, default=Value(len(GRAVEST_FIRST)), output_field=IntegerField())
        return stations.order_by(rank, "village_id", "number")


class BoundedPaginator(BasePaginator):
    """Pages of a list whose end is not looked for: it counts no further than `DEEPEST`."""

    def __init__(self, stations: StationQuerySet, total: int | None = None) -> None:
        self.known = total
        super().__init__(stations, PER_PAGE)

    @cached_property
    def found(self) -> int:
        """How many there are, at most one more than are listed."""
        if self.known is not None:
            return self.known
        stations: Any = self.object_list
        return int(stations.order_by()[: DEEPEST + 1].count())

    @cached_property
    def count(self) -> int:
        """How many are listed."""
        return min(self.found, DEEPEST)

    @property
    def is_cut(self) -> bool:
        """Whether there are more than are listed."""
        return self.found > DEEPEST


def with_names(stations: StationQuerySet) -> StationQuerySet:
    """Adds what a row shows: names of village and kecamatan, class and reasons in force."""
    return stations.select_related("village__parent").annotate(
        risk_class=F("current__risk_class"),
        reasons=F("current__reasons"),
        note=F("current__note"),
    )
