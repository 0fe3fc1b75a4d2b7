"""Forms of the day itself: who came, by the secretariat and by the code on the wall."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, Form, style_widgets

from .models import Attendance, Status

if TYPE_CHECKING:
    from .models import Meeting

NAME_LENGTH, TITLE_LENGTH = 120, 80


class AttendanceForm(Form):
    """One invitee's row. `seen` is the status that was shown."""

    status = forms.ChoiceField(label=_("Kehadiran"), choices=Status.choices, widget=Choices)
    representative_name = forms.CharField(
        label=_("Nama wakil"), max_length=NAME_LENGTH, required=False
    )
    representative_title = forms.CharField(
        label=_("Jabatan wakil"), max_length=TITLE_LENGTH, required=False
    )
    reason = forms.CharField(label=_("Alasan"), max_length=300, required=False)
    seen = forms.CharField(widget=forms.HiddenInput)

    def __init__(self, data: Any = None, *, attendance: Attendance) -> None:
        self.attendance = attendance
        names = ("status", "representative_name", "representative_title", "reason")
        initial = {name: getattr(attendance, name) for name in names}
        initial["seen"] = attendance.status
        super().__init__(data, initial=initial, auto_id=f"hadir-{attendance.pk}-%s")

    def clean(self) -> dict[str, Any]:
        """Drops what the chosen status does not ask for: fields out of sight were not meant."""
        data: dict[str, Any] = self.cleaned_data
        row = Attendance(status=data.get("status", ""), answer=self.attendance.answer)
        if not row.is_represented:
            data["representative_name"] = data["representative_title"] = ""
        if row.has_come:
            data["reason"] = ""
        return data


class CheckInForm(forms.Form):
    """Who stands before the code, and for whom."""

    invitee = forms.ModelChoiceField(
        label=_("Undangan untuk"), queryset=Attendance.objects.none(), widget=Choices
    )
    how = forms.ChoiceField(
        label=_("Kehadiran"),
        choices=[("self", _("Saya hadir")), ("for", _("Saya mewakili"))],
        widget=Choices,
        initial="self",
    )
    representative_name = forms.CharField(
        label=_("Nama Anda"),
        max_length=NAME_LENGTH,
        required=False,
        help_text=_("bila Anda mewakili"),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    representative_title = forms.CharField(
        label=_("Jabatan Anda"),
        max_length=TITLE_LENGTH,
        required=False,
        help_text=_("bila Anda mewakili"),
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )

    def __init__(
        self, data: Any = None, *, meeting: Meeting, institution_id: int | None = None
    ) -> None:
        super().__init__(data)
        rows = meeting.attendances.filter(removed_at=None).select_related("institution", "official")
        field = cast("forms.ModelChoiceField[Attendance]", self.fields["invitee"])
        # Whoever is there already is not offered; sent again all the same, it does no harm.
        field.queryset = rows
        waiting = [row for row in rows if not row.has_come]
        field.widget.choices = [(row.pk, label_of(row)) for row in waiting]
        own = [row.pk for row in waiting if institution_id and row.institution_id == institution_id]
        if len(own) == 1:
            self.initial["invitee"] = own[0]
        self.waiting = len(waiting)
        style_widgets(self)

    def clean(self) -> dict[str, Any]:
        """A representative has a name; whoever comes in person needs none."""
        data: dict[str, Any] = self.cleaned_data
        if data.get("how") == "self":
            data["representative_name"] = data["representative_title"] = ""
        elif data.get("how") == "for" and not data.get("representative_name"):
            self.add_error("representative_name", _("Tuliskan nama Anda."))
        return data


def label_of(row: Attendance) -> str:
    """An invitee as they look for themselves: the office, then the name."""
    return row.title if row.who == row.title else f"{row.title}: {row.who}"
