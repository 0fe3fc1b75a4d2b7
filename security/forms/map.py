"""What the page of levels is asked for beside a day."""

from __future__ import annotations

from django import forms


class SinceForm(forms.Form):
    """The day with which levels are compared."""

    sejak = forms.DateField(required=False)
