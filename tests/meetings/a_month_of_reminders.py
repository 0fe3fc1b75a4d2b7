"""Gives reminders as on each day of a month, from DAY on: `python -m ... DAY DAYS`.

Run by test_reminders_killed.py as a process of its own, so that it can be killed.
"""

import sys
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import django


def run(first: str, days: int) -> None:
    """Twice a day, in the region's morning and afternoon."""
    from forkopimda.meetings.reminders import give_due_reminders

    start = datetime.fromisoformat(first).replace(tzinfo=ZoneInfo("Asia/Jakarta"))
    for day in range(days):
        for hour in (8, 14):
            give_due_reminders(now=start + timedelta(days=day, hours=hour))
    sys.stdout.write("the month is over\n")


if __name__ == "__main__":
    django.setup()
    run(sys.argv[1], int(sys.argv[2]))
