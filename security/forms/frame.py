"""The administrator's form of a draft: the frame's own fields, and a line for each of its parts."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.validators import MinValueValidator
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from ..frame_parts import DimensionPart, IndicatorPart, fingerprint
from ..models import Dimension, Frame, Indicator

if TYPE_CHECKING:
    from collections.abc import Iterable

    Base = forms.ModelForm[Frame]
else:  # Django's own class takes no type argument when it runs
    Base = forms.ModelForm

OWN = ("name", "note", "medium_from", "high_from")
NEW_DIMENSION = "new"


class Number(forms.DecimalField):
    """A number with up to two places; a comma and a point both part them."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(max_digits=6, decimal_places=2, localize=True, **kwargs)
        self.error_messages["invalid"] = _("Isi dengan angka, misalnya 1,5.")
        self.widget.attrs |= {"inputmode": "decimal", "size": 8}


class Weight(Number):
    """A weight: above 0."""

    def __init__(self, **kwargs: Any) -> None:
        above_zero = MinValueValidator(Decimal("0.01"), message=_("Bobot harus di atas 0."))
        super().__init__(label=_("Bobot"), max_value=1000, validators=[above_zero], **kwargs)


class Seen(forms.HiddenInput):
    """Always carries the state of the draft that the page shows, also when it comes back with an
    error: who sends it again has seen what others changed."""

    def __init__(self, state: str) -> None:
        super().__init__()
        self.state = state

    def format_value(self, value: Any) -> str:
        """The state shown, whatever was sent."""
        return self.state


class FrameForm(Base):
    """A draft. `form_of` adds the fields of its parts."""

    medium_from = Number(label=_("Sedang mulai skor"), min_value=0, max_value=100)
    high_from = Number(label=_("Tinggi mulai skor"), min_value=0, max_value=100)

    class Meta:
        model = Frame
        fields = OWN

    def clean(self) -> dict[str, Any]:
        """A new part without a name is no part; one with a guidance wants a name."""
        data = super().clean() or {}
        for name, value in list(data.items()):
            stem, _dash, kind = name.rpartition("-")
            if kind == "guidance" and value and stem.endswith("new") and not data[f"{stem}-name"]:
                self.add_error(f"{stem}-name", gettext("Beri nama indikator baru ini."))
        return data


def form_of(frame: Frame) -> type[FrameForm]:
    """The form of one draft, whose dimensions and indicators were fetched with it."""
    fields: dict[str, forms.Field] = {
        "seen": forms.CharField(required=False, widget=Seen(fingerprint(frame)))
    }
    for dimension in frame.dimensions.all():
        stem = _stem(dimension)
        fields |= _part_fields(stem, dimension)
        for indicator in dimension.indicators.all():
            fields |= _part_fields(_stem(indicator), indicator)
        fields |= _new_fields(f"{stem}-new", guidance=True)
    fields |= _new_fields(NEW_DIMENSION, guidance=False)
    return type("DraftForm", (FrameForm,), fields)


def lines(frame: Frame) -> list[tuple[str, list[Any]]]:
    """Titles with the names of the fields below them, a line of several in a tuple."""
    found: list[tuple[str, list[Any]]] = []
    for dimension in frame.dimensions.all():
        stem = _stem(dimension)
        rows: list[Any] = [(f"{stem}-name", f"{stem}-weight", f"{stem}-remove")]
        for row in dimension.indicators.all():
            inner = _stem(row)
            rows.append(
                tuple(f"{inner}-{kind}" for kind in ("name", "weight", "guidance", "remove"))
            )
        rows.append(tuple(f"{stem}-new-{kind}" for kind in ("name", "weight", "guidance")))
        title = gettext("Dimensi: {name}").format(name=dimension.name)
        found.append((title, rows))
    found.append(
        (gettext("Dimensi baru"), [(f"{NEW_DIMENSION}-name", f"{NEW_DIMENSION}-weight"), "seen"])
    )
    return found


def parts_of(frame: Frame, data: dict[str, Any]) -> list[DimensionPart]:
    """The contents that a valid form of the draft asks for."""
    parts = []
    for dimension in frame.dimensions.all():
        stem = _stem(dimension)
        if data[f"{stem}-remove"]:
            continue
        indicators = [
            _indicator(_stem(row), data, row.pk)
            for row in dimension.indicators.all()
            if not data[f"{_stem(row)}-remove"]
        ]
        if data[f"{stem}-new-name"]:
            indicators.append(_indicator(f"{stem}-new", data))
        parts.append(
            DimensionPart(
                name=data[f"{stem}-name"],
                weight=data[f"{stem}-weight"],
                indicators=indicators,
                pk=dimension.pk,
            )
        )
    if data[f"{NEW_DIMENSION}-name"]:
        weight = data[f"{NEW_DIMENSION}-weight"] or Decimal(1)
        parts.append(DimensionPart(data[f"{NEW_DIMENSION}-name"], (), weight))
    return parts


def _indicator(stem: str, data: dict[str, Any], pk: int | None = None) -> IndicatorPart:
    return IndicatorPart(
        name=data[f"{stem}-name"],
        guidance=data[f"{stem}-guidance"],
        weight=data[f"{stem}-weight"] or Decimal(1),
        pk=pk,
    )


def _stem(part: Dimension | Indicator) -> str:
    return f"{'d' if isinstance(part, Dimension) else 'i'}{part.pk}"


def _part_fields(stem: str, part: Dimension | Indicator) -> dict[str, forms.Field]:
    whole = isinstance(part, Dimension)
    fields: dict[str, forms.Field] = {
        f"{stem}-name": forms.CharField(
            label=_("Nama dimensi") if whole else _("Indikator"),
            max_length=_longest(type(part), "name"),
            initial=part.name,
            widget=forms.TextInput(attrs={"size": 40}),
        ),
        f"{stem}-weight": Weight(initial=part.weight),
        f"{stem}-remove": forms.BooleanField(
            label=_("Hapus dimensi ini dan isinya") if whole else _("Hapus indikator ini"),
            required=False,
        ),
    }
    if isinstance(part, Indicator):
        fields[f"{stem}-guidance"] = _guidance(part.guidance)
    return fields


def _new_fields(stem: str, *, guidance: bool) -> dict[str, forms.Field]:
    fields: dict[str, forms.Field] = {
        f"{stem}-name": forms.CharField(
            label=_("Indikator baru") if guidance else _("Nama dimensi baru"),
            max_length=_longest(Indicator if guidance else Dimension, "name"),
            required=False,
            widget=forms.TextInput(attrs={"size": 40}),
        ),
        f"{stem}-weight": Weight(initial=1, required=False),
    }
    if guidance:
        fields[f"{stem}-guidance"] = _guidance("")
    return fields


def _guidance(text: str) -> forms.Field:
    return forms.CharField(
        label=_("Petunjuk"),
        max_length=_longest(Indicator, "guidance"),
        initial=text,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 40}),
    )


def _longest(model: type[Dimension | Indicator], name: str) -> int | None:
    return model._meta.get_field(name).max_length  # type: ignore[union-attr]  # text fields have one


def own_fields(data: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The frame's own fields among a form's data."""
    return {name: value for name, value in data if name in OWN}
