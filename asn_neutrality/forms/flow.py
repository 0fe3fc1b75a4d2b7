"""Forms of the flow: a case's next step, its legal kind, who leads it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from forkopimda.lib.forms import Choices, ConditionalField, style_widgets
from forkopimda.people.models import User

from ..actions.assignment import examiners_of
from ..conflicts import conflicted
from ..flow import (
    DATES,
    GRAVE,
    LABELS,
    LINE_LENGTH,
    LINES,
    TEXT_LENGTH,
    needed,
    possible_sanctions,
    recipients,
)
from ..models import Dismissal, State, Violation, ViolationClass
from .fields import Day, Prose
from .files import FilesField

if TYPE_CHECKING:
    from ..entries import OpenCase
    from ..models import Case
    from ..models.catalogue import Labelled


class SanctionField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """A sanction of the catalogue by its label."""

    def label_from_instance(self, obj: Any) -> str:
        """Its label, with its basis in law where the legal office has confirmed it."""
        return words_of(obj)


class StepForm(forms.Form):
    """What the step to `state` asks for. `arguments` is what `actions.move` takes."""

    required_css_class = "required"

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, case: Case, state: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.state = state
        self.ask = needed(case.state, state)
        self._add_choices(case)
        for name in self.ask.fields:
            self.fields[name] = _field(name, required=True)
        for name in self.ask.optional:
            self.fields[name] = _field(name, required=False)
        if "grounds" in self.ask.optional:
            self.fields["grounds"] = ConditionalField(
                label=LABELS["grounds"],
                max_length=TEXT_LENGTH,
                widget=forms.Textarea(attrs={"rows": 4}),
                help_text=_("Wajib, kecuali bila perkara dihentikan karena sudah tercatat."),
            )
        if self.ask.files:
            self.fields["files"] = FilesField(
                label=_("Pindaian surat, keputusan, atau bukti"),
                help_text=_("Ikut tersegel. Bila formulir ditolak, pilih lagi berkasnya."),
            )
        if state in GRAVE:
            self.fields["sure"] = forms.BooleanField(
                label=_(
                    "Saya sudah memeriksa isian ini. Langkah yang dicatat tidak dapat dihapus."
                ),
                error_messages={"required": _("Centang setelah memeriksa isian.")},
            )
        style_widgets(self)

    @property
    def arguments(self) -> dict[str, Any]:
        """What the action takes, from what was typed."""
        data = self.cleaned_data
        texts = {name: data.get(name) for name in (*self.ask.fields, *self.ask.optional)}
        return {
            "state": self.state,
            "details": {name: str(value) for name, value in texts.items() if value},
            "reason": data.get("reason", ""),
            "recipient": data.get("recipient", ""),
            "sanction": data.get("sanction"),
            "files": data.get("files", ()),
            "seen": data.get("seen"),
        }

    def _add_choices(self, case: Case) -> None:
        if self.state == State.DISMISSED:
            self.fields["reason"] = forms.ChoiceField(
                label=_("Alasan"), choices=Dismissal.choices, widget=Choices
            )
        if known := recipients(case.state, self.state):
            self.fields["recipient"] = forms.ChoiceField(
                label=_("Diteruskan ke"),
                choices=[(each.value, each.label) for each in known],
                initial=known[0] if len(known) == 1 else None,
                widget=Choices,
            )
        if self.state == State.SANCTIONED:
            self.fields["sanction"] = SanctionField(
                queryset=cast("Any", possible_sanctions(case.violation)),
                label=_("Sanksi"),
                empty_label=_("Pilih sanksi"),
                help_text=_(
                    "Yang tercantum hanya sanksi yang menurut katalog sesuai jenis pelanggarannya."
                ),
            )


class ViolationForm(forms.Form):
    """The legal kind, grouped by class."""

    required_css_class = "required"

    violation = forms.ChoiceField(label="")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = {str(row.pk): row for row in Violation.objects.in_force().order_by("code")}
        field = cast(forms.ChoiceField, self.fields["violation"])
        field.label = _("Jenis pelanggaran menurut kajian")
        field.choices = [
            ("", _("Pilih jenis pelanggaran")),
            *(
                (label, [(pk, words_of(row)) for pk, row in self.rows.items() if _is(row, group)])
                for group, label in ViolationClass.choices
            ),
        ]
        style_widgets(self)

    def clean_violation(self) -> Violation:
        """The version of the catalogue that was chosen."""
        chosen: Violation = self.rows[self.cleaned_data["violation"]]
        return chosen


class LeadForm(forms.Form):
    """Who leads the case, among its examiners without a conflict of interest."""

    lead: forms.ModelChoiceField[Any] = forms.ModelChoiceField(
        queryset=User.objects.none(), required=False
    )

    def __init__(self, *args: Any, opened: OpenCase, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        examiners = examiners_of(opened.case)
        barred = conflicted(opened, examiners.values_list("pk", flat=True))
        field = cast("forms.ModelChoiceField[Any]", self.fields["lead"])
        field.queryset = examiners.exclude(pk__in=barred).order_by("display_name", "pk")
        field.label = _("Penanggung jawab")
        field.empty_label = _("Belum ditetapkan")
        style_widgets(self)


def words_of(row: Labelled) -> str:
    """A line of the catalogue for examiners: its basis in law only where that is confirmed."""
    words = f"{row.code} · {row.label}"
    return f"{words} ({row.legal_basis})" if row.is_confirmed and row.legal_basis else words


def locked() -> ValidationError:
    """What a form says when the key was locked while it was filled in."""
    return ValidationError(
        _(
            "Kunci Anda sudah terkunci atau berkas perkara belum dibuka. Isian masih ada di bawah: "
            "buka kunci dan berkasnya di tab lain, lalu kirim lagi dari sini."
        )
    )


def _is(row: Violation, group: str) -> bool:
    return row.violation_class == group


def _field(name: str, *, required: bool) -> forms.Field:
    if name in DATES:
        return Day(label=LABELS[name], required=required)
    if name in LINES:
        return forms.CharField(label=LABELS[name], max_length=LINE_LENGTH, required=required)
    return Prose(label=LABELS[name], rows=4, longest=TEXT_LENGTH, required=required)
