"""Texts that a layer writes hundreds of times: each made once per answer."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils import formats, timezone

from forkopimda.lib.templatetags.words import figure

if TYPE_CHECKING:
    from datetime import date, datetime

_ANY = "00"


class Texts:
    """For one answer, in its reader's language and zone."""

    def __init__(self) -> None:
        self._days: dict[date, str] = {}

    @cached_property
    def _page(self) -> tuple[str, str]:
        before, _code, after = reverse("security:region", args=[_ANY]).rpartition(_ANY)
        return before, after

    def page(self, code: str) -> str:
        """The address of a region's page."""
        before, after = self._page
        return f"{before}{code}{after}"

    def day(self, moment: datetime) -> str:
        """The day as "21 November 2024"."""
        day = timezone.localtime(moment).date()
        if day not in self._days:
            self._days[day] = formats.date_format(day, "DATE_FORMAT")
        return self._days[day]

    def number(self, count: int) -> str:
        """A figure for reading."""
        return str(count) if 0 <= count < 1000 else figure(count)
