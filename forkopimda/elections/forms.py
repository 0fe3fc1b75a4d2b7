"""The form of an election."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import style_widgets
from forkopimda.regions.models import Level, Region, RegionQuerySet, under

from .models import Election, Kind
from .rules import KEEPERS


class ElectionForm(forms.Form):
    """Which election, where, when."""

    name = forms.CharField(label=_("Nama"), max_length=200)
    kind = forms.ChoiceField(label=_("Jenis"), choices=Kind.choices)
    region = forms.ModelChoiceField(label=_("Wilayah"), queryset=Region.objects.none())
    voting_day = forms.DateField(
        label=_("Hari pemungutan suara"),
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )

    def __init__(
        self, data: Any = None, *, by: Actor, election: Election | None = None, **kwargs: Any
    ) -> None:
        regions = regions_for(by)
        names = self.base_fields if election else ()
        initial = {name: getattr(election, name) for name in names} or {"region": regions.first()}
        super().__init__(data, initial=initial, **kwargs)
        cast("forms.ModelChoiceField[Region]", self.fields["region"]).queryset = regions
        style_widgets(self)


def regions_for(by: Actor) -> RegionQuerySet:
    """Provinces and regencies whose elections the reader keeps."""
    levels = [Level.PROVINCE, Level.REGENCY]
    scopes = by.access.scopes(*KEEPERS)
    return Region.objects.filter(under("code", scopes), level__in=levels)
