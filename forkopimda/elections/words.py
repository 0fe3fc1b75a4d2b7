"""How the time to or since a voting day reads."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

if TYPE_CHECKING:
    from .models import Election


def countdown(election: Election) -> str:
    """Days to voting day, or since it, in words."""
    days = election.days_left
    if days == 0:
        return _("hari ini")
    if days == 1:
        return _("besok")
    if days == -1:
        return _("kemarin")
    count = abs(days)
    if days > 0:
        words = ngettext("%(count)s hari lagi", "%(count)s hari lagi", count)
    else:
        words = ngettext("%(count)s hari lalu", "%(count)s hari lalu", count)
    return words % {"count": number_format(count, force_grouping=True)}
