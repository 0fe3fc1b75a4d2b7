"""The dashboard says how many follow-ups were done on time, and whose are overdue."""

import datetime

import pytest
from django.utils import timezone

from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import FollowUp
from forkopimda.meetings.panels import OFFERS, follow_ups
from tests.conftest import ASAHAN, BATU_BARA, LAUT_TADOR


@pytest.fixture
def add(plan, forum):
    meeting = plan("Rapat koordinasi", days=-200)
    today = timezone.localdate()

    def make(days_ago, *, done_after=None, institution="polres", cancelled=False):
        """A follow-up that fell due so many days ago, done so many days after that."""
        due_on = today - datetime.timedelta(days=days_ago)
        row = actions.add_follow_up(
            by=SYSTEM,
            meeting=meeting,
            task="Tugas",
            institution=forum[institution],
            due_on=due_on,
        )
        if cancelled:
            actions.step_follow_up(by=SYSTEM, follow_up=row, state="cancelled", text="Batal.")
        if done_after is not None:
            moment = datetime.datetime.combine(
                due_on + datetime.timedelta(days=done_after),
                datetime.time(10),
                tzinfo=timezone.get_current_timezone(),
            )
            actions.step_follow_up(by=SYSTEM, follow_up=row, state="done", text="Ada.", at=moment)
        return row

    return make


def test_the_share_counts_what_fell_due_in_ninety_days_and_was_done_by_its_day(person, add):
    add(10, done_after=-2)
    add(10, done_after=0)
    add(10, done_after=1)
    add(10)
    add(10, cancelled=True)
    add(91, done_after=5)
    add(0)
    add(-5, done_after=-1)

    panel = follow_ups(person("viewer"), BATU_BARA)

    assert panel.context["counts"] == {"all": 4, "in_time": 2}
    assert panel.context["share"] == 50


def test_overdue_ones_are_counted_by_institution_the_three_worst_shown(person, sign_in, add):
    for institution, count in (("kodim", 1), ("polres", 3), ("dprd", 2), ("kejari", 1)):
        for _ in range(count):
            add(3, institution=institution)
    add(0, institution="pn")

    text = sign_in(person("viewer")).get("/panel/follow-ups/").content.decode()

    assert text.index("Polres Batu Bara") < text.index("DPRD Kabupaten") < text.index("Kejaksaan")
    assert "Kodim" not in text
    assert "Pengadilan" not in text
    assert "Masih ada lembaga lain." in text
    assert "0%" in text
    assert "0 dari 7 yang jatuh tempo dalam 90 hari terakhir" in text


def test_without_any_the_panel_says_so(person, sign_in):
    text = sign_in(person("viewer")).get("/panel/follow-ups/").content.decode()

    assert "Tidak ada tindak lanjut yang jatuh tempo dalam 90 hari terakhir." in text
    assert "Tidak ada yang terlambat." in text


def test_only_those_of_meetings_that_the_reader_may_open_are_counted(person, add, plan):
    row = add(3)

    assert follow_ups(person("viewer", ASAHAN), BATU_BARA) is None
    assert follow_ups(person("police_operator", LAUT_TADOR), BATU_BARA) is None
    with writing():
        row.meeting.restricted = True
        row.meeting.save()
    assert follow_ups(person("viewer"), BATU_BARA).context["overdue"] == []
    assert len(follow_ups(person("auditor"), BATU_BARA).context["overdue"]) == 1


def test_the_panels_are_asked_for_again_when_meetings_change(db):
    assert {offer.key: offer.topics for offer in OFFERS} == {
        "meetings": ("meetings",),
        "follow-ups": ("meetings",),
    }
    assert FollowUp.objects.count() == 0
