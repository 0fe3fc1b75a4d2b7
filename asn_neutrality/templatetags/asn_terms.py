"""How far the term of a step is, in words: no colour alone says that it was missed. And what
kind of file something is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from forkopimda.lib.files import KINDS
from forkopimda.lib.videos import VIDEOS

if TYPE_CHECKING:
    from datetime import date

register = template.Library()

_KINDS = {kind.content_type: kind.label for kind in (*KINDS, *VIDEOS)}


@register.filter
def term(due_on: date | None) -> str:
    """A day as "3 hari lagi", "hari ini" or "lewat 3 hari", in the zone in force; no term: "–"."""
    if due_on is None:
        return "–"
    days = (due_on - timezone.localdate()).days
    if days == 0:
        return _("hari ini")
    if days > 0:
        return ngettext("%(count)s hari lagi", "%(count)s hari lagi", days) % {"count": days}
    return ngettext("lewat %(count)s hari", "lewat %(count)s hari", -days) % {"count": -days}


@register.filter
def is_missed(due_on: date | None) -> bool:
    """Whether the day has passed."""
    return due_on is not None and due_on < timezone.localdate()


@register.filter
def file_kind(content_type: str) -> str:
    """A type of content as people call it: "PDF", "JPEG"."""
    return _KINDS.get(content_type, content_type)
