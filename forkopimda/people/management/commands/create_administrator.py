"""Makes an administrator, at the shell of the server."""

from __future__ import annotations

import getpass
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from forkopimda.lib.authority import SYSTEM
from forkopimda.people import actions
from forkopimda.people.models import Role
from forkopimda.regions.models import Region


class Command(BaseCommand):
    """`create_administrator USERNAME EMAIL [--region CODE]`; asks for the password."""

    help = "Makes an administrator of a region, or of the whole country."

    def add_arguments(self, parser: CommandParser) -> None:
        """Who, and where."""
        parser.add_argument("username")
        parser.add_argument("email")
        parser.add_argument("--region", help="region code; without it: the whole country")

    def handle(self, *args: Any, **options: Any) -> None:
        """Asks for the password twice and makes the account."""
        region = None
        if options["region"]:
            region = Region.objects.filter(pk=options["region"]).first()
            if region is None:
                raise CommandError(f"there is no region {options['region']}")
        password = getpass.getpass("Password: ")
        if password != getpass.getpass("Password (again): "):
            raise CommandError("the two passwords differ")
        try:
            user = actions.create_user(
                by=SYSTEM,
                username=options["username"],
                email=options["email"],
                display_name=options["username"],
                password=password,
                roles=[(Role.ADMINISTRATOR, region)],
            )
        except ValidationError as error:
            raise CommandError("; ".join(error.messages)) from error
        self.stdout.write(f"{user.get_username()} is an administrator now")
