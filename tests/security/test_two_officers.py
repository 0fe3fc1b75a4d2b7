"""Two officers send at the same moment: one is stored, the other is told."""

import threading

import pytest
from django.db import connection

from forkopimda.regions.models import Region
from security import actions
from security.models import RiskRating
from tests.conftest import LAUT_TADOR


@pytest.mark.django_db(transaction=True)
def test_of_two_officers_who_send_at_once_one_is_told_of_the_other(person):
    officers = [person("police_approver"), person("police_operator", LAUT_TADOR)]
    together = threading.Barrier(2)
    outcomes = []

    def send(officer, level):
        region = Region.objects.get(pk=LAUT_TADOR)
        together.wait()
        try:
            actions.rate_region(by=officer, region=region, level=level, reason="serentak", seen=0)
            outcomes.append("stored")
        except actions.StaleRating as stale:
            outcomes.append(stale.current.level)
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=args)
        for args in zip(officers, ("high", "medium"), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    stored = RiskRating.objects.of(LAUT_TADOR).get()
    assert sorted(outcomes) == sorted(["stored", stored.level])
