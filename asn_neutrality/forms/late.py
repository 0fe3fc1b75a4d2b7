"""Forms whose choices depend on who asks."""

from __future__ import annotations

from typing import Any

from django import forms

from forkopimda.lib.forms import Form, style_widgets


class LateForm(Form):
    """A form that completes its fields before anything looks at them.

    `Form` marks wrong fields at once, and so cleans what was sent before a subclass could say what
    may be chosen.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        forms.Form.__init__(self, *args, **kwargs)
        self.complete()
        style_widgets(self)

    def complete(self) -> None:
        """Sets what the fields offer, or adds fields."""
        raise NotImplementedError
