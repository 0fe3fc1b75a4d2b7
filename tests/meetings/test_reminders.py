"""A follow-up is called to mind before its day, on it and after it; each step once."""

import datetime
from collections import Counter
from io import StringIO
from zoneinfo import ZoneInfo

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.utils import timezone

from forkopimda.alerts.models import Alert
from forkopimda.audit.models import AuditEvent
from forkopimda.config.celery import app
from forkopimda.lib.authority import SYSTEM
from forkopimda.lib.guard import writing
from forkopimda.meetings import actions
from forkopimda.meetings.models import Reminder
from forkopimda.meetings.reminders import give_due_reminders
from forkopimda.meetings.tasks import remind
from forkopimda.people import actions as people
from forkopimda.people.models import User
from forkopimda.regions.actions import edit_region
from tests.conftest import ASAHAN, BATU_BARA

WIB = ZoneInfo("Asia/Jakarta")
DUE = datetime.date(2027, 3, 15)
STEPS = ["before", "due", "overdue", "chair"]


def at(day, hour=8, minute=0, zone=WIB):
    """A moment so many days after the due date."""
    date = DUE + datetime.timedelta(days=day)
    return datetime.datetime.combine(date, datetime.time(hour, minute), tzinfo=zone)


def given(follow_up=None):
    rows = Reminder.objects.order_by("pk")
    return [row.step for row in (rows.filter(follow_up=follow_up) if follow_up else rows)]


def told(kind):
    """User names of who got the alert of a step."""
    alert = Alert.objects.get(kind=f"follow_up_{kind}")
    return {delivery.recipient.username for delivery in alert.deliveries.all()}


@pytest.fixture
def meeting(plan, forum):
    meeting = plan("Rapat koordinasi", days=-30)
    with writing():
        meeting.chair = forum["pemkab"]
        meeting.save()
    return meeting


@pytest.fixture
def follow_up(meeting, forum):
    def add(task="Menambah penjagaan", due_on=DUE, meeting=meeting, institution="polres"):
        return actions.add_follow_up(
            by=SYSTEM,
            meeting=meeting,
            task=task,
            institution=forum[institution],
            due_on=due_on,
        )

    return add


@pytest.mark.parametrize(
    ("day", "steps"),
    [
        (-4, []),
        (-3, ["before"]),
        (-1, ["before"]),
        (0, ["due"]),
        (1, ["overdue"]),
        (2, ["overdue"]),
        (3, ["chair"]),
        (200, ["chair"]),
    ],
)
def test_whenever_it_first_runs_the_latest_step_is_given_and_no_earlier_one(follow_up, day, steps):
    follow_up()

    give_due_reminders(now=at(day))

    assert given() == steps


def test_over_a_month_that_is_asked_every_hour_each_step_is_given_once(follow_up):
    follow_up()
    counts = {}
    for hour in range(24 * 30):
        now = at(-15, hour=0) + datetime.timedelta(hours=hour)
        if count := give_due_reminders(now=now):
            counts[now] = count

    assert given() == STEPS
    assert counts == {at(-3, 7): 1, at(0, 7): 1, at(1, 7): 1, at(3, 7): 1}
    assert Counter(Alert.objects.values_list("kind", flat=True)) == {
        f"follow_up_{step}": 1 for step in STEPS
    }


def test_nobody_is_reminded_before_seven_by_the_clocks_of_the_region(follow_up, meeting, regions):
    follow_up()

    assert give_due_reminders(now=at(0, 6, 59)) == 0
    asahan = regions[BATU_BARA]
    place = {"name": asahan.name, "latitude": None, "longitude": None}
    edit_region(by=SYSTEM, region=asahan, time_zone="Asia/Jayapura", **place)
    assert give_due_reminders(now=at(0, 6, 59)) == 1, "it is 08.59 there"


def test_the_day_is_the_one_where_the_meeting_takes_place(follow_up):
    follow_up()

    give_due_reminders(now=datetime.datetime(2027, 3, 15, 0, 30, tzinfo=datetime.UTC))

    assert given() == ["due"]


@pytest.mark.parametrize("state", ["done", "cancelled"])
def test_what_is_finished_is_not_called_to_mind(follow_up, state):
    row = follow_up()
    if state == "done":
        actions.step_follow_up(by=SYSTEM, follow_up=row, state="in_progress")
        give_due_reminders(now=at(-3))
    actions.step_follow_up(by=SYSTEM, follow_up=row, state=state, text="Sudah.")

    give_due_reminders(now=at(5))

    assert given() == (["before"] if state == "done" else [])


def test_a_cancelled_meeting_reminds_of_nothing(follow_up, meeting):
    follow_up()
    with writing():
        meeting.stage, meeting.cancel_reason = "cancelled", "Banjir"
        meeting.cancelled_at = timezone.now()
        meeting.save()

    assert give_due_reminders(now=at(0)) == 0


def test_another_due_date_starts_the_steps_anew(follow_up):
    row = follow_up()
    give_due_reminders(now=at(0))

    actions.edit_follow_up(by=SYSTEM, follow_up=row, due_on=DUE + datetime.timedelta(days=10))
    assert give_due_reminders(now=at(1)) == 0, "it is far again"
    for day in (7, 10, 11, 13):
        give_due_reminders(now=at(day))

    assert given(row) == ["due", *STEPS]


