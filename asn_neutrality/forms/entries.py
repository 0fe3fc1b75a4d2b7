"""What examiners write into the file of a case: one form per kind of entry.

`content` of each gives the JSON fields that entries.py lists.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils import formats, timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.lib.authority import REGENCY_LENGTH
from forkopimda.lib.forms import Choices, ConditionalField, style_widgets

from ..actions.writing import today_in
from ..models import CivilUnit, Entry, EntryKind, Sanction, SanctionClass
from .fields import LONGEST, Day, Prose, new_token
from .files import FilesField

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from ..models import Case

NAME_LENGTH = 150
#: Entries that a correction can choose among, newest first.
MOST_ENTRIES = 200
CORRECTABLE = tuple(
    kind
    for kind in EntryKind
    if kind not in {EntryKind.IDENTITY, EntryKind.CORRECTION, EntryKind.STEP}
)
WHO_ASKED = [
    ("reporter", gettext_lazy("Pelapor")),
    ("accused", gettext_lazy("Pihak yang dilaporkan")),
    ("examiner", gettext_lazy("Pemeriksa")),
]


class EntryForm(forms.Form):
    """What all have: the form's token, and files."""

    token = forms.CharField(
        required=False, max_length=64, initial=new_token, widget=forms.HiddenInput
    )

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        self.case = case
        super().__init__(*args, **kwargs)
        self.fields["files"] = FilesField(
            label=_("Lampiran"),
            help_text=_(
                "PDF, foto, atau dokumen kantor; ikut tersegel. "
                "Bila formulir ditolak, pilih lagi berkasnya."
            ),
        )
        self.offer()
        style_widgets(self)

    def offer(self) -> None:
        """Fills in the choices that depend on the case."""

    def clean_token(self) -> str:
        """The form's token; a form without one is a new one."""
        return self.cleaned_data["token"] or new_token()

    @property
    def content(self) -> dict[str, Any]:
        """The fields that are sealed."""
        own = {name: self.cleaned_data[name] for name in self.base_fields if name != "token"}
        return {name: _plain(value) for name, value in own.items()}

    def _check_not_later(self, *names: str) -> None:
        today = today_in(self.case.region)
        for name in names:
            day: date | None = self.cleaned_data.get(name)
            if day is not None and day > today:
                self.add_error(name, _("Tanggal ini belum tiba."))


class NoteForm(EntryForm):
    """A note of the examiners to themselves."""

    text = Prose(label=gettext_lazy("Catatan"))


class AccusedForm(EntryForm):
    """Who is reported, as far as it is known today."""

    name = forms.CharField(label=gettext_lazy("Nama"), max_length=NAME_LENGTH, required=False)
    office = forms.CharField(label=gettext_lazy("Jabatan"), max_length=NAME_LENGTH, required=False)
    unit_id = forms.ModelChoiceField(
        CivilUnit.objects.none(),
        label=gettext_lazy("Unit kerja"),
        required=False,
        empty_label=gettext_lazy("Tidak ada dalam daftar, atau belum diketahui"),
        help_text=gettext_lazy(
            "Pemeriksa yang bertugas di unit ini langsung keluar dari perkara, termasuk Anda."
        ),
    )
    unit = forms.CharField(
        label=gettext_lazy("Unit kerja di luar daftar"), max_length=NAME_LENGTH, required=False
    )
    note = Prose(label=gettext_lazy("Keterangan"), rows=3, required=False)

    def offer(self) -> None:
        """The units of the regency. Past ones too: somebody may have served there."""
        units = CivilUnit.objects.within(self.case.region_id[:REGENCY_LENGTH])
        cast(Any, self.fields["unit_id"]).queryset = units

    def clean(self) -> dict[str, Any]:
        """Something must be known of them; a unit of the list goes by its name there."""
        data: dict[str, Any] = self.cleaned_data
        unit: CivilUnit | None = data.get("unit_id")
        if unit is not None:
            data["unit"] = unit.name
        if not self.errors and not any(data.get(name) for name in ("name", "office", "unit")):
            raise ValidationError(_("Isi nama, jabatan, atau unit kerja."))
        return data


class StatementForm(EntryForm):
    """What a witness or the reporter stated to the examiners."""

    who = forms.CharField(label=gettext_lazy("Yang memberi keterangan"), max_length=NAME_LENGTH)
    on = Day(label=gettext_lazy("Tanggal"))
    text = Prose(label=gettext_lazy("Keterangan"), rows=10)

    def clean(self) -> dict[str, Any]:
        """Nobody has stated anything on a day to come."""
        self._check_not_later("on")
        return self.cleaned_data


