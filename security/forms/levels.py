"""The police's form for a region's level."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, Form

from ..models import Level


class LevelChoices(Choices):
    """The levels with their signs and colours."""

    template_name = "security/level_choices.html"


class RatingForm(Form):
    """Level, reason, note of evidence; `seen` is the rating that the officer was shown."""

    level = forms.ChoiceField(
        label=_("Tingkat kerawanan"), choices=Level.choices, widget=LevelChoices
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=2000,
        help_text=_("Apa yang terjadi atau berubah. Dibaca semua pejabat wilayah ini."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    evidence = forms.CharField(
        label=_("Catatan bukti"),
        max_length=2000,
        required=False,
        help_text=_("Nomor laporan, sumber, atau di mana bukti disimpan."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_seen(self) -> int:
        """0 where the region had no rating, or the field was left out."""
        return self.cleaned_data["seen"] or 0


class DayForm(forms.Form):
    """A past day to look back at."""

    per = forms.DateField(required=False)
