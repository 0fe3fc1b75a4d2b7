"""The Celery application and the whole table of scheduled work."""

import os

from celery import Celery
from celery.schedules import crontab

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "forkopimda.config.settings")

app = Celery("forkopimda")
# Read on first use: this module is imported while the settings are still being made.
app.config_from_object("django.conf:settings", namespace="CELERY")
app.conf.beat_schedule = {
    "worker-heartbeat": {
        "task": "lib.heartbeat",
        "schedule": 10.0,
        "options": {"expires": 10},
    },
    "sessions-clear": {
        "task": "lib.clear_sessions",
        "schedule": crontab(hour=19, minute=10),
    },
    "cases-erasure": {
        "task": "asn_neutrality.erase_unproven",
        "schedule": crontab(hour=19, minute=40),
    },
    "alerts-sweep": {
        "task": "alerts.send_due",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
    "meetings-reminders": {
        "task": "meetings.remind",
        "schedule": 600.0,
        "options": {"expires": 600},
    },
    "warnings-refresh": {
        "task": "security.refresh_warnings",
        "schedule": 900.0,
        "options": {"expires": 900},
    },
    "reviews-reminders": {
        "task": "security.remind_reviews",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "neutrality-terms": {
        "task": "asn_neutrality.remind_terms",
        "schedule": 3600.0,
        "options": {"expires": 3600},
    },
    "pledges-reminders": {
        "task": "asn_neutrality.send_pledge_reminders",
        "schedule": 60.0,
        "options": {"expires": 60},
    },
    "meetings-letters": {
        "task": "meetings.send_letters",
        "schedule": 20.0,
        "options": {"expires": 20},
    },
}
app.autodiscover_tasks()
