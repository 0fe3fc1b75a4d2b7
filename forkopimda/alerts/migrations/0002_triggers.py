"""What was said stays said; an acknowledgement stays given."""

from django.db import migrations

from forkopimda.lib.triggers import append_only, kept_once_set


class Migration(migrations.Migration):
    dependencies = [("alerts", "0001_initial")]
    operations = [append_only("alerts_alert"), kept_once_set("alerts_delivery", "acknowledged_at")]
