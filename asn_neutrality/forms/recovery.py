"""Forms of recovery keys: the offices that hold shares, and the shares as they type them in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import format_lazy
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import Form, refused, style_widgets
from forkopimda.people.models import Role, User
from forkopimda.regions.models import Level, Region, ancestors, under

from ..actions.recovery import LONGEST_OFFICE
from ..models import PersonalKey
from ..sealing.shares import (
    FEWEST_HOLDERS,
    LEAST_THRESHOLD,
    MOST_HOLDERS,
    WORDS,
    BadShare,
    Fault,
    WrongNumber,
)
from .members import PersonField

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from ..models import RecoveryKey

LONGEST_SHARE = 1000
_WRONG = {
    Fault.LENGTH: _("Bagian ini berisi %(number)s kata; seharusnya %(words)s kata."),
    Fault.UNKNOWN_WORD: _("Kata ke-%(number)s tidak dikenal. Periksa ejaannya."),
    Fault.CHECKSUM: _("Ada kata yang salah atau tertukar urutannya pada bagian ini."),
    Fault.FOREIGN: _("Ini bukan bagian dari kunci pemulihan."),
    Fault.REPEATED: _("Bagian ini sudah diketik di atas. Ketik bagian dari pemegang lain."),
    Fault.OTHER_SET: _("Bagian ini bukan dari kunci pemulihan yang sama dengan bagian pertama."),
}


class CeremonyForm(Form):
    """For which region, who holds the shares, and how many of them are needed."""

    region = forms.ModelChoiceField(
        label=_("Wilayah"), queryset=Region.objects.none(), empty_label=_("Pilih…")
    )
    holders = forms.CharField(
        label=_("Pemegang bagian"),
        max_length=MOST_HOLDERS * (LONGEST_OFFICE + 2),
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text=format_lazy(
            _("Satu jabatan per baris, {least} sampai {most} jabatan."),
            least=FEWEST_HOLDERS,
            most=MOST_HOLDERS,
        ),
    )
    threshold = forms.TypedChoiceField(
        label=_("Bagian yang diperlukan untuk memulihkan"),
        coerce=int,
        choices=[(n, str(n)) for n in range(LEAST_THRESHOLD, MOST_HOLDERS + 1)],
    )

    def __init__(self, user: User, data: Any = None) -> None:
        super().__init__(data, initial={"threshold": FEWEST_HOLDERS})
        field = cast("forms.ModelChoiceField[Region]", self.fields["region"])
        field.queryset = regions_of(user)
        first = list(field.queryset[:2])
        if len(first) == 1:
            self.initial["region"] = first[0].pk

    def clean_holders(self) -> list[str]:
        """The offices, one a line."""
        lines = self.cleaned_data["holders"].splitlines()
        return [line.strip() for line in lines if line.strip()]


class SharesForm(Form):
    """One field per share. Unlike a passphrase, what was typed is shown again after a mistake:
    its holder sits there, and one wrong word of many is found more easily than typed anew."""

    def __init__(self, count: int, data: Any = None) -> None:
        self.names = [f"share_{number}" for number in range(1, count + 1)]
        super().__init__(data)
        shares = {name: share_field(number) for number, name in enumerate(self.names, start=1)}
        self.fields = shares | self.fields
        style_widgets(self)

    def shares(self) -> list[str]:
        """What was typed, in order."""
        return [self.cleaned_data[name] for name in self.names]

    def wrong(self, error: BadShare | WrongNumber) -> None:
        """Puts what is wrong beside the share that it concerns."""
        if isinstance(error, WrongNumber):
            self.add_error(
                None,
                gettext("Kunci ini memerlukan %(needed)s bagian.") % {"needed": error.needed},
            )
            return
        name = self.names[error.position]
        numbers = {"number": error.word, "words": WORDS}
        refused(self, ValidationError({name: str(_WRONG[error.fault]) % numbers}))


class RecoverForm(SharesForm):
    """The shares, for whom cases are recovered, and why."""

    user = PersonField(
        label=_("Pulihkan untuk"), queryset=User.objects.none(), empty_label=_("Pilih…")
    )
    why = forms.CharField(
        label=_("Alasan"),
        max_length=200,
        help_text=_("Tanpa nama orang: catatan ini dibaca auditor."),
    )

    def __init__(self, key: RecoveryKey, data: Any = None) -> None:
        super().__init__(key.threshold, data)
        cast(PersonField, self.fields["user"]).queryset = examiners_of(key.region)


def share_field(number: int) -> forms.CharField:
    """The field of one share."""
    attrs = {
        "rows": 4,
        "autocomplete": "off",
        "autocapitalize": "off",
        "spellcheck": "false",
    }
    return forms.CharField(
        label=gettext("Bagian %(number)s") % {"number": number},
        max_length=LONGEST_SHARE,
        widget=forms.Textarea(attrs=attrs),
    )


def regions_of(user: User) -> QuerySet[Region]:
    """Regions for which the user may make a recovery key: those they examine, and the regencies
    in them."""
    scopes = user.access.scopes(Role.ASN_EXAMINER)
    wide = under("code", scopes)
    return Region.objects.filter(code__in=scopes) | Region.objects.filter(wide, level=Level.REGENCY)


def examiners_of(region: Region) -> QuerySet[User]:
    """Active examiners with a key whose region holds this one, or lies in it."""
    grants = {"grants__role": Role.ASN_EXAMINER}
    people = (
        User.objects.filter(**grants, grants__region=None)
        | User.objects.filter(**grants, grants__region__in=ancestors(region.pk))
        | User.objects.filter(**grants, grants__region__code__startswith=region.pk)
    )
    keys = PersonalKey.objects.filter(retired_at=None)
    return (
        User.objects.filter(is_active=True, pk__in=people.values("pk"))
        .filter(pk__in=keys.values("user"))
        .order_by("username")
    )
