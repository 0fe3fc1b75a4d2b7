"""Forms of decisions and of what follows from them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.authority import Actor
from forkopimda.lib.forms import Choices, ConditionalField, Form, style_widgets
from forkopimda.people.models import Institution
from forkopimda.regions.models import Level, Region

from .actions.follow import STEPS
from .filters import institutions_for
from .models import AgendaItem, Decision, FollowUp, FollowUpState

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from .models import Meeting

    ModelChoiceField = forms.ModelChoiceField[Any]
else:  # Django's own class takes no type argument when it runs
    ModelChoiceField = forms.ModelChoiceField


class PartField(ModelChoiceField):
    """A part of the meeting, or a place, that may be left out."""

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label, queryset=Region.objects.none(), required=False, empty_label=_("tidak ada")
        )


class DecisionForm(forms.Form):
    """What was decided, and on which point of the agenda."""

    text = forms.CharField(
        label=_("Keputusan"), max_length=4000, widget=forms.Textarea(attrs={"rows": 4})
    )
    item = PartField(_("Acara"))

    def __init__(self, data: Any = None, *, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        offer(self, "item", AgendaItem.objects.filter(meeting=meeting))
        style_widgets(self)


class FollowUpForm(forms.Form):
    """Who does what by when."""

    task = forms.CharField(
        label=_("Tindak lanjut"), max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    institution = forms.ModelChoiceField(
        label=_("Penanggung jawab"), queryset=Institution.objects.none()
    )
    person = forms.CharField(label=_("Pelaksana"), max_length=120, required=False)
    due_on = forms.DateField(
        label=_("Tenggat"),
        input_formats=["%Y-%m-%d"],
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
    )
    decision = PartField(_("Keputusan"))
    item = PartField(_("Acara"))
    place = PartField(_("Kecamatan"))

    def __init__(
        self, data: Any = None, *, by: Actor, meeting: Meeting, row: FollowUp | None = None
    ) -> None:
        initial = {name: getattr(row, name) for name in self.base_fields} if row else None
        super().__init__(data, initial=initial)
        institutions = institutions_for(by)
        if row is not None:
            institutions = institutions | Institution.objects.filter(pk=row.institution_id)
        offer(self, "institution", institutions)
        offer(self, "decision", Decision.objects.filter(meeting=meeting))
        offer(self, "item", AgendaItem.objects.filter(meeting=meeting))
        kecamatan = Region.objects.filter(level=Level.KECAMATAN)
        offer(self, "place", kecamatan.filter(code__startswith=meeting.region_id).order_by("name"))
        style_widgets(self)


class StepForm(forms.Form):
    """Where a follow-up goes next, and the words that go with it."""

    state = forms.ChoiceField(label=_("Keadaan baru"), widget=Choices)
    text = ConditionalField(
        label=_("Keterangan"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "Selesai: tuliskan buktinya. Dibatalkan atau dibuka kembali: tuliskan alasannya."
        ),
    )

    def __init__(self, data: Any = None, *, row: FollowUp) -> None:
        super().__init__(data, auto_id="langkah-%s")
        states = dict(FollowUpState.choices)
        field = cast(forms.ChoiceField, self.fields["state"])
        # Any state is read: where it went meanwhile is for the action to say.
        field.choices = FollowUpState.choices
        field.widget.choices = [(state, states[state]) for state in STEPS[row.state]]
        style_widgets(self)


class NoteForm(Form):
    """A remark."""

    text = forms.CharField(
        label=_("Catatan"), max_length=2000, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, data: Any = None) -> None:
        super().__init__(data, auto_id="catatan-%s")


def offer(form: forms.Form, name: str, rows: QuerySet[Any]) -> None:
    """Sets what a field has to choose from."""
    cast("forms.ModelChoiceField[Any]", form.fields[name]).queryset = rows
