"""The forms by which the secretariat invites, and invitees answer."""

from __future__ import annotations

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, ConditionalField, Form, style_widgets
from forkopimda.people.models import Institution

from .models import Answer, Attendance, Meeting

ANSWERS = [
    (Answer.COMES, _("Hadir")),
    (Answer.REPRESENTED, _("Diwakili")),
    (Answer.DECLINES, _("Tidak dapat hadir")),
]


class InstitutionForm(forms.Form):
    """One of the region's institutions that is not invited yet."""

    institution = forms.ModelChoiceField(
        label=_("Lembaga"), queryset=Institution.objects.none(), empty_label=_("Pilih lembaga")
    )
    email = forms.EmailField(
        label=_("Surel"),
        required=False,
        help_text=_("Kosong: surel akun lembaga itu."),
    )

    def __init__(self, data: Any = None, *, meeting: Meeting, **kwargs: Any) -> None:
        super().__init__(data, **kwargs)
        there = meeting.attendances.filter(removed_at=None, institution__isnull=False)
        # A meeting of a kecamatan invites the regency's institutions, too.
        near = Institution.objects.filter(region__in=_near(meeting.region_id))
        field = cast("forms.ModelChoiceField[Institution]", self.fields["institution"])
        field.queryset = near.exclude(pk__in=there.order_by().values("institution"))
        style_widgets(self)


class PersonForm(Form):
    """Somebody invited by name."""

    name = forms.CharField(label=_("Nama"), max_length=120)
    title = forms.CharField(label=_("Jabatan"), max_length=80)
    email = forms.EmailField(label=_("Surel"))


class AnswerForm(Form):
    """Whether an invitee comes, by whom they are represented, or why they can't come."""

    answer = forms.ChoiceField(label=_("Jawaban Anda"), choices=ANSWERS, widget=Choices)
    representative_name = ConditionalField(
        label=_("Nama wakil"),
        max_length=120,
        help_text=_("Diisi bila diwakili."),
    )
    representative_title = ConditionalField(
        label=_("Jabatan wakil"),
        max_length=80,
        help_text=_("Diisi bila diwakili."),
    )
    reason = ConditionalField(
        label=_("Alasan"),
        max_length=300,
        help_text=_("Diisi bila tidak dapat hadir."),
    )

    def __init__(self, data: Any = None, *, attendance: Attendance, **kwargs: Any) -> None:
        given = {name: getattr(attendance, name) for name in self.base_fields}
        super().__init__(data, initial=given, **kwargs)


def _near(code: str) -> list[str]:
    """The region itself and, of a kecamatan or village, what lies around it in its regency."""
    parts = code.split(".")
    return [".".join(parts[:count]) for count in range(min(len(parts), 2), len(parts) + 1)]
