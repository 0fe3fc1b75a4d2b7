"""Forms of polling stations: their class, the station itself, the list that is uploaded."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.elections.models import NUMBER_MOST, PollingStation
from forkopimda.lib.cells import decimal
from forkopimda.lib.files import XLSX, check_upload, clean_name
from forkopimda.lib.forms import Choices, Form
from forkopimda.lib.tables import PACKED
from forkopimda.regions.models import Region, RegionQuerySet

from ..models import StationClass, StationReason

UPLOAD_BYTES = 5 * 1024 * 1024
#: Reasons by what they are about, in the order of their source.
GROUPS = (
    (gettext_lazy("Hak pilih"), "R"),
    (gettext_lazy("Keamanan"), "K"),
    (gettext_lazy("Politik uang"), "P"),
    (gettext_lazy("SARA"), "I"),
    (gettext_lazy("Netralitas"), "N"),
    (gettext_lazy("Logistik"), "L"),
    (gettext_lazy("Lokasi"), "T"),
    (gettext_lazy("Jaringan"), "J"),
)


class ClassChoices(Choices):
    """The classes with their signs and colours."""

    template_name = "stations/class_choices.html"


class ReasonChoices(forms.CheckboxSelectMultiple):
    """The reasons by group, each group folded until it is opened or something in it is ticked."""

    template_name = "stations/reason_choices.html"

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """Says of each group how many of its reasons are ticked."""
        context = super().get_context(name, value, attrs)
        context["groups"] = [
            {
                "name": group,
                "options": options,
                "ticked": sum(bool(option["selected"]) for option in options),
            }
            for group, options, _index in context["widget"]["optgroups"]
        ]
        return context


class ClassForm(Form):
    """Class, reasons, note; `seen` is the class that the officer was shown."""

    risk_class = forms.ChoiceField(
        label=gettext_lazy("Kelas"), choices=StationClass.choices, widget=ClassChoices
    )
    reasons = forms.MultipleChoiceField(
        label=gettext_lazy("Alasan"),
        choices=[
            (group, [(each.value, each.label) for each in StationReason if each.value[0] == letter])
            for group, letter in GROUPS
        ],
        required=False,
        widget=ReasonChoices,
        help_text=gettext_lazy("Di atas kurang rawan, pilih paling sedikit satu atau isi catatan."),
    )
    note = forms.CharField(
        label=gettext_lazy("Catatan"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    seen = forms.IntegerField(widget=forms.HiddenInput, min_value=0, required=False)

    def clean_seen(self) -> int:
        """0 where the station had no class, or the field was left out."""
        return self.cleaned_data["seen"] or 0


class DegreeField(forms.CharField):
    """Degrees as people write them: 3.2145 or 3,2145."""

    def __init__(self, label: Any, example: str) -> None:
        super().__init__(
            label=label,
            required=False,
            max_length=30,
            help_text=gettext_lazy("Derajat desimal, mis. %(example)s.") % {"example": example},
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> Any:
        """The number, or None."""
        text = super().to_python(value)
        if not text:
            return None
        try:
            return decimal(text)
        except ValueError:
            raise ValidationError(_("Bukan derajat desimal. Tulis seperti 3,2145.")) from None

    def run_validators(self, value: Any) -> None:
        """Nothing more: the action checks where the point lies."""


class StationForm(Form):
    """The station itself. `seen` is what the person was shown of it."""

    number = forms.IntegerField(label=gettext_lazy("Nomor TPS"), min_value=1, max_value=NUMBER_MOST)
    place = forms.CharField(
        label=gettext_lazy("Tempat"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("Mis. halaman SD Negeri 3, balai desa."),
    )
    latitude = DegreeField(gettext_lazy("Lintang"), "3,2145")
    longitude = DegreeField(gettext_lazy("Bujur"), "99,4321")
    special = forms.BooleanField(
        label=gettext_lazy("Lokasi khusus (lapas, rumah sakit, panti, dan sejenisnya)"),
        required=False,
    )
    seen = forms.CharField(widget=forms.HiddenInput, max_length=16, required=False)

    @classmethod
    def of(cls, station: PollingStation) -> StationForm:
        """The form filled in with a stored station."""
        return cls(
            initial={
                "number": station.number,
                "place": station.place,
                "latitude": station.latitude,
                "longitude": station.longitude,
                "special": station.special,
                "seen": station.fingerprint,
            }
        )


class VillageField(forms.ModelChoiceField):  # type: ignore[type-arg]  # takes none when it runs
    """A village, named with its kecamatan and code."""

    def __init__(self, villages: RegionQuerySet) -> None:
        super().__init__(
            villages.select_related("parent"),
            label=gettext_lazy("Desa/kelurahan"),
            empty_label=gettext_lazy("Pilih desa/kelurahan"),
        )

    def label_from_instance(self, obj: Region) -> str:
        """The village's name, its kecamatan, its code."""
        kecamatan = obj.parent.name if obj.parent else ""
        return f"{obj.title} ({kecamatan}, {obj.code})"


class NewStationForm(StationForm):
    """A new station, in one of `villages`."""

    def __init__(self, *args: Any, villages: RegionQuerySet, **kwargs: Any) -> None:
        kept = {name: field for name, field in self.base_fields.items() if name != "seen"}
        # Before the form is made: a bound one is validated while its widgets are styled.
        self.base_fields = {"village": VillageField(villages), **kept}  # type: ignore[misc]  # Django reads it
        super().__init__(*args, **kwargs)


class UploadForm(Form):
    """A list as CSV or Excel."""

    upload = forms.FileField(
        label=gettext_lazy("Berkas CSV atau Excel (.xlsx)"),
        widget=forms.ClearableFileInput(attrs={"accept": ".csv,.txt,.xlsx"}),
    )

    def clean_upload(self) -> UploadedFile[Any]:
        """What a page takes: no more than 5 MB, by its content a table."""
        upload: UploadedFile[Any] = self.cleaned_data["upload"]
        if (upload.size or 0) > UPLOAD_BYTES:
            raise ValidationError(
                _(
                    "Berkas ini %(size)s; halaman ini menerima paling besar %(most)s (sekitar "
                    "25.000 baris). Bagi per kecamatan, atau minta operator memuatnya dengan "
                    "perintah load_stations."
                )
                % {
                    "size": filesizeformat(upload.size or 0),
                    "most": filesizeformat(UPLOAD_BYTES),
                }
            )
        upload.seek(0)
        if upload.read(len(PACKED)) == PACKED:
            check_upload(upload, kinds=(XLSX,), max_bytes=UPLOAD_BYTES)
        upload.seek(0)
        upload.name = clean_name(upload.name or "")
        return upload
