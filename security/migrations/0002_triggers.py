"""Ratings are never rewritten or removed, only succeeded."""

from django.db import migrations

from forkopimda.lib.triggers import only_set_once


class Migration(migrations.Migration):
    dependencies = [("security", "0001_initial")]
    operations = [only_set_once("security_riskrating", "valid_until")]
