"""A step that was noted stays as it was noted."""

from django.db import migrations

from forkopimda.lib.triggers import append_only


class Migration(migrations.Migration):
    dependencies = [("asn_neutrality", "0001_initial")]
    operations = [append_only("asn_neutrality_casestep")]
