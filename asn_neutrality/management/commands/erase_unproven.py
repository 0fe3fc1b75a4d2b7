"""Erases the content of cases that ended unproven long enough ago, as the worker does daily."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from asn_neutrality.erasing import erase_due, would_erase


class Command(BaseCommand):
    """`erase_unproven [--dry-run]`: says how many, and never which."""

    help = "Erases the content of unproven cases after the time that the catalogue keeps them."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument("--dry-run", action="store_true", help="only count, erase nothing")

    def handle(self, *args: Any, **options: Any) -> None:
        """Erases, or counts, and says how many."""
        done = would_erase() if options["dry_run"] else erase_due()
        verb = "akan dihapus" if options["dry_run"] else "dihapus"
        self.stdout.write(
            f"{verb}: isi {done.cases} perkara, {done.reports} laporan, {done.files} berkas."
        )
        if done.left:
            self.stdout.write(
                f"{done.left} berkas belum terhapus; dicoba lagi pada jadwal berikut."
            )
