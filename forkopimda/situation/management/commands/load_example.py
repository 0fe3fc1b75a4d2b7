"""Loads the example of Kabupaten Batu Bara, each part by its own app."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from asn_neutrality import example as asn_neutrality
from asn_neutrality.sealing.codes import shown
from forkopimda.elections import example as elections
from forkopimda.meetings import example as meetings
from forkopimda.people import example as people
from forkopimda.people.models import Role
from forkopimda.regions import example as regions
from security import example as security


class Command(BaseCommand):
    """`load_example [--password …] [--passphrase …] [--code-file …]`: run again, it adds only what
    is missing."""

    help = "Loads the Batu Bara example: regions, officials, demo accounts, levels, the meeting."

    def add_arguments(self, parser: CommandParser) -> None:
        """What opens the accounts, the examiners' keys, and the example report."""
        parser.add_argument(
            "--password", help="password of new demo accounts; without it nobody can use them"
        )
        parser.add_argument(
            "--passphrase",
            help="passphrase of new example examiners' keys; without it no report is loaded",
        )
        parser.add_argument(
            "--code-file",
            type=Path,
            help="keeps the example report's tracking code, which is stored nowhere else, so that "
            "it can be told again",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Loads each part and prints the accounts by role."""
        password = options["password"]
        for name, load in (
            ("wilayah", regions.load),
            ("lembaga, pejabat, akun", lambda: people.load(password=password)),
            ("tingkat kerawanan", security.load),
            ("pemilihan", elections.load),
            ("rapat 21 November 2024", meetings.load),
        ):
            self.stdout.write(f"Memuat contoh: {name} …")
            load()
        self.stdout.write("Memuat contoh: netralitas ASN …")
        made = asn_neutrality.load(passphrase=options["passphrase"])
        self.stdout.write("\nAkun contoh menurut peran:")
        for username, _shown, _institution, role, code in people.ACCOUNTS:
            self.stdout.write(f"  {username:<18} {Role(role).label} · {code}")
        if password:
            self.stdout.write(f"Kata sandi akun contoh yang baru dibuat: {password}")
        if options["passphrase"]:
            self.stdout.write(f"Frasa sandi kunci pemeriksa contoh: {options['passphrase']}")
        if tracking := _kept(made, options["code_file"]):
            self.stdout.write(f"Kode lacak laporan contoh, untuk /lapor/status/: {shown(tracking)}")


def _kept(code: str, file: Path | None) -> str:
    """The code that was made now, written down; else the one written down before; else none."""
    if file is None:
        return code
    if code:
        file.touch(mode=0o600)
        file.write_text(code)
    return file.read_text() if file.exists() else ""
