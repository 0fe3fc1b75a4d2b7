"""The examiner's forms. None has a field for a name or a text: see models.py."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import Form, style_widgets
from forkopimda.people.models import Role
from forkopimda.regions.models import Level, Region, RegionQuerySet, under

from .models import REACHABLE, Dismissal, Kind


class CaseForm(forms.Form):
    """What was reported, where and when it came in."""

    kind = forms.ChoiceField(
        label=_("Jenis dugaan"), choices=[("", _("Pilih jenis dugaan")), *Kind.choices]
    )
    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none())
    received_on = forms.DateField(
        label=_("Diterima tanggal"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(self, data: Any = None, *, by: Actor, **kwargs: Any) -> None:
        regions = regions_for(by)
        initial = {"region": regions.first(), "received_on": timezone.localdate()}
        super().__init__(data, initial=initial, **kwargs)
        cast("forms.ModelChoiceField[Region]", self.fields["region"]).queryset = regions
        style_widgets(self)


def regions_for(by: Actor) -> RegionQuerySet:
    """Where the reader opens cases: regencies and provinces, whose heads are the authority."""
    scopes = by.access.scopes(Role.ASN_EXAMINER)
    levels = [Level.PROVINCE, Level.REGENCY]
    return Region.objects.filter(under("code", scopes), level__in=levels)


class DismissalForm(Form):
    """Why a case ends before it is decided."""

    reason = forms.ChoiceField(
        label=_("Alasan"), choices=[("", _("Pilih alasan")), *Dismissal.choices]
    )


class FilterForm(Form):
    """Which cases the register shows. What it does not know, it takes as "all"."""

    cari = forms.CharField(label=_("Nomor"), required=False, max_length=40)
    keadaan = forms.ChoiceField(
        label=_("Keadaan"),
        required=False,
        choices=[("", _("Semua")), *((state.value, state.label) for state in REACHABLE)],
    )
    jenis = forms.ChoiceField(
        label=_("Jenis dugaan"), required=False, choices=[("", _("Semua")), *Kind.choices]
    )

    def chosen(self) -> dict[str, str]:
        """The model's fields to filter by."""
        asked = self.cleaned_data if self.is_valid() else {}
        fields = {
            "number__icontains": asked.get("cari"),
            "state": asked.get("keadaan"),
            "kind": asked.get("jenis"),
        }
        return {name: value for name, value in fields.items() if value}
