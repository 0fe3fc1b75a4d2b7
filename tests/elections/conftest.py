"""Elections on any day from today."""

import datetime

import pytest
from django.utils import timezone

from forkopimda.elections import actions
from forkopimda.lib.authority import SYSTEM
from tests.conftest import BATU_BARA


@pytest.fixture
def elect(regions):
    """Stores an election: `elect("Pilkada", days=3)`; negative days lie in the past."""

    def make(name="Pilkada", code=BATU_BARA, kind="regent", *, days=3):
        day = timezone.localdate() + datetime.timedelta(days=days)
        return actions.save_election(
            by=SYSTEM, region=regions[code], name=name, kind=kind, voting_day=day
        )

    return make
