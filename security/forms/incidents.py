"""The form of a report, as a phone or a browser sends it."""

from __future__ import annotations

import uuid
from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from forkopimda.elections.models import PollingStation
from forkopimda.lib.authority import REGENCY_LENGTH, Actor
from forkopimda.lib.forms import Choices, Form
from forkopimda.lib.photos import MOST_PHOTOS
from forkopimda.regions.models import Level, Region

from ..models import Category, IncidentSeverity
from ..models.incident import PEOPLE_MOST
from ..whereabouts import Spot

#: More regions than a list is good for; who serves more of them uses the point.
MOST_REGIONS = 1000
MOST_METRES = 1_000_000


class DegreeField(forms.FloatField):
    """Degrees with a decimal point, or with the comma of an Indonesian keyboard."""

    default_error_messages: ClassVar[dict[str, Any]] = {
        "invalid": gettext_lazy("Tulis derajat sebagai angka, misalnya 3,2017.")
    }
    widget = forms.TextInput

    def __init__(self, label: Any) -> None:
        super().__init__(
            label=label,
            required=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal", "autocomplete": "off"}),
        )

    def to_python(self, value: Any) -> float | None:  # type: ignore[override]  # floats, not ints
        """The number."""
        return super().to_python(value.strip().replace(",", ".") if value else value)


class PhotosInput(forms.FileInput):
    """Several files at once; a phone offers its camera."""

    allow_multiple_selected = True

    def value_from_datadict(self, data: Any, files: Any, name: str) -> list[Any]:
        """All files of the name."""
        return list(files.getlist(name)) if hasattr(files, "getlist") else []


class PhotosField(forms.Field):
    """Any number of files; what they are is looked at when they are drawn anew."""

    widget = PhotosInput

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"multiple": True, "accept": "image/*", "data-most": MOST_PHOTOS}
        super().__init__(required=False, widget=PhotosInput(attrs=attrs), **kwargs)


class KeysField(forms.Field):
    """One key per photo, in the photos' order."""

    widget = forms.MultipleHiddenInput

    def to_python(self, value: Any) -> list[uuid.UUID | None]:
        """The keys; None for one that is not a UUID."""
        return [_key(text) for text in value or []]


