"""`manage.py load_stations FILE`: polling stations and their classes, of a country at once."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.tables import Faults, report
from forkopimda.regions.management.commands._loading import SHOWN, number, opened, progress_on

from ...actions import FaultyList, import_stations


class Command(BaseCommand):
    """Loads a list of stations, all rows of a file or none."""

    help = (
        "Memuat daftar TPS dan kelasnya dari CSV atau Excel: semua baris atau tidak sama sekali. "
        "Kolom: kode desa, nomor TPS, tempat, lintang, bujur, khusus, kelas, alasan, catatan."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        """One file, and where to write what is wrong with it."""
        parser.add_argument("file", type=Path, metavar="FILE")
        parser.add_argument(
            "--report",
            type=Path,
            metavar="REPORT.csv",
            help="menulis semua yang harus diperbaiki ke berkas ini, bukan ke layar",
        )

    def handle(self, *, file: Path, report: Path | None, **_options: Any) -> None:
        """Loads the file and says what changed, or all that is wrong with it."""
        with opened(file) as stream:
            try:
                plan = import_stations(
                    by=SYSTEM, stream=stream, source=file.name, progress=progress_on(self.stdout)
                )
            except FaultyList as faulty:
                self._refuse(file, faulty.faults, report)
        self.stdout.write(
            _(
                "Selesai: {rows} baris; TPS: {added} baru, {changed} berubah; kelas: {classed} "
                "pertama, {reclassed} berubah; {unchanged} baris tetap."
            ).format(
                rows=number(plan.rows),
                added=number(plan.added),
                changed=number(plan.changed),
                classed=number(plan.classed),
                reclassed=number(plan.reclassed),
                unchanged=number(plan.unchanged),
            )
        )

    def _refuse(self, file: Path, faults: Faults, target: Path | None) -> None:
        """Every fault on the screen, or the first ones there and all of them in the report."""
        if target is None:
            for fault in faults:
                self.stderr.write(str(fault))
        else:
            try:
                target.write_bytes(report(faults))
            except OSError as error:
                raise CommandError(
                    _("Laporan {path} tidak dapat ditulis: {reason}").format(
                        path=target, reason=error.strerror
                    )
                ) from error
            for fault in faults.first[:SHOWN]:
                self.stderr.write(str(fault))
            self.stderr.write(_("Laporan lengkap: {path}").format(path=target))
        raise CommandError(
            _("{file} ditolak, tidak ada yang disimpan: {count} yang harus diperbaiki.").format(
                file=file, count=number(faults.count)
            )
        )
