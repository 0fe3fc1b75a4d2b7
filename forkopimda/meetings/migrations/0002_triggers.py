"""What was issued, approved, noted or reminded stays as it was, against SQL too."""

from django.db import migrations

from forkopimda.lib.triggers import append_only, frozen_while

APPROVED = {
    "parent": "meetings_meeting",
    "key": "meeting_id",
    "condition": "minutes_state = 'approved'",
}


class Migration(migrations.Migration):
    dependencies = [("meetings", "0001_initial")]
    operations = [
        append_only("meetings_minutesversion"),
        append_only("meetings_document"),
        append_only("meetings_followupnote"),
        append_only("meetings_reminder"),
        frozen_while("meetings_agendaitem", **APPROVED),
        frozen_while("meetings_decision", **APPROVED),
    ]
