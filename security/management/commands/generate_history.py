"""`manage.py generate_history`: invented history for trials of the back-test."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from forkopimda.lib.authority import SYSTEM

from ... import actions
from ._regency import a_day, regency

MOST_DAYS = 2000


class Command(BaseCommand):
    """Fills one regency of an empty database with invented incidents and levels."""

    help = (
        "Mengisi satu kabupaten dengan riwayat buatan, untuk mencoba backtest_warnings. "
        "Hanya untuk basis data uji coba: yang berisi insiden atau penilaian ditolak. "
        "Cara membuatnya tertulis di security/warning/invented.py: kenaikan tingkat sengaja "
        "mengikuti insiden, dengan keterlambatan dan derau."
    )

    def add_arguments(self, parser: CommandParser) -> None:
        """The regency, the seed, how long, and the word that this database is for trials."""
        parser.add_argument("--region", required=True, metavar="12.19", help="kode kabupaten/kota")
        parser.add_argument("--seed", type=int, default=1, help="bibit acak; sama bibit sama hasil")
        parser.add_argument("--days", type=int, default=180, help="berapa hari (bawaan 180)")
        parser.add_argument(
            "--until", type=a_day, metavar="2024-11-27", help="hari terakhir (bawaan: hari ini)"
        )
        parser.add_argument(
            "--yes-fill-this-database",
            action="store_true",
            help="menyatakan bahwa basis data ini hanya untuk uji coba",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        """Fills, and says how much and how it was made."""
        if not options["yes_fill_this_database"]:
            raise CommandError(
                _(
                    "Riwayat buatan tak dapat dihapus lagi. Bila basis data ini hanya untuk uji "
                    "coba, ulangi dengan --yes-fill-this-database."
                )
            )
        place = regency(options["region"])
        days = options["days"]
        if not 1 <= days <= MOST_DAYS:
            raise CommandError(_("--days: 1 sampai {most}.").format(most=MOST_DAYS))
        zone = ZoneInfo(place.time_zone)
        today = timezone.localtime(timezone=zone).date()
        until: date = options["until"] or today
        if until > today:
            raise CommandError(_("--until: hari itu belum tiba."))
        start = datetime.combine(until - timedelta(days=days - 1), time(), zone)
        try:
            done = actions.invent_history(
                by=SYSTEM, region=place, seed=options["seed"], start=start, days=days
            )
        except ValidationError as error:
            raise CommandError("\n".join(error.messages)) from error
        self.stdout.write(
            _(
                "{name}: {incidents} insiden, {ratings} penilaian, {assessments} asesmen buatan, "
                "{start} sampai {until}, bibit {seed}."
            ).format(
                name=place.title,
                incidents=done.incidents,
                ratings=done.ratings,
                assessments=done.assessments,
                start=start.date().isoformat(),
                until=until.isoformat(),
                seed=options["seed"],
            )
        )
        self.stdout.write(
            _(
                "Kenaikan tingkat dibuat mengikuti insiden, terlambat 1-5 hari dan dengan derau; "
                "satu dari beberapa kenaikan tanpa insiden. Hasil uji balik atasnya bukan bukti."
            )
        )
