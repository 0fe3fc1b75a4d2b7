"""The form of an assessment: one value for each indicator of a frame."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from forkopimda.lib.forms import Choices, Form

from ..models import SCALE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.forms.boundfield import BoundField

    from ..models import Assessment, Dimension, Indicator

#: What the values 0 to SCALE mean: how much of what the indicator asks for is seen.
VALUES = [
    (0, pgettext_lazy("nilai indikator", "Tidak ada")),
    (1, pgettext_lazy("nilai indikator", "Kecil")),
    (2, pgettext_lazy("nilai indikator", "Cukup")),
    (3, pgettext_lazy("nilai indikator", "Besar")),
    (SCALE, pgettext_lazy("nilai indikator", "Sangat besar")),
]


class ValueChoices(Choices):
    """The values side by side, number above word."""

    template_name = "security/assess_choices.html"


class AssessmentForm(Form):
    """Radios per indicator. Fields are named by codes, so that what was chosen by one version of
    a frame stays chosen in the next."""

    def __init__(self, *args: Any, dimensions: Sequence[Dimension], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.dimensions = dimensions
        self.indicators: dict[str, Indicator] = {}
        for dimension in dimensions:
            for indicator in dimension.indicators.all():
                name = field_name(dimension, indicator)
                self.indicators[name] = indicator
                self.fields[name] = forms.TypedChoiceField(
                    label=indicator.name,
                    help_text=indicator.guidance,
                    choices=VALUES,
                    coerce=int,
                    widget=ValueChoices,
                    error_messages={
                        "required": _("Pilih nilai 0 sampai 4."),
                        "invalid_choice": _("“%(value)s” bukan nilai. Pilih 0 sampai 4."),
                    },
                )

    def groups(self) -> list[tuple[Dimension, list[BoundField]]]:
        """Dimensions with their fields, in order."""
        return [
            (
                dimension,
                [self[field_name(dimension, row)] for row in dimension.indicators.all()],
            )
            for dimension in self.dimensions
        ]

    def chosen(self) -> dict[int, int]:
        """By indicators' keys, the values that stand in the form, sent or filled in before."""
        known = {str(value): value for value, _words in VALUES}
        found = {
            indicator.pk: known.get(str(self[name].value()))
            for name, indicator in self.indicators.items()
        }
        return {key: value for key, value in found.items() if value is not None}

    def open_fields(self) -> list[BoundField]:
        """Fields in which no value stands."""
        chosen = self.chosen()
        return [self[name] for name, row in self.indicators.items() if row.pk not in chosen]


def field_name(dimension: Dimension, indicator: Indicator) -> str:
    """The field of an indicator; codes have no full stop."""
    return f"{dimension.code}.{indicator.code}"


def values_before(assessment: Assessment | None) -> dict[str, int]:
    """An earlier assessment's values by field, to start from."""
    if assessment is None:
        return {}
    scores = assessment.scores.select_related("indicator__dimension")
    return {field_name(score.indicator.dimension, score.indicator): score.value for score in scores}