def test_who_is_told_grows_from_step_to_step(follow_up, person, forum):
    """The example's accounts: `kapolres` and `polres` are of the Polres, `bupati` of the chair."""
    person("secretariat", ASAHAN, username="kesbangpol-asahan")
    gone = person("viewer", username="pensiunan", institution=forum["polres"])
    people.edit_user(by=SYSTEM, user=gone, is_active=False)
    follow_up()

    for day in (-3, 0, 1, 3):
        give_due_reminders(now=at(day))

    assert told("before") == {"kapolres", "polres"}
    assert told("due") == {"kapolres", "polres"}
    assert told("overdue") == {"kapolres", "polres", "kesbangpol"}
    assert told("chair") == {"kapolres", "polres", "kesbangpol", "bupati"}


def test_the_alert_says_what_is_to_be_done_by_when_and_leads_to_it(follow_up):
    row = follow_up("Menambah penjagaan pasar")

    give_due_reminders(now=at(3))

    alert = Alert.objects.get()
    assert alert.headline_in("id") == (
        "Untuk pimpinan: tindak lanjut lewat tenggat: Menambah penjagaan pasar"
    )
    text = alert.description_in("id")
    assert "Dari rapat “Rapat koordinasi”." in text
    assert "Penanggung jawab: Polres Batu Bara. Tenggat: 15 Maret 2027." in text
    assert "Terlambat 3 hari." in text
    assert alert.link == f"/rapat/tindak-lanjut/{row.pk}/"
    assert set(alert.headlines) == set(alert.descriptions) == {"id", "en"}


def test_when_nobody_responsible_has_an_account_the_secretariat_is_told(follow_up):
    people.edit_user(by=SYSTEM, user=User.objects.get(username="kajari"), is_active=False)
    follow_up(institution="kejari")

    give_due_reminders(now=at(-3))

    assert told("before") == {"kesbangpol"}
    assert "tidak mempunyai akun" in Alert.objects.get().description_in("id")
    assert given() == ["before"]


def test_of_a_restricted_meeting_only_who_may_read_it_is_told_and_no_word_of_it_is_said(
    follow_up, meeting, forum
):
    with writing():
        meeting.restricted, meeting.title = True, "RAHASIA-JUDUL"
        meeting.save()
    actions.invite(by=SYSTEM, meeting=meeting, institution=forum["kejari"])
    follow_up("RAHASIA-TUGAS", institution="kejari")
    give_due_reminders(now=at(0))
    assert told("due") == {"kajari"}

    follow_up("RAHASIA-TUGAS", institution="polres")
    give_due_reminders(now=at(1))

    everybody = [
        {delivery.recipient.username for delivery in alert.deliveries.all()}
        for alert in Alert.objects.filter(kind="follow_up_overdue").order_by("pk")
    ]
    assert everybody == [{"kajari", "kesbangpol"}, {"kesbangpol"}], "the Polres is not invited"
    for alert in Alert.objects.all():
        assert "RAHASIA" not in f"{alert.headlines} {alert.descriptions}"
        assert "rapat tertutup" in alert.headline_in("id")


def test_one_that_can_not_be_given_does_not_hold_up_the_others(follow_up, monkeypatch):
    first, second = follow_up("Yang rusak"), follow_up("Yang baik")
    from forkopimda.meetings.actions import remind as module

    whole = module.description

    def broken(row, *args, **kwargs):
        if row.pk == first.pk:
            raise ValidationError("rusak")
        return whole(row, *args, **kwargs)

    monkeypatch.setattr(module, "description", broken)
    assert give_due_reminders(now=at(0)) == 1
    assert given(first) == []
    assert given(second) == ["due"]

    monkeypatch.undo()
    assert give_due_reminders(now=at(0, 9)) == 1
    assert given(first) == ["due"]


def test_more_than_a_batch_of_follow_ups_are_all_called_to_mind(follow_up, monkeypatch):
    monkeypatch.setattr("forkopimda.meetings.reminders.BATCH", 3)
    for number in range(7):
        follow_up(f"Tugas {number}")

    assert give_due_reminders(now=at(0)) == 7


def test_a_reminder_reads_in_words_in_the_audit_trail(follow_up):
    follow_up()
    give_due_reminders(now=at(0))

    event = AuditEvent.objects.get(action="meetings.give_reminder")
    assert str(event) == (
        "sistem mengingatkan Polres Batu Bara akan tindak lanjut rapat “Rapat koordinasi”: "
        "pada hari tenggat"
    )


def test_the_worker_gives_what_is_due_now_by_schedule(plan, follow_up):
    follow_up(due_on=timezone.localdate() - datetime.timedelta(days=20))

    remind()
    remind()

    assert given() in (["chair"], []), "nothing before seven in the morning"
    entry = app.conf.beat_schedule["meetings-reminders"]
    assert (entry["task"], entry["schedule"]) == ("meetings.remind", 600.0)


def test_an_operator_gives_reminders_as_of_a_time(follow_up):
    follow_up()
    said = StringIO()

    call_command("give_reminders", "--at", "2027-03-15T08:00+07:00", stdout=said)

    assert said.getvalue() == "1 pengingat diberikan.\n"
    assert given() == ["due"]


@pytest.mark.parametrize("text", ["besok", "2027-02-30T08:00", "2027-03-15"])
def test_a_time_that_can_not_be_is_refused(db, text):
    with pytest.raises(CommandError, match="--at"):
        call_command("give_reminders", "--at", text)
