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
    """Base of the product's forms: styled widgets."""

    required_css_class = "required"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        style_widgets(self)


class ConditionalField(forms.CharField):
    """A text that is needed in some cases, which its help text names."""

    conditional = True

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)


class Choices(forms.RadioSelect):
    """A few choices, each a target that a thumb hits."""

    template_name = "components/choices.html"


def style_widgets(form: forms.BaseForm) -> None:
    """Gives each widget the class that Bootstrap expects and marks invalid ones."""
    for name, field in form.fields.items():
        widget = field.widget
        if isinstance(widget, forms.RadioSelect):
            continue
        if isinstance(widget, forms.CheckboxInput):
            css = "form-check-input"
        elif isinstance(widget, forms.Select):
            css = "form-select"
        else:
            css = "form-control"
        if form.is_bound and name in form.errors:
            css += " is-invalid"
        widget.attrs["class"] = f"{widget.attrs.get('class', '')} {css}".strip()


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
            attrs = form.fields[name].widget.attrs
            if "is-invalid" not in attrs.get("class", ""):
                attrs["class"] = f"{attrs.get('class', '')} is-invalid".strip()
