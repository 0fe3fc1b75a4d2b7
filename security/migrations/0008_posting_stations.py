"""How many stations a posting guards, kept with it; never fewer than are stored."""

from django.db import migrations, models

COUNTED = """
    CREATE FUNCTION security_guarded_counted() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM security_posting posting
            JOIN security_postingstation guarded ON guarded.posting_id = posting.id
            WHERE posting.id IN (SELECT posting_id FROM added)
            GROUP BY posting.id HAVING count(*) > posting.stations
        ) THEN
            RAISE EXCEPTION 'a posting guards no more stations than it says'
                USING ERRCODE = 'check_violation', CONSTRAINT = 'posting_counts_its_stations';
        END IF;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_guarded_counted AFTER INSERT ON security_postingstation
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION security_guarded_counted();
"""
COUNTED_BACK = """
    DROP TRIGGER security_guarded_counted ON security_postingstation;
    DROP FUNCTION security_guarded_counted();
"""


class Migration(migrations.Migration):
    dependencies = [("security", "0007_stations")]
    operations = [
        migrations.AddField(
            model_name="posting",
            name="stations",
            field=models.PositiveSmallIntegerField(default=0, verbose_name="jumlah TPS"),
        ),
        # Postings are never rewritten: the count of those already stored is filled in aside.
        migrations.RunSQL(
            "ALTER TABLE security_posting DISABLE TRIGGER USER;"
            " UPDATE security_posting SET stations = counted.stations FROM ("
            "SELECT posting_id, count(*) AS stations FROM security_postingstation GROUP BY 1"
            ") counted WHERE counted.posting_id = security_posting.id;"
            " ALTER TABLE security_posting ENABLE TRIGGER USER;",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(COUNTED, COUNTED_BACK),
    ]
