"""What holds against SQL too: nothing decided is rewritten, nobody is posted twice."""

from django.db import migrations

from forkopimda.lib.triggers import append_only, frozen_while, only_set_once

# People of a unit that are posted at any one moment: never more than it has. The unit's row is
# locked, so that two postings at once are counted one after the other. The most people posted
# at once are posted when some posting begins.
STRENGTH = """
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
STRENGTH_BACK = """
    DROP TRIGGER security_unit_strength ON security_unit;
    DROP FUNCTION security_unit_strength();
    DROP TRIGGER security_posting_strength ON security_posting;
    DROP FUNCTION security_posting_strength();
    DROP FUNCTION security_check_strength(bigint);
"""

# A guarded station's row carries its posting's unit and period, whoever writes it.
COPIES = """
    CREATE FUNCTION security_posting_copy() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        SELECT unit_id, starts_at, ends_at, withdrawn_at IS NULL
            INTO NEW.unit_id, NEW.starts_at, NEW.ends_at, NEW.standing
            FROM security_posting WHERE id = NEW.posting_id;
        RETURN NEW;
    END $$;
    CREATE TRIGGER security_posting_copy BEFORE INSERT OR UPDATE ON security_postingstation
        FOR EACH ROW EXECUTE FUNCTION security_posting_copy();

    CREATE FUNCTION security_posting_moved() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        UPDATE security_postingstation SET standing = standing WHERE posting_id = NEW.id;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_posting_moved AFTER UPDATE ON security_posting
        FOR EACH ROW EXECUTE FUNCTION security_posting_moved();
"""
COPIES_BACK = """
    DROP TRIGGER security_posting_moved ON security_posting;
    DROP FUNCTION security_posting_moved();
    DROP TRIGGER security_posting_copy ON security_postingstation;
    DROP FUNCTION security_posting_copy();
"""

# The words of a report stay as reported; its state is what moves.
REPORT_KEPT = """
    CREATE FUNCTION security_incident_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR (NEW.key, NEW.number, NEW.description, NEW.occurred_at,
                NEW.reporter_id, NEW.reporter_name, NEW.reported_at)
            IS DISTINCT FROM (OLD.key, OLD.number, OLD.description, OLD.occurred_at,
                OLD.reporter_id, OLD.reporter_name, OLD.reported_at)
        THEN
            RAISE EXCEPTION 'what was reported stays as reported'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER security_incident_kept BEFORE UPDATE OR DELETE ON security_incident
        FOR EACH ROW EXECUTE FUNCTION security_incident_kept();
"""
REPORT_BACK = """
    DROP TRIGGER security_incident_kept ON security_incident;
    DROP FUNCTION security_incident_kept();
"""

# A published frame is what old assessments rest on: only its state moves on.
FRAME_KEPT = """
    CREATE FUNCTION security_frame_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF OLD.state = 'draft' THEN
            IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
            RETURN NEW;
        END IF;
        IF TG_OP = 'DELETE' OR to_jsonb(NEW) - 'state' IS DISTINCT FROM to_jsonb(OLD) - 'state'
            OR (OLD.state = 'retired' AND NEW.state <> 'retired') OR NEW.state = 'draft'
        THEN
            RAISE EXCEPTION 'a published frame is succeeded, never changed'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER security_frame_kept BEFORE UPDATE OR DELETE ON security_frame
        FOR EACH ROW EXECUTE FUNCTION security_frame_kept();
    CREATE FUNCTION security_indicator_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM security_dimension dimension
            JOIN security_frame frame ON frame.id = dimension.frame_id
            WHERE frame.state <> 'draft' AND dimension.id IN (
                CASE WHEN TG_OP <> 'INSERT' THEN OLD.dimension_id END,
                CASE WHEN TG_OP <> 'DELETE' THEN NEW.dimension_id END
            )
        ) THEN
            RAISE EXCEPTION 'a published frame is succeeded, never changed'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER security_indicator_kept BEFORE INSERT OR UPDATE OR DELETE ON security_indicator
        FOR EACH ROW EXECUTE FUNCTION security_indicator_kept();
"""
FRAME_BACK = """
    DROP TRIGGER security_indicator_kept ON security_indicator;
    DROP FUNCTION security_indicator_kept();
    DROP TRIGGER security_frame_kept ON security_frame;
    DROP FUNCTION security_frame_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("security", "0003_whole")]
    operations = [
        append_only("security_assessment"),
        append_only("security_assessmentscore"),
        append_only("security_incidentstep"),
        append_only("security_incidentphoto"),
        only_set_once("security_stationrating", "valid_until"),
        frozen_while(
            "security_dimension",
            parent="security_frame",
            key="frame_id",
            condition="state <> 'draft'",
        ),
        migrations.RunSQL(FRAME_KEPT, FRAME_BACK),
        migrations.RunSQL(REPORT_KEPT, REPORT_BACK),
        migrations.RunSQL(STRENGTH, STRENGTH_BACK),
        migrations.RunSQL(COPIES, COPIES_BACK),
    ]
