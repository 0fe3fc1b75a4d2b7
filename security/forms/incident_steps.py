"""Forms on an incident's page: its next state, its severity, notes, what it belongs with."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import Actor, may
from forkopimda.lib.forms import Choices, ConditionalField, Form, style_widgets

from ..models import Incident, IncidentSeverity, IncidentState, Referral

NOTE_LENGTH = 2000
KECAMATAN_LENGTH = len("12.19.08")

#: How the way to a state is called; opening a closed or rejected one again has its own words.
STEPS = {
    IncidentState.VERIFIED: _("Verifikasi: benar terjadi"),
    IncidentState.HANDLED: _("Sedang ditangani"),
    IncidentState.REFERRED: _("Rujuk ke lembaga lain"),
    IncidentState.CLOSED: _("Selesai"),
    IncidentState.REJECTED: _("Laporan tidak benar"),
    IncidentState.REPORTED: _("Buka kembali"),
}


class StepForm(forms.Form):
    """The next state, with what it needs."""

    state = forms.ChoiceField(label=_("Langkah berikutnya"), widget=Choices)
    referred_to = forms.ChoiceField(
        label=_("Dirujuk kepada"),
        required=False,
        choices=[("", _("Pilih penerima rujukan")), *Referral.choices],
    )
    note = ConditionalField(
        label=_("Catatan"),
        max_length=NOTE_LENGTH,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Wajib bila dirujuk, selesai, tidak benar, atau dibuka kembali."),
    )
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)

    def __init__(self, data: Any = None, *, incident: Incident, by: Actor) -> None:
        super().__init__(data, initial={"seen": incident.state})
        field = cast(forms.ChoiceField, self.fields["state"])
        field.choices = list(step_choices(incident, by))
        if IncidentState.REFERRED not in dict(field.choices):
            del self.fields["referred_to"]
        style_widgets(self)

    @property
    def open(self) -> bool:
        """Whether there is a step to choose."""
        return bool(cast(forms.ChoiceField, self.fields["state"]).choices)


def step_choices(incident: Incident, by: Actor) -> list[tuple[str, Any]]:
    """The steps that the reader may take from the incident's present state."""
    if not may(by, "security.work_incident", incident):
        return []
    choices = []
    for state in incident.next_states:
        if state == IncidentState.DUPLICATE:
            continue
        if state == IncidentState.VERIFIED and not may(by, "security.verify_incident", incident):
            continue
        again = incident.state == IncidentState.CLOSED
        choices.append((str(state), _("Buka kembali") if again else STEPS[IncidentState(state)]))
    return choices


class SeverityForm(Form):
    """Another severity, and why."""

    severity = forms.ChoiceField(
        label=_("Keparahan"), choices=IncidentSeverity.choices, widget=Choices
    )
    note = forms.CharField(
        label=_("Alasan"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2})
    )


class NoteForm(Form):
    """A remark."""

    note = forms.CharField(
        label=_("Catatan"), max_length=NOTE_LENGTH, widget=forms.Textarea(attrs={"rows": 2})
    )


class DuplicateForm(Form):
    """Which incident had told of it already."""

    number = forms.CharField(label=_("Nomor insiden aslinya"), max_length=30)
    note = forms.CharField(label=_("Catatan"), max_length=1000, required=False)
    seen = forms.CharField(widget=forms.HiddenInput, required=False, max_length=10)


class StationForm(forms.Form):
    """A polling station of the incident's kecamatan."""

    station = forms.ModelChoiceField(
        label=_("TPS"),
        queryset=PollingStation.objects.none(),
        required=False,
        empty_label=_("Tidak di TPS"),
    )

    def __init__(self, data: Any = None, *, incident: Incident, by: Actor) -> None:
        super().__init__(data, initial={"station": incident.station_id})
        kecamatan = str(incident.region_id)[:KECAMATAN_LENGTH]
        stations = PollingStation.objects.visible_to(by).in_use().within(kecamatan)
        field = cast("forms.ModelChoiceField[PollingStation]", self.fields["station"])
        field.queryset = stations.select_related("village").order_by("village__name", "number")
        style_widgets(self)


class CaseForm(Form):
    """The number of a neutrality case."""

    number = forms.CharField(label=_("Nomor perkara netralitas"), max_length=40)
