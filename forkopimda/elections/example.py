"""The elections of 27 November 2024 in which Batu Bara voted (public facts)."""

from __future__ import annotations

from datetime import date

from django.db import transaction

from forkopimda.lib.authority import SYSTEM, Actor
from forkopimda.regions.models import Region

from .actions import save_election
from .models import Election, Kind

VOTING_DAY = date(2024, 11, 27)
ELECTIONS = (
    ("12.19", Kind.REGENT, "Pilkada Serentak 2024: Bupati dan Wakil Bupati Batu Bara"),
    ("12", Kind.GOVERNOR, "Pilkada Serentak 2024: Gubernur dan Wakil Gubernur Sumatera Utara"),
)


@transaction.atomic
def load(by: Actor = SYSTEM) -> None:
    """Adds the elections that are missing; what is there stays as it is."""
    for code, kind, name in ELECTIONS:
        known = Election.objects.filter(region=code, kind=kind, voting_day=VOTING_DAY)
        if not known.exists():
            region = Region.objects.get(pk=code)
            save_election(by=by, region=region, name=name, kind=kind, voting_day=VOTING_DAY)
