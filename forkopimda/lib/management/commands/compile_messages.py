"""Compiles locale/*/LC_MESSAGES/*.po, without gettext's tools."""

from __future__ import annotations

from typing import Any

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    """`compile_messages`: every catalogue that is newer than its compiled form."""

    help = "Compiles the message catalogues."

    def handle(self, *args: Any, **options: Any) -> None:
        """Writes each .mo beside its .po."""
        for source in sorted(settings.LOCALE_PATHS[0].glob("*/LC_MESSAGES/*.po")):
            target = source.with_suffix(".mo")
            if target.exists() and target.stat().st_mtime >= source.stat().st_mtime:
                continue
            with source.open("rb") as stream:
                catalog = read_po(stream, locale=source.parent.parent.name)
            with target.open("wb") as stream:
                write_mo(stream, catalog)
            self.stdout.write(f"compiled {source.parent.parent.name}/{source.stem}")
