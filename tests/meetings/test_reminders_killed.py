"""Reminders survive the death of the processes that give them: each is given exactly once."""

import datetime
import os
import signal
from collections import Counter

import pytest

from forkopimda.alerts.models import Alert
from forkopimda.lib.authority import SYSTEM
from forkopimda.meetings import actions
from forkopimda.meetings.models import Reminder
from forkopimda.people.models import User
from tests.processes import running, wait_until

DUE = datetime.date(2027, 3, 15)
STEPS = ["before", "due", "overdue", "chair"]


@pytest.mark.django_db(transaction=True)
def test_over_a_month_with_workers_killed_in_between_each_reminder_is_given_exactly_once(
    plan, forum
):
    """Two at a time, killed at once without a word in the midst of it, again and again."""
    meeting = plan("Rapat koordinasi", days=-30)
    tasks = [f"Tugas {number:02d}" for number in range(30)]
    for number, task in enumerate(tasks):
        actions.add_follow_up(
            by=SYSTEM,
            meeting=meeting,
            task=task,
            institution=forum["polres"],
            due_on=DUE + datetime.timedelta(days=number % 20),
        )
    arguments = ["tests.meetings.a_month_of_reminders", f"{DUE - datetime.timedelta(days=5)}", "35"]

    for kill_at in (10, 45, 80):
        with running(arguments) as one, running(arguments) as two:
            wait_until(lambda n=kill_at: Reminder.objects.count() >= n, 60, f"{kill_at} reminders")
            for output in (one, two):
                os.kill(output.process.pid, signal.SIGKILL)
            assert [o.process.wait(10) for o in (one, two)] == [-signal.SIGKILL] * 2
    assert Reminder.objects.count() < 4 * len(tasks), "killed too late to prove anything"
    with running(arguments) as one, running(arguments) as two:
        for output in (one, two):
            wait_until(lambda o=output: "the month is over" in o.text(), 60, "the month's end")

    steps = Counter(Reminder.objects.values_list("follow_up__task", "step"))
    assert steps == Counter({(task, step): 1 for task in tasks for step in STEPS})
    alerts = Counter((alert.kind, alert.headline_in("id")[-8:]) for alert in Alert.objects.all())
    assert alerts == Counter({(f"follow_up_{s}", task): 1 for task in tasks for s in STEPS})
    kapolres = User.objects.get(username="kapolres")
    assert kapolres.deliveries.count() == 4 * len(tasks)
