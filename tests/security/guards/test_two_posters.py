"""Two officers post the last people of a unit at the same moment: one of them does."""

import threading

import pytest
from django.db import connection

from forkopimda.regions.models import Region
from security import actions
from security.models import Posting, Unit
from tests.conftest import LAUT_TADOR, SEI_SUKA

from .made import MORNING, NEXT, make_unit


@pytest.mark.django_db(transaction=True)
def test_of_two_who_post_the_last_people_at_once_exactly_one_does(person):
    officers = [person("police_approver"), person("police_approver")]
    unit = make_unit(strength=10)
    together = threading.Barrier(2)
    outcomes = []

    def send(officer, code):
        region, row = Region.objects.get(pk=code), Unit.objects.get(pk=unit.pk)
        together.wait()
        try:
            actions.post_guards(
                by=officer, unit=row, region=region, people=6, starts_at=MORNING, ends_at=NEXT
            )
            outcomes.append("posted")
        except actions.NotEnoughPeople as refused:
            outcomes.append(f"{refused.free.people} left")
        finally:
            connection.close()

    threads = [
        threading.Thread(target=send, args=args)
        for args in zip(officers, (LAUT_TADOR, SEI_SUKA), strict=True)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(outcomes) == ["4 left", "posted"]
    assert Posting.objects.get().people == 6
