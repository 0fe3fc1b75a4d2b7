"""Two at the same moment, over two connections: numbers, keys and steps stay single."""

import threading
import uuid

import pytest
from django.db import connection

from forkopimda.lib.authority import SYSTEM
from forkopimda.regions.models import Region
from security import actions
from security.models import Incident, IncidentPhoto, IncidentStep
from tests.conftest import LAUT_TADOR, SEI_SUKA

from .reporting import picture, report, upload


def at_once(*works):
    """Runs each in a thread of its own, started together. Gives what they returned or raised."""
    together = threading.Barrier(len(works))
    outcomes = []

    def run(work):
        together.wait()
        try:
            outcomes.append(work())
        except Exception as error:  # noqa: BLE001  # the test looks at what came
            outcomes.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[work]) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


@pytest.mark.django_db(transaction=True)
def test_two_at_once_get_two_numbers_one_key_and_one_step(regions, person, media):
    officer = person("police_operator", LAUT_TADOR)

    reported = at_once(
        *(
            lambda code=code: report(Region.objects.get(pk=code), by=officer).serial
            for code in (LAUT_TADOR, SEI_SUKA)
        )
    )
    assert sorted(reported) == [1, 2]

    # The same report, sent twice by a phone that heard no answer: even to two registers.
    country = person("police_approver", "")
    key, content = uuid.uuid4(), picture()

    def send(code):
        return actions.report_incident(
            by=country,
            key=key,
            region=Region.objects.get(pk=code),
            category="protest",
            severity="severe",
            description="Serentak",
            photos=[upload(content)],
        ).new

    outcomes = at_once(lambda: send(LAUT_TADOR), lambda: send("12.09.08"))
    assert sorted(outcomes) == [False, True]
    incident = Incident.objects.get(key=key)
    outcomes = at_once(lambda: send(LAUT_TADOR), lambda: send(LAUT_TADOR))
    assert outcomes == [False, False]
    assert IncidentPhoto.objects.count() == 1
    assert len([path for path in media.rglob("*") if path.is_file()]) == 1

    # Two officers take a step from the same page.
    def step(state):
        return lambda: (
            actions.step_incident(
                by=country, incident=incident, state=state, note="serentak", seen="reported"
            ).state
        )

    outcomes = at_once(step("verified"), step("rejected"))
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["StaleIncident", "str"]
    assert IncidentStep.objects.filter(incident=incident).count() == 2

    # Two that are marked as duplicates of each other: one stays the original.
    one, other = report(regions[LAUT_TADOR]), report(regions[LAUT_TADOR])
    at_once(
        lambda: actions.mark_duplicate(by=SYSTEM, incident=one, of=other).pk,
        lambda: actions.mark_duplicate(by=SYSTEM, incident=other, of=one).pk,
    )
    pair = Incident.objects.filter(pk__in=[one.pk, other.pk])
    assert sorted(pair.values_list("state", flat=True)) == ["duplicate", "reported"]
