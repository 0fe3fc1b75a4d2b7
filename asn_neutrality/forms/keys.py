"""Forms of keys. What is typed as a passphrase is never shown again, not even after a mistake."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Form
from forkopimda.regions.models import under

from ..actions.keys import SHORTEST_PASSPHRASE, check_passphrase
from ..models import READERS, CivilUnit

if TYPE_CHECKING:
    from forkopimda.people.models import User

#: Chosen by who serves in no unit of the regional government.
NO_UNIT = "-"
LONGEST = 200


class PassphraseField(forms.CharField):
    """A passphrase as it is compared: one space between words, letters in one form."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"})
        super().__init__(max_length=LONGEST, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """The words, whatever spaces and keyboards they were typed with."""
        text = super().to_python(value) or ""
        return " ".join(unicodedata.normalize("NFKC", text).split())


class NewPassphraseForm(Form):
    """A new passphrase, twice."""

    passphrase = PassphraseField(
        label=_("Frasa sandi baru"),
        help_text=format_lazy(
            _(
                "Lima kata atau lebih yang tidak berhubungan, paling sedikit {least} karakter. "
                "Bukan kata sandi akun Anda."
            ),
            least=SHORTEST_PASSPHRASE,
        ),
    )
    repeat = PassphraseField(label=_("Ulangi frasa sandi"))

    def __init__(self, user: User, data: Any = None) -> None:
        self.user = user
        super().__init__(data)

    def clean_passphrase(self) -> str:
        """Refuses what can be guessed, beside the field."""
        passphrase: str = self.cleaned_data["passphrase"]
        check_passphrase(passphrase, self.user)
        return passphrase

    def clean_repeat(self) -> str:
        """Says where the second differs from the first."""
        repeat: str = self.cleaned_data["repeat"]
        if self.cleaned_data.get("passphrase", repeat) != repeat:
            raise ValidationError(gettext("Kedua frasa sandi tidak sama."))
        return repeat


class UnitField(forms.ChoiceField):
    """The unit in which somebody serves. Nobody passes it over: none is an answer too."""

    def __init__(self) -> None:
        super().__init__(
            label=_("Unit tempat Anda bertugas"),
            help_text=_("Perkara terhadap orang dari unit ini tertutup bagi Anda."),
        )

    def offer(self, user: User) -> None:
        """The working units of the regions where the user examines or audits."""
        units = CivilUnit.objects.working().filter(under("region_id", user.access.scopes(*READERS)))
        rows = units.order_by("region", "name").values_list("pk", "name")
        self.choices = [
            ("", gettext("Pilih…")),
            (NO_UNIT, gettext("Tidak bertugas di unit Pemkab")),
            *((str(pk), name) for pk, name in rows),
        ]

    def clean(self, value: Any) -> Any:
        """The unit; None for none."""
        chosen = super().clean(value)
        return None if chosen == NO_UNIT else CivilUnit.objects.get(pk=chosen)


class HomeUnitForm(Form):
    """In which unit an examiner serves."""

    unit = UnitField()

    def __init__(self, user: User, data: Any = None, initial: Any = None) -> None:
        super().__init__(data, initial=initial)
        cast(UnitField, self.fields["unit"]).offer(user)


class MakeForm(NewPassphraseForm, HomeUnitForm):
    """A first key: its passphrase, and where its holder serves."""

    understood = forms.BooleanField(
        label=_("Saya mengerti bahwa tidak seorang pun dapat mengembalikan frasa sandi saya."),
    )

    field_order = ("unit", "passphrase", "repeat", "understood")

    def __init__(self, user: User, data: Any = None) -> None:
        self.user = user
        HomeUnitForm.__init__(self, user, data)


class UnlockForm(Form):
    """The passphrase."""

    passphrase = PassphraseField(label=_("Frasa sandi"))


class ChangeForm(NewPassphraseForm):
    """The present passphrase and a new one."""

    old = PassphraseField(label=_("Frasa sandi sekarang"))

    field_order = ("old", "passphrase", "repeat")


class LostForm(NewPassphraseForm):
    """A new key in place of one whose passphrase is lost; the account's password says who asks."""

    password = forms.CharField(
        label=_("Kata sandi akun Anda"),
        max_length=LONGEST,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "off"}),
    )
    understood = forms.BooleanField(
        label=_("Saya mengerti: perkara saya baru terbuka lagi setelah dibagikan atau dipulihkan."),
    )

    field_order = ("password", "passphrase", "repeat", "understood")

    def clean_password(self) -> str:
        """Refuses whoever is not the account's holder."""
        password: str = self.cleaned_data["password"]
        if not self.user.check_password(password):
            raise ValidationError(gettext("Kata sandi akun salah."))
        return password
