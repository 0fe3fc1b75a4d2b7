"""The forms by which the secretariat plans, changes and cancels a meeting."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.authority import REGENCY_LENGTH, Actor
from forkopimda.lib.forms import Form, style_widgets
from forkopimda.people.models import Institution, Role
from forkopimda.regions.models import Level, Region, RegionQuerySet, ancestors, under

from .models import Kind, Meeting


def moment_field(label: Any) -> forms.DateTimeField:
    """A day and an hour, by the browser's own control."""
    widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
    return forms.DateTimeField(label=label, widget=widget)


class MeetingForm(forms.Form):
    """What, where and when. Hours are those of the clocks in the meeting's region."""

    title = forms.CharField(label=_("Judul"), max_length=200)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Kind.choices)
    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none())
    place = forms.CharField(label=_("Tempat"), max_length=200)
    starts_at = moment_field(_("Mulai"))
    ends_at = moment_field(pgettext_lazy("waktu", "Selesai"))
    chair = forms.ModelChoiceField(
        label=_("Pimpinan rapat"),
        queryset=Institution.objects.none(),
        required=False,
        empty_label=_("Ketua forum di wilayah rapat"),
        help_text=_("Lembaga yang memimpin rapat dan menyetujui notulen."),
    )
    quorum = forms.IntegerField(
        label=_("Kuorum"),
        min_value=1,
        max_value=1000,
        required=False,
        help_text=_("Jumlah undangan yang harus hadir. Kosong: lebih dari separuh."),
    )
    restricted = forms.BooleanField(
        label=_("Rapat tertutup"),
        required=False,
        help_text=_("Hanya dapat dibaca oleh yang diundang, sekretariat, dan auditor."),
    )
    note = forms.CharField(
        label=_("Keterangan"),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=64)

    def __init__(
        self, data: Any = None, *, by: Actor, meeting: Meeting | None = None, **kwargs: Any
    ) -> None:
        self.meeting = meeting
        regions = regions_for(by, meeting)
        initial = initial_of(meeting) if meeting else {"region": regions.first()}
        super().__init__(data, initial=initial, **kwargs)
        cast("forms.ModelChoiceField[Region]", self.fields["region"]).queryset = regions
        chair = cast("forms.ModelChoiceField[Institution]", self.fields["chair"])
        chair.queryset = chairs_for(by, meeting)
        style_widgets(self)

    def clean(self) -> dict[str, Any]:
        """Takes the hours as those of the region's clocks, wherever the secretariat sits."""
        data: dict[str, Any] = self.cleaned_data
        if self.meeting is None:
            data.pop("seen", None)
        if region := data.get("region"):
            zone = Meeting(region=region).zone
            for name in ("starts_at", "ends_at"):
                if name in data:
                    data[name] = data[name].replace(tzinfo=zone)
        return data


def regions_for(by: Actor, meeting: Meeting | None) -> RegionQuerySet:
    """Where the reader may plan. Kecamatan are offered by their regency, not by the country."""
    scopes = by.access.scopes(Role.SECRETARIAT)
    levels = [Level.PROVINCE, Level.REGENCY]
    if all(len(scope) >= REGENCY_LENGTH for scope in scopes):
        levels.append(Level.KECAMATAN)
    offered = Q(level__in=levels)
    if meeting is not None:
        offered |= Q(pk=meeting.region_id)
    return Region.objects.filter(offered, under("code", scopes))


def chairs_for(by: Actor, meeting: Meeting | None) -> QuerySet[Institution]:
    """Who may lead: institutions of the meeting's region and of those around it. Before the
    region is chosen, those of the reader's own regions; of a whole country, none by name."""
    if meeting is not None:
        return Institution.objects.filter(region__in=ancestors(meeting.region_id))
    scopes = by.access.scopes(Role.SECRETARIAT)
    local = [scope for scope in scopes if len(scope) >= REGENCY_LENGTH]
    around = [code for scope in scopes if scope for code in ancestors(scope)]
    return Institution.objects.filter(under("region_id", local) | Q(region__in=around))


def initial_of(meeting: Meeting) -> dict[str, Any]:
    """The meeting as the form shows it."""
    names = ("title", "kind", "region", "place", "chair", "quorum", "restricted", "note")
    moments = {
        name: timezone.localtime(getattr(meeting, name), meeting.zone).replace(tzinfo=None)
        for name in ("starts_at", "ends_at")
    }
    shown = {name: getattr(meeting, name) for name in names}
    return {**shown, **moments, "seen": meeting.plan_mark}


class AgendaItemForm(Form):
    """A point of the agenda."""

    title = forms.CharField(label=_("Acara"), max_length=200)
    presenter = forms.CharField(label=_("Penyaji"), max_length=120, required=False)


class CancelForm(Form):
    """Why a meeting does not take place."""

    reason = forms.CharField(
        label=_("Alasan pembatalan"),
        max_length=300,
        help_text=_("Dibaca oleh semua yang diundang."),
    )
