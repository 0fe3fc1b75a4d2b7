"""Fields that the forms of entries share."""

from __future__ import annotations

import secrets
from typing import Any

from django import forms

LONGEST = 20_000


def new_token() -> str:
    """The form's own random text, by which a form that is sent twice is stored once."""
    return secrets.token_urlsafe(16)


class Prose(forms.CharField):
    """A long text, its line ends as on every system."""

    def __init__(self, *, rows: int = 6, longest: int = LONGEST, **kwargs: Any) -> None:
        widget = forms.Textarea(attrs={"rows": rows})
        super().__init__(max_length=longest, widget=widget, **kwargs)

    def to_python(self, value: Any) -> str:
        """The text."""
        return str(super().to_python(value) or "").replace("\r\n", "\n")


class Day(forms.DateField):
    """A day, by the picker of the browser."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        super().__init__(widget=widget, **kwargs)
