"""`manage.py load_boundaries FILE.geojson`: outlines of regions, matched by code."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from forkopimda.lib.authority import SYSTEM

from ...actions import BoundariesLoaded, load_boundaries
from ...features import read_features
from ._loading import first_of, number, opened, plain_errors, progress_on


class Command(BaseCommand):
    """Loads outlines, all known regions of a file or none."""

    help = "Memuat batas wilayah dari GeoJSON (FeatureCollection): semua atau tidak sama sekali."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file, and how to read it."""
        parser.add_argument("file", type=Path, metavar="FILE.geojson")
        parser.add_argument(
            "--property", default="code", help="properti fitur yang berisi kode (bawaan: code)"
        )
        parser.add_argument(
            "--simplify",
            type=float,
            metavar="METRES",
            help="menyederhanakan garis; titik bergeser paling jauh sekian meter",
        )
        parser.add_argument("--source", help="asal data, mis. “BIG 2025” (bawaan: nama berkas)")
        parser.add_argument(
            "--move-centroids",
            action="store_true",
            help="mengganti titik tengah yang sudah ada dengan titik tengah batas",
        )

    def handle(self, *, file: Path, **options: Any) -> None:
        """Loads the file and says what did not match."""
        with opened(file) as stream, plain_errors(file):
            result = load_boundaries(
                by=SYSTEM,
                features=read_features(stream),
                source=options["source"] or file.name,
                code_property=options["property"],
                simplify_metres=options["simplify"],
                move_centroids=options["move_centroids"],
                progress=progress_on(self.stdout),
            )
        self._report(result)

    def _report(self, result: BoundariesLoaded) -> None:
        self.stdout.write(_("Selesai: {count} batas dimuat.").format(count=number(result.loaded)))
        if result.schematic_removed:
            self.stdout.write(
                _(
                    "{count} wilayah tetangga kehilangan batas skematisnya, "
                    "karena peta nyata dan skematis tidak dicampur; muat juga batas nyatanya."
                ).format(count=number(result.schematic_removed))
            )
        self.stdout.write(
            _("Batas kabupaten/kota dan provinsi yang belum ada dibuat dengan derive_boundaries.")
        )
        if result.unknown:
            self.stdout.write(
                self.style.WARNING(
                    _("{count} kode di berkas tidak dikenal, tidak dimuat:").format(
                        count=number(len(result.unknown))
                    )
                )
            )
            for line in first_of(result.unknown):
                self.stdout.write(f"  {line}")
