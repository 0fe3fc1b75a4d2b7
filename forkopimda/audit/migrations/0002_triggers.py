"""The audit trail is append-only, against SQL too."""

from django.db import migrations

from forkopimda.lib.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_initial")]
    operations = [append_only("audit_auditevent")]
