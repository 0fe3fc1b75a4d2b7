"""Gives the reminders of follow-ups that are due, as the worker does every ten minutes."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from forkopimda.meetings.reminders import give_due_reminders


class Command(BaseCommand):
    """`give_reminders [--at TIME]`: run again, it gives none a second time."""

    help = "Gives the reminders of follow-ups that are due now, or at a given time."

    def add_arguments(self, parser: CommandParser) -> None:
        """One option."""
        parser.add_argument(
            "--at",
            metavar="TIME",
            help="as if it were this time: 2024-12-01T08:00+07:00",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Gives them and says how many."""
        given = give_due_reminders(now=_moment(options["at"]))
        self.stdout.write(f"{given} pengingat diberikan.")


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or "T" not in text:
        raise CommandError(f"--at: {text!r} is no time such as 2024-12-01T08:00+07:00")
    return timezone.make_aware(moment) if timezone.is_naive(moment) else moment
