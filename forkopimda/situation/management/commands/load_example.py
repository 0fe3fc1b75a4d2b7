"""Loads the example of Kabupaten Batu Bara, each part by its own app."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandParser

from forkopimda.elections import example as elections
from forkopimda.meetings import example as meetings
from forkopimda.people import example as people
from forkopimda.people.models import Role
from forkopimda.regions import example as regions
from security import example as security


class Command(BaseCommand):
    """`load_example [--password PASSWORD]`: run again, it adds only what is missing."""

    help = "Loads the Batu Bara example: regions, officials, demo accounts, levels, the meeting."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument(
            "--password", help="password of new demo accounts; without it nobody can use them"
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
        self.stdout.write("\nAkun contoh menurut peran:")
        for username, _shown, _institution, role, code in people.ACCOUNTS:
            self.stdout.write(f"  {username:<18} {Role(role).label} · {code}")
        if password:
            self.stdout.write(f"Kata sandi akun contoh yang baru dibuat: {password}")
