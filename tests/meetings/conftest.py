"""A meeting at the regency, one in a kecamatan, and the forum's institutions."""

import datetime

import pytest
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Stage
from forkopimda.people import actions as people
from forkopimda.people import example as people_example
from forkopimda.people.models import Institution
from tests.conftest import BATU_BARA


@pytest.fixture
def plan(regions):
    """Plans a meeting whose invitations are out: `plan("Judul", "12.19", days=3)`.

    Negative days lie in the past; `draft=True` leaves it the secretariat's.
    """

    def make(title="Rapat koordinasi", code=BATU_BARA, *, days=3, draft=False, **fields):
        start = timezone.now() + datetime.timedelta(days=days)
        meeting = actions.plan_meeting(
            by=SYSTEM,
            region=regions[code],
            title=title,
            **{
                "place": "Aula",
                "starts_at": start,
                "ends_at": start + datetime.timedelta(hours=2),
                **fields,
            },
        )
        if not draft:
            with writing():
                meeting.stage, meeting.sent_at = Stage.SENT, timezone.now()
                meeting.save()
        return meeting

    return make


@pytest.fixture
def institution(regions):
    """The Polres, with nobody known to head it."""
    return people.save_institution(
        by=SYSTEM,
        region=regions[BATU_BARA],
        code="polres",
        name="Polres Batu Bara",
        head_title="Kapolres",
        membership="member",
    )


@pytest.fixture
def forum(regions):
    """The institutions and officials of the example."""
    people_example.load(password=None)
    return {row.code: row for row in Institution.objects.filter(region=BATU_BARA)}


@pytest.fixture
def past_meeting(plan):
    """A meeting of three days ago."""
    return plan("Rapat koordinasi", days=-3)


@pytest.fixture
def give(past_meeting, forum):
    """Gives out a task: `give("Tugas", days=7)`."""

    def make(task="Patroli bersama", *, of=None, days=7, code="polres", **fields):
        due_on = timezone.localdate() + datetime.timedelta(days=days)
        return actions.add_follow_up(
            by=SYSTEM,
            meeting=of or past_meeting,
            task=task,
            institution=forum[code],
            due_on=due_on,
            **fields,
        )

    return make
