"""`manage.py derive_boundaries`: outlines of regencies and provinces from their kecamatan's."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from forkopimda.lib.authority import SYSTEM

from ...actions import derive_boundaries
from ._loading import number, progress_on


class Command(BaseCommand):
    """Makes the outlines that no file gave; those that were loaded stay."""

    help = (
        "Membuat batas kabupaten/kota dan provinsi yang belum dimuat dari gabungan batas "
        "kecamatan. Jalankan lagi setelah memuat batas kecamatan."
    )

    def handle(self, **_options: Any) -> None:
        """Makes them and says how many."""
        made = derive_boundaries(by=SYSTEM, progress=progress_on(self.stdout))
        self.stdout.write(
            _("Selesai: batas {regencies} kabupaten/kota dan {provinces} provinsi dibuat.").format(
                regencies=number(made.regencies), provinces=number(made.provinces)
            )
        )
