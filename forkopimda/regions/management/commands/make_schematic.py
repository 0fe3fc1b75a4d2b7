"""`manage.py make_schematic CODE`: a map of a region's children from their centroids."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import SYSTEM

from ...actions import make_schematic
from ...models import Region
from ._loading import number, plain_errors


class Command(BaseCommand):
    """Computes schematic cells where no outline was loaded."""

    help = "Menghitung peta skematis wilayah bawahan CODE dari titik tengahnya."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """The region whose children are drawn."""
        parser.add_argument("code", metavar="CODE")

    def handle(self, *, code: str, **_options: Any) -> None:
        """Draws the children of the region."""
        parent = Region.objects.filter(pk=code).first()
        if parent is None:
            raise CommandError(_("Wilayah {code} tidak ada.").format(code=code))
        with plain_errors(parent.title):
            count = make_schematic(by=SYSTEM, parent=parent)
        self.stdout.write(
            _("Selesai: {count} batas skematis baru atau berubah.").format(count=number(count))
        )
