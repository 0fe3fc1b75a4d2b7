"""`manage.py backtest_warnings`: how often the suggestion came before the human raise."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Min
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.regions.models import Region

from ...models import Incident, Policy, RiskRating, Scheme
from ...warning.inputs import known_since
from ...warning.replay import Span, replay
from ...warning.report import as_data, as_text
from ._regency import a_day, regency


class Command(BaseCommand):
    """Replays stored history day by day with only what was known then. Writes nothing."""

    help = (
        "Memutar ulang riwayat satu kabupaten hari demi hari dengan hanya yang sudah diketahui "
        "hari itu, lalu melaporkan seberapa sering saran mendahului kenaikan tingkat oleh manusia "
        "dan berapa alarm palsu."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The regency, the days, and what counts as an alarm in time."""
        parser.add_argument("--region", required=True, metavar="12.19", help="kode kabupaten/kota")
        parser.add_argument(
            "--from", dest="first", type=a_day, metavar="2024-06-01", help="bawaan: awal riwayat"
        )
        parser.add_argument("--until", type=a_day, metavar="2024-11-27", help="bawaan: hari ini")
        parser.add_argument(
            "--threshold",
            type=_number(0, 100),
            help="nilai yang dianggap alarm (bawaan: setelan kabupaten); di bawah ambang sedang, "
            "ambang sedang diandaikan serendah itu",
        )
        parser.add_argument(
            "--lead-days",
            type=_number(1, 365),
            default=14,
            help="alarm paling lama sekian hari sebelum kenaikan (bawaan 14)",
        )
        parser.add_argument("--json", action="store_true", help="hasil sebagai JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Replays and reports; progress goes to the error output, so that JSON stays clean."""
        place = regency(options["region"])
        policy = Policy.objects.of(place.pk)
        zone = ZoneInfo(place.time_zone)
        today = timezone.localtime(timezone=zone).date()
        last: date = min(options["until"] or today, today)
        first: date | None = options["first"] or _beginning(place, zone)
        if first is None:
            raise CommandError(
                _("{name} belum punya penilaian atau insiden.").format(name=place.title)
            )
        if first > last:
            raise CommandError(_("--from harus sebelum --until."))
        threshold = options["threshold"]
        if threshold is None:
            threshold = policy.warning_alert_from
        # Nothing is suggested below the cut-off, so a lower threshold supposes a lower cut-off too.
        policy.warning_medium_from = min(policy.warning_medium_from, threshold)
        span = Span(first, last, threshold, int(options["lead_days"]))
        start = datetime.combine(first, time(), zone)
        known = known_since(place, policy, start)
        results = replay(known, span, self._progress)
        if options["json"]:
            self.stdout.write(json.dumps(as_data(known, span, *results), indent=2))
            return
        for line in as_text(known, span, *results):
            self.stdout.write(line)

    def _progress(self, day: int, days: int) -> None:
        if day == days or day % 30 == 0:
            self.stderr.write(_("Hari {day} dari {days}").format(day=day, days=days))
            self.stderr.flush()


def _beginning(place: Region, zone: ZoneInfo) -> date | None:
    """The local day of the first rating or incident in the regency's kecamatan."""
    inside = f"{place.pk}."
    ratings = RiskRating.objects.filter(region__code__startswith=inside, scheme=Scheme.FORUM)
    incidents = Incident.objects.filter(region__code__startswith=inside)
    moments = [
        ratings.aggregate(first=Min("valid_from"))["first"],
        incidents.aggregate(first=Min("occurred_at"))["first"],
    ]
    known = [timezone.localtime(moment, zone).date() for moment in moments if moment]
    return min(known, default=None)


def _number(least: float, most: float) -> Any:
    def number(text: str) -> float:
        try:
            value = float(text)
        except ValueError:
            value = float("nan")
        if not least <= value <= most:
            raise ArgumentTypeError(
                _("{text} bukan angka {least} sampai {most}").format(
                    text=repr(text), least=least, most=most
                )
            )
        return value

    return number
