"""How forms look: one field template, Bootstrap's classes, errors tied to their field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Renders every form and field by this project's own templates."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"


class Form(forms.Form):
    """Base of the product's forms: styled widgets.

    What was sent is looked at when somebody asks, not before: a subclass sets choices and adds
    fields (and styles those) after `super().__init__()`.
    """

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_widgets(self)

    def full_clean(self) -> None:
        """Checks what was sent, and marks the fields that are wrong."""
        super().full_clean()
        _mark(self)


class ConditionalField(forms.CharField):
    """A text that is needed in some cases, which its help text names."""

    conditional = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class Choices(forms.RadioSelect):
    """A few choices, each a target that a thumb hits."""

    template_name = "components/choices.html"


def style_widgets(form: forms.BaseForm) -> None:
    """Gives each widget the class that Bootstrap expects. Done twice, it is done once.

    Of forms that are not this module's `Form`, it also marks the fields that are wrong, and so must
    come last.
    """
    for field in form.fields.values():
        widget = field.widget
        if isinstance(widget, forms.RadioSelect):
            continue
        if isinstance(widget, forms.CheckboxInput):
            _add_class(widget, "form-check-input")
        elif isinstance(widget, forms.Select):
            _add_class(widget, "form-select")
        else:
            _add_class(widget, "form-control")
    if form.is_bound and not isinstance(form, Form):
        _mark(form)


def refused(form: forms.BaseForm, error: ValidationError) -> None:
    """Puts what an action refused beside the fields that it concerns, else above the form."""
    if not hasattr(error, "error_dict"):
        form.add_error(None, error)
        return
    for field, errors in error.error_dict.items():
        form.add_error(field if field in form.fields else None, errors)
    _mark(form)


def _mark(form: forms.BaseForm) -> None:
    for name in form.errors:
        if name in form.fields and not isinstance(form.fields[name].widget, forms.RadioSelect):
            _add_class(form.fields[name].widget, "is-invalid")


def _add_class(widget: forms.Widget, css: str) -> None:
    words = str(widget.attrs.get("class", "")).split()
    if css not in words:
        widget.attrs["class"] = " ".join([*words, css])
