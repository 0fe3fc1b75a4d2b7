"""`manage.py load_regions FILE.csv`: codes and names of regions of any level."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from forkopimda.lib.authority import SYSTEM

from ...actions import load_regions
from ._loading import number, opened, plain_errors, progress_on


class Command(BaseCommand):
    """Loads region codes, all rows of a file or none."""

    help = "Memuat kode wilayah dari CSV (code,name[,latitude,longitude]): semua baris atau tidak."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file."""
        parser.add_argument("file", type=Path, metavar="FILE.csv")

    def handle(self, *, file: Path, **_options: Any) -> None:
        """Loads the file and says what changed."""
        with opened(file) as stream, plain_errors(file):
            result = load_regions(
                by=SYSTEM, stream=stream, source=file.name, progress=progress_on(self.stdout)
            )
        self.stdout.write(
            _("Selesai: {rows} wilayah di berkas, {added} baru, {changed} berubah.").format(
                rows=number(result.rows),
                added=number(result.added),
                changed=number(result.changed),
            )
        )
