"""What pages of the desk show of the reader's key: locked, or open until when."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from ..unlocking import KeyState, key_state

if TYPE_CHECKING:
    from django.template.context import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def state_of_key(context: Context) -> KeyState | None:
    """The state of the reader's key; None for who has no business with keys."""
    return key_state(context["request"])