class ReportForm(Form):
    """What happened, when, where. Only kind, severity, words and a place are needed."""

    key = forms.UUIDField(
        required=False,
        widget=forms.HiddenInput,
        error_messages={"invalid": gettext_lazy("Kunci kirim rusak. Muat ulang formulir.")},
    )
    category = forms.ChoiceField(
        label=gettext_lazy("Apa yang terjadi"),
        choices=[("", gettext_lazy("Pilih jenis")), *Category.choices],
    )
    severity = forms.ChoiceField(
        label=gettext_lazy("Keparahan"), choices=IncidentSeverity.choices, widget=Choices
    )
    description = forms.CharField(
        label=gettext_lazy("Uraian singkat"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    occurred_at = forms.DateTimeField(
        label=gettext_lazy("Waktu kejadian"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M"),
        help_text=gettext_lazy("Kosongkan bila baru saja terjadi."),
        error_messages={"invalid": gettext_lazy("Tulis tanggal dan jam kejadian.")},
    )
    region = forms.CharField(
        label=gettext_lazy("Kecamatan atau desa/kelurahan"), required=False, widget=forms.Select
    )
    latitude = DegreeField(gettext_lazy("Lintang"))
    longitude = DegreeField(gettext_lazy("Bujur"))
    accuracy_m = forms.FloatField(required=False, widget=forms.HiddenInput)
    place = forms.CharField(
        label=gettext_lazy("Keterangan tempat"),
        required=False,
        max_length=200,
        help_text=gettext_lazy("Misalnya: depan kantor desa."),
    )
    people = forms.IntegerField(
        label=gettext_lazy("Perkiraan orang terlibat"),
        required=False,
        min_value=0,
        max_value=PEOPLE_MOST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    station = forms.IntegerField(required=False, widget=forms.HiddenInput)
    photos = PhotosField(label=gettext_lazy("Foto"))
    photo_keys = KeysField(required=False)
    confirm_region = forms.BooleanField(
        label=gettext_lazy("Wilayah yang saya pilih benar"), required=False
    )
    confirm_time = forms.BooleanField(
        label=gettext_lazy("Waktu kejadian yang saya tulis benar"), required=False
    )

    def __init__(self, data: Any = None, files: Any = None, *, by: Actor, **kwargs: Any) -> None:
        self.by = by
        super().__init__(data, files, **kwargs)
        self.fields["region"].widget.choices = region_choices(by)

    def clean_region(self) -> Region | None:
        """The chosen region, if the reporter may see it."""
        code = self.cleaned_data["region"].strip()
        if not code:
            return None
        found = Region.objects.visible_to(self.by).select_related("parent").filter(pk=code).first()
        if found is None:
            raise ValidationError(_("Pilih kecamatan atau desa/kelurahan di kabupaten Anda."))
        return found

    def clean_station(self) -> PollingStation | None:
        """The station, if it is in use and the reporter may see it."""
        key = self.cleaned_data["station"]
        if key is None:
            return None
        stations = PollingStation.objects.visible_to(self.by).in_use()
        found = stations.filter(pk=key).select_related("village").first()
        if found is None:
            raise ValidationError(_("TPS ini tidak ada, atau tidak dipakai lagi."))
        return found

    def clean_accuracy_m(self) -> int | None:
        """Whole metres; a phone that knows nothing may say thousands of kilometres."""
        metres = self.cleaned_data["accuracy_m"]
        return None if metres is None else round(min(max(metres, 0), MOST_METRES))

    def clean(self) -> dict[str, Any]:
        """Says which half of a point is missing."""
        data: dict[str, Any] = self.cleaned_data
        for one, other in (("latitude", "longitude"), ("longitude", "latitude")):
            missing = data.get(one) is None and one not in self.errors
            if missing and data.get(other) is not None:
                self.add_error(one, _("Isi lintang dan bujur, atau kosongkan keduanya."))
        return data

    def report(self) -> dict[str, Any]:
        """What the action takes."""
        data = dict(self.cleaned_data)
        latitude, longitude = data.pop("latitude"), data.pop("longitude")
        data["spot"] = Spot(latitude, longitude) if latitude is not None else None
        return data

    @property
    def asks(self) -> list[str]:
        """Which confirmations the action asked for: "confirm_region", "confirm_time"."""
        codes = {error.code for errors in self.errors.as_data().values() for error in errors}
        return [name for name in ("confirm_region", "confirm_time") if name in codes]

    @property
    def confirmations(self) -> list[forms.BoundField]:
        """The boxes to tick: those asked for, and those ticked before."""
        ticked = [name for name in ("confirm_region", "confirm_time") if self.data.get(name)]
        return [self[name] for name in dict.fromkeys([*self.asks, *ticked])]


def region_choices(by: Actor) -> list[tuple[str, Any]]:
    """The kecamatan of the reader's regencies with their villages; for who serves more of them
    than a list is good for, kecamatan alone or none."""
    scopes = by.access.reads()
    found = _regions(by, Level.KECAMATAN)
    villages: dict[str, list[tuple[str, str]]] = {}
    if scopes and all(len(scope) >= REGENCY_LENGTH for scope in scopes):
        for village in _regions(by, Level.VILLAGE):
            villages.setdefault(str(village.parent_id), []).append((village.pk, village.title))
    choices: list[tuple[str, Any]] = [("", _("Pilih wilayah"))]
    for region in found:
        itself = (region.pk, region.title)
        inside = villages.get(region.pk)
        choices.append((region.title, [itself, *inside]) if inside else itself)
    return choices


def kecamatan_choices(by: Actor) -> list[tuple[str, Any]]:
    """The kecamatan that a reader's list can be narrowed to."""
    found = [(region.pk, region.title) for region in _regions(by, Level.KECAMATAN)]
    return [("", _("Semua wilayah")), *found]


def _regions(by: Actor, level: Level) -> list[Region]:
    rows = Region.objects.visible_to(by).filter(level=level).order_by("name", "code")
    found = list(rows[: MOST_REGIONS + 1])
    return found if len(found) <= MOST_REGIONS else []


class PhotosForm(Form):
    """More photos of an incident."""

    photos = PhotosField(label=gettext_lazy("Foto"))
    photo_keys = KeysField(required=False)


def _key(text: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(text))
    except ValueError:
        return None
