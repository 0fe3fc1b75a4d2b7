"""The police's form for a region's level, and the approver's for a proposal."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, ConditionalField, Form

from ..models import Level, ProposalState

if TYPE_CHECKING:
    from ..models import Assessment


class LevelChoices(Choices):
    """The levels with their signs and colours."""

    template_name = "security/level_choices.html"


class RatingForm(Form):
    """Level, reasons, note of evidence; `seen` is the rating that the officer was shown.

    With an assessment it asks why another level than the suggested one is chosen; `asesmen` carries
    the assessment's key. What was typed there is shown again even where the assessment fell away.
    """

    level = forms.ChoiceField(
        label=_("Tingkat kerawanan"), choices=Level.choices, widget=LevelChoices
    )
    reason = forms.CharField(
        label=_("Alasan"),
        max_length=2000,
        help_text=_("Apa yang terjadi atau berubah. Dibaca semua pejabat wilayah ini."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
    departure = ConditionalField(
        label=_("Alasan berbeda dari saran"),
        max_length=1000,
        help_text=_("Diisi bila tingkat yang dipilih bukan tingkat yang disarankan asesmen."),
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    evidence = forms.CharField(
        label=_("Catatan bukti"),
        max_length=2000,
        required=False,
        help_text=_("Nomor laporan, sumber, atau di mana bukti disimpan."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)
    asesmen = forms.CharField(widget=forms.HiddenInput, required=False)

    def __init__(self, *args: Any, assessment: Assessment | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.assessment = assessment
        if assessment is None and not self.data.get("departure"):
            del self.fields["departure"]

    def clean_seen(self) -> int:
        """0 where the region had no rating, or the field was left out."""
        return self.cleaned_data["seen"] or 0

    def values(self) -> dict[str, Any]:
        """What the actions take, once the form is valid."""
        typed = {name: self.cleaned_data[name] for name in ("level", "reason", "evidence", "seen")}
        departure = self.cleaned_data.get("departure", "")
        return {**typed, "assessment": self.assessment, "departure": departure}


class DecisionForm(Form):
    """The approver's remark; the button that was pressed says the decision. `seen` is the rating
    in force that they were shown."""

    APPROVE, RETURN = "setuju", "kembalikan"

    remark = ConditionalField(
        label=_("Catatan untuk pengusul"),
        max_length=1000,
        help_text=_("Wajib diisi bila usulan dikembalikan: apa yang perlu diperbaiki."),
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_seen(self) -> int:
        """0 where the region had no rating, or the field was left out."""
        return self.cleaned_data["seen"] or 0

    def clean(self) -> dict[str, Any]:
        """Adds `approve`, from the button."""
        data = super().clean() or self.cleaned_data
        pressed = self.data.get("putusan")
        if pressed not in {self.APPROVE, self.RETURN}:
            raise ValidationError(_("Pilih setujui atau kembalikan."))
        return {**data, "approve": pressed == self.APPROVE}


class ProposalFilter(forms.Form):
    """Narrows the list of proposals."""

    keadaan = forms.ChoiceField(choices=[("", ""), *ProposalState.choices], required=False)
    cari = forms.CharField(max_length=100, required=False, strip=True)


class DayForm(forms.Form):
    """A past day to look back at."""

    per = forms.DateField(required=False)