class HearingForm(EntryForm):
    """The record of hearing the accused; who does not come must have been called twice."""

    on = Day(label=gettext_lazy("Tanggal pemeriksaan"))
    attended = forms.ChoiceField(
        label=gettext_lazy("Kehadiran"),
        choices=[("yes", gettext_lazy("Hadir")), ("no", gettext_lazy("Tidak hadir"))],
        widget=Choices,
    )
    text = ConditionalField(
        label=gettext_lazy("Keterangan pihak yang dilaporkan"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy("Diperlukan bila hadir, dengan kata-katanya sendiri."),
    )
    first_call = Day(label=gettext_lazy("Tanggal panggilan pertama"), required=False)
    second_call = Day(
        label=gettext_lazy("Tanggal panggilan kedua"),
        required=False,
        help_text=gettext_lazy("Bila tidak hadir, kedua tanggal panggilan diperlukan."),
    )

    def clean(self) -> dict[str, Any]:
        """What is needed depends on whether they came."""
        data: dict[str, Any] = self.cleaned_data
        self._check_not_later("on", "first_call", "second_call")
        if data.get("attended") == "yes" and not data.get("text") and "text" not in self.errors:
            self.add_error("text", _("Tulis keterangan pihak yang dilaporkan."))
        if data.get("attended") == "no":
            for name in ("first_call", "second_call"):
                if not data.get(name) and name not in self.errors:
                    self.add_error(name, _("Isi tanggal panggilan."))
        first, second, day = (data.get(n) for n in ("first_call", "second_call", "on"))
        if first and second and second <= first:
            self.add_error("second_call", _("Panggilan kedua harus setelah panggilan pertama."))
        elif second and day and second > day:
            self.add_error("second_call", _("Panggilan kedua harus sebelum pemeriksaan."))
        return data

    @property
    def content(self) -> dict[str, Any]:
        """The fields that are sealed."""
        data = self.cleaned_data
        calls = [data[name] for name in ("first_call", "second_call") if data.get(name)]
        return {
            "on": _plain(data["on"]),
            "attended": data["attended"] == "yes",
            "called": [_plain(day) for day in calls],
            "text": data["text"].replace("\r\n", "\n"),
        }


class CorrectionForm(EntryForm):
    """A correction of an earlier entry, asked for by either side. The entry itself stays."""

    of = forms.ChoiceField(label=gettext_lazy("Yang dikoreksi"))
    asked_by = forms.ChoiceField(
        label=gettext_lazy("Diminta oleh"), choices=WHO_ASKED, widget=Choices
    )
    text = Prose(label=gettext_lazy("Isi koreksi"), rows=8)

    def offer(self) -> None:
        """The entries of the case, by what they are and when."""
        entries = Entry.objects.filter(case=self.case, kind__in=CORRECTABLE).defer("sealed")
        shown = entries.order_by("-serial")[:MOST_ENTRIES]
        cast(Any, self.fields["of"]).choices = [
            ("", _("Pilih isi berkas")),
            *((str(entry.pk), _in_list(entry)) for entry in shown),
        ]


class StudyForm(EntryForm):
    """The study: what is alleged, what was found, how it weighs, what follows."""

    allegation = Prose(
        label=gettext_lazy("Uraian dugaan"),
        help_text=gettext_lazy(
            "Dengan kata-kata pemeriksa. Kajian dicetak: jangan menyebut pelapor atau apa pun "
            "yang menunjuk kepadanya."
        ),
    )
    facts = Prose(label=gettext_lazy("Fakta"), rows=10)
    analysis = Prose(label=gettext_lazy("Analisis"), rows=10)
    conclusion = Prose(label=gettext_lazy("Kesimpulan"))


class RecommendationForm(EntryForm):
    """What is recommended, and which sanction if one is."""

    text = Prose(
        label=gettext_lazy("Rekomendasi"),
        rows=8,
        help_text=gettext_lazy(
            "Dicetak pada surat. Jangan menyebut pelapor atau apa pun yang menunjuk kepadanya."
        ),
    )
    sanction = forms.ChoiceField(label=gettext_lazy("Sanksi yang disarankan"), required=False)

    def offer(self) -> None:
        """The sanctions that the legal kind allows."""
        cast(Any, self.fields["sanction"]).choices = [
            ("", _("Diserahkan kepada pejabat yang berwenang")),
            *((row.code, row.label) for row in sanctions_for(self.case)),
        ]


FORMS: Mapping[str, type[EntryForm]] = {
    EntryKind.NOTE: NoteForm,
    EntryKind.ACCUSED: AccusedForm,
    EntryKind.STATEMENT: StatementForm,
    EntryKind.HEARING: HearingForm,
    EntryKind.CORRECTION: CorrectionForm,
    EntryKind.STUDY: StudyForm,
    EntryKind.RECOMMENDATION: RecommendationForm,
}


def sanctions_for(case: Case) -> list[Sanction]:
    """Sanctions in force; where the legal kind is set, those of its range."""
    rows = Sanction.objects.in_force()
    if case.violation is not None:
        weights = list(SanctionClass.values)
        least = weights.index(case.violation.sanction_from)
        most = weights.index(case.violation.sanction_to)
        rows = rows.filter(sanction_class__in=weights[least : most + 1])
    return list(rows.order_by("code"))


def _in_list(entry: Entry) -> str:
    """An entry as a correction names it: by what it is and when, nothing of what it says."""
    at = formats.date_format(timezone.localtime(entry.at), "DATETIME_FORMAT")
    return f"{entry.serial}. {entry.get_kind_display()}, {at}"


def _plain(value: Any) -> Any:
    """As JSON takes it: days as ISO texts, units by their key."""
    if isinstance(value, CivilUnit):
        return value.pk
    return value.isoformat() if hasattr(value, "isoformat") else value
