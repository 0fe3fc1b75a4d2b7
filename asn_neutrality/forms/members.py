"""Forms of who belongs to a case."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Choices, Form
from forkopimda.people.models import User

from ..models import Joining, Leaving

if TYPE_CHECKING:
    from django.db.models import QuerySet

    BasePersonField = forms.ModelChoiceField[User]
else:
    BasePersonField = forms.ModelChoiceField


class PersonField(BasePersonField):
    """Somebody, by name and user name."""

    def label_from_instance(self, obj: User) -> str:
        """Two may have one name; the user name tells them apart."""
        return f"{obj} ({obj.username})" if str(obj) != obj.username else str(obj)


class AddMemberForm(Form):
    """Who is let in, and why."""

    user = PersonField(label=_("Orang"), queryset=User.objects.none(), empty_label=_("Pilih…"))
    why = forms.ChoiceField(label=_("Alasan"), choices=Joining.choices, widget=Choices)

    def __init__(self, people: QuerySet[User], data: Any = None) -> None:
        super().__init__(data)
        cast(PersonField, self.fields["user"]).queryset = people


class LeaveForm(Form):
    """Why somebody leaves."""

    why = forms.ChoiceField(
        label=_("Alasan"),
        choices=[choice for choice in Leaving.choices if choice[0] != Leaving.NO_ROLE],
        widget=Choices,
    )


class RecuseForm(Form):
    """Why one leaves oneself."""

    why = forms.ChoiceField(
        label=_("Alasan"),
        choices=[
            (reason.value, reason.label)
            for reason in (Leaving.CONFLICT, Leaving.MOVED, Leaving.DONE)
        ],
        widget=Choices,
    )
    understood = forms.BooleanField(
        label=_("Saya mengerti: setelah mundur, isi perkara ini tertutup bagi saya.")
    )
