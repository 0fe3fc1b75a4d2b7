"""What the commands on early warnings share: the regency and days asked for."""

from __future__ import annotations

from argparse import ArgumentTypeError
from datetime import date

from django.core.management.base import CommandError
from django.utils.translation import gettext as _

from forkopimda.regions.models import Level, Region


def regency(code: str) -> Region:
    """The regency or city `code`; CommandError where there is none, or it is none."""
    found: Region | None = Region.objects.filter(pk=code).first()
    if found is None:
        raise CommandError(_("Wilayah {code} tidak ada.").format(code=code))
    if found.level != Level.REGENCY:
        raise CommandError(
            _("{name} bukan kabupaten/kota; beri kode seperti 12.19.").format(name=found.title)
        )
    return found


def a_day(text: str) -> date:
    """An argument such as 2024-11-27."""
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise ArgumentTypeError(
            _("{text} bukan tanggal seperti 2024-11-27").format(text=repr(text))
        ) from error
