"""Postings: counted once per statement, kept once stored, at stations of their own kecamatan."""

from django.db import migrations

from forkopimda.lib.triggers import only_set_once

# The most people that a unit has posted at any one moment between two: the running sum of who
# comes and who goes. Who leaves at a moment is free for who starts at it. The unit's row is
# locked, so that two postings at once are counted one after the other.
STRENGTH = """
    DROP TRIGGER security_unit_strength ON security_unit;
    DROP FUNCTION security_unit_strength();
    DROP TRIGGER security_posting_strength ON security_posting;
    DROP FUNCTION security_posting_strength();
    DROP FUNCTION security_check_strength(bigint);

    CREATE FUNCTION security_check_strength(wanted bigint, first timestamptz, last timestamptz)
    RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        available integer;
        busiest bigint;
    BEGIN
        SELECT strength INTO available FROM security_unit
            WHERE id = wanted FOR NO KEY UPDATE;
        SELECT max(total) INTO busiest FROM (
            SELECT sum(change) OVER (ORDER BY moment, change) AS total FROM (
                SELECT greatest(starts_at, first) AS moment, people AS change
                FROM security_posting
                WHERE unit_id = wanted AND withdrawn_at IS NULL
                    AND starts_at < last AND ends_at > first
                UNION ALL
                SELECT ends_at, -people
                FROM security_posting
                WHERE unit_id = wanted AND withdrawn_at IS NULL
                    AND starts_at < last AND ends_at > first
            ) changes
        ) totals;
        IF busiest > available THEN
            RAISE EXCEPTION 'unit % posts % of its % people at one moment', wanted, busiest, available
                USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_posts_no_more_than_it_has';
        END IF;
    END $$;

    CREATE FUNCTION security_posting_strength() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_check_strength(unit_id, min(starts_at), max(ends_at))
            FROM added WHERE withdrawn_at IS NULL GROUP BY unit_id ORDER BY unit_id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_posting_strength AFTER INSERT ON security_posting
        REFERENCING NEW TABLE AS added
        FOR EACH STATEMENT EXECUTE FUNCTION security_posting_strength();

    CREATE FUNCTION security_unit_strength() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- What is over is over: a unit may have become smaller since.
        PERFORM security_check_strength(NEW.id, now(), 'infinity');
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_unit_strength AFTER UPDATE OF strength ON security_unit
        FOR EACH ROW WHEN (NEW.strength < OLD.strength)
        EXECUTE FUNCTION security_unit_strength();
"""
STRENGTH_BACK = """
    DROP TRIGGER security_unit_strength ON security_unit;
    DROP FUNCTION security_unit_strength();
    DROP TRIGGER security_posting_strength ON security_posting;
    DROP FUNCTION security_posting_strength();
    DROP FUNCTION security_check_strength(bigint, timestamptz, timestamptz);

    CREATE FUNCTION security_check_strength(wanted bigint) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        available integer;
        busiest bigint;
    BEGIN
        SELECT strength INTO available FROM security_unit WHERE id = wanted FOR UPDATE;
        SELECT max(total) INTO busiest FROM (
            SELECT sum(other.people) AS total
            FROM security_posting moment
            JOIN security_posting other ON other.unit_id = moment.unit_id
                AND other.withdrawn_at IS NULL
                AND other.starts_at <= moment.starts_at AND other.ends_at > moment.starts_at
            WHERE moment.unit_id = wanted AND moment.withdrawn_at IS NULL
            GROUP BY moment.id
        ) totals;
        IF busiest > available THEN
            RAISE EXCEPTION 'unit % posts % of its % people at one moment', wanted, busiest, available
                USING ERRCODE = 'check_violation', CONSTRAINT = 'unit_posts_no_more_than_it_has';
        END IF;
    END $$;
    CREATE FUNCTION security_posting_strength() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_check_strength(NEW.unit_id);
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_posting_strength AFTER INSERT OR UPDATE ON security_posting
        FOR EACH ROW EXECUTE FUNCTION security_posting_strength();
    CREATE FUNCTION security_unit_strength() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_check_strength(NEW.id);
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_unit_strength AFTER UPDATE OF strength ON security_unit
        FOR EACH ROW EXECUTE FUNCTION security_unit_strength();
"""

# A guarded station stays with its posting, and lies in the posting's kecamatan.
PLACE = """
    CREATE FUNCTION security_guarded_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'INSERT' THEN
            IF NOT EXISTS (
                SELECT 1 FROM security_posting posting
                JOIN elections_pollingstation station ON station.id = NEW.station_id
                WHERE posting.id = NEW.posting_id
                    AND left(station.village_id, 8) = posting.region_id
            ) THEN
                RAISE EXCEPTION 'the station lies outside the kecamatan of the posting'
                    USING ERRCODE = 'check_violation',
                        CONSTRAINT = 'posting_station_in_its_kecamatan';
            END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' OR (NEW.posting_id, NEW.station_id)
            IS DISTINCT FROM (OLD.posting_id, OLD.station_id)
        THEN
            RAISE EXCEPTION 'a posting keeps its stations; withdraw it and post anew'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER security_guarded_kept BEFORE INSERT OR UPDATE OR DELETE
        ON security_postingstation FOR EACH ROW EXECUTE FUNCTION security_guarded_kept();
"""
PLACE_BACK = """
    DROP TRIGGER security_guarded_kept ON security_postingstation;
    DROP FUNCTION security_guarded_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("security", "0004_triggers"), ("elections", "0002_pollingstation")]
    operations = [
        migrations.RunSQL(STRENGTH, STRENGTH_BACK),
        migrations.RunSQL(PLACE, PLACE_BACK),
        only_set_once("security_posting", "withdrawn_at"),
    ]
