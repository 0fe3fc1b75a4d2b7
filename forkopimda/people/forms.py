"""allauth's forms in this product's words and look."""

from __future__ import annotations

from typing import Any, ClassVar

from allauth.account import forms as account
from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from forkopimda.lib.forms import style_widgets


class _Styled(forms.Form):
    """Own labels, no placeholders (a label says it), Bootstrap's classes."""

    labels: ClassVar[dict[str, Promise]] = {}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            field.widget.attrs.pop("placeholder", None)
            if name in self.labels:
                field.label = self.labels[name]  # type: ignore[assignment]  # any lazy text
        style_widgets(self)


class LoginForm(_Styled, account.LoginForm):
    """Sign in by user name or mail address."""

    labels: ClassVar[dict[str, Promise]] = {
        "login": _("Nama pengguna atau surel"),
        "password": _("Kata sandi"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The page has its own link to a new password.
        self.fields["password"].help_text = ""


class ChangePasswordForm(_Styled, account.ChangePasswordForm):
    """A new password for who knows the old one."""

    labels: ClassVar[dict[str, Promise]] = {
        "oldpassword": _("Kata sandi sekarang"),
        "password1": _("Kata sandi baru"),
        "password2": _("Ulangi kata sandi baru"),
    }


class ResetPasswordForm(_Styled, account.ResetPasswordForm):
    """Asks for the link to a new password."""

    labels: ClassVar[dict[str, Promise]] = {"email": _("Surel")}


class ResetPasswordKeyForm(_Styled, account.ResetPasswordKeyForm):
    """A new password for who has the link."""

    labels: ClassVar[dict[str, Promise]] = {
        "password1": _("Kata sandi baru"),
        "password2": _("Ulangi kata sandi baru"),
    }
