"""What was noted stays as it was noted, and a case stands where its last step says."""

from django.db import migrations

from forkopimda.lib.triggers import append_only, kept_once_set, only_set_once

STEPS = """
    CREATE FUNCTION asn_neutrality_step_follows() RETURNS trigger LANGUAGE plpgsql AS $$
    DECLARE last varchar;
    BEGIN
        PERFORM 1 FROM asn_neutrality_case WHERE id = NEW.case_id FOR UPDATE;
        SELECT state INTO last FROM asn_neutrality_casestep
            WHERE case_id = NEW.case_id ORDER BY id DESC LIMIT 1;
        IF COALESCE(last, '') <> NEW.previous THEN
            RAISE EXCEPTION 'asn_neutrality_casestep does not follow the step before'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER asn_neutrality_step_follows BEFORE INSERT ON asn_neutrality_casestep
        FOR EACH ROW EXECUTE FUNCTION asn_neutrality_step_follows();

    CREATE FUNCTION asn_neutrality_case_has_step() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF EXISTS (
            SELECT 1 FROM asn_neutrality_case c
            LEFT JOIN LATERAL (
                SELECT s.state, s.due_on FROM asn_neutrality_casestep s
                WHERE s.case_id = c.id ORDER BY s.id DESC LIMIT 1
            ) last ON true
            WHERE c.id = NEW.id AND (
                c.state IS DISTINCT FROM last.state OR c.due_on IS DISTINCT FROM last.due_on
            )
        ) THEN
            RAISE EXCEPTION 'asn_neutrality_case stands where no step has led'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NULL;
    END $$;
    CREATE CONSTRAINT TRIGGER asn_neutrality_case_has_step
        AFTER INSERT OR UPDATE OF state, due_on ON asn_neutrality_case
        DEFERRABLE INITIALLY DEFERRED
        FOR EACH ROW EXECUTE FUNCTION asn_neutrality_case_has_step();
"""
NO_STEPS = """
    DROP TRIGGER asn_neutrality_case_has_step ON asn_neutrality_case;
    DROP FUNCTION asn_neutrality_case_has_step();
    DROP TRIGGER asn_neutrality_step_follows ON asn_neutrality_casestep;
    DROP FUNCTION asn_neutrality_step_follows();
"""

# A merge moves entries, a new key seals them anew, an erasure empties them; nothing else.
ENTRIES = """
    CREATE FUNCTION asn_neutrality_entry_kept() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        IF TG_OP = 'DELETE' OR
            to_jsonb(NEW) - 'sealed' - 'case_id' - 'serial'
            IS DISTINCT FROM to_jsonb(OLD) - 'sealed' - 'case_id' - 'serial' THEN
            RAISE EXCEPTION 'asn_neutrality_entry is never rewritten, only succeeded'
                USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN NEW;
    END $$;
    CREATE TRIGGER asn_neutrality_entry_kept BEFORE UPDATE OR DELETE ON asn_neutrality_entry
        FOR EACH ROW EXECUTE FUNCTION asn_neutrality_entry_kept();
"""
NO_ENTRIES = """
    DROP TRIGGER asn_neutrality_entry_kept ON asn_neutrality_entry;
    DROP FUNCTION asn_neutrality_entry_kept();
"""


class Migration(migrations.Migration):
    dependencies = [("asn_neutrality", "0005_constraints")]
    operations = [
        migrations.RunSQL(STEPS, NO_STEPS),
        migrations.RunSQL(ENTRIES, NO_ENTRIES),
        append_only("asn_neutrality_opening"),
        append_only("asn_neutrality_pledge"),
        append_only("asn_neutrality_termnotice"),
        only_set_once("asn_neutrality_violation", "valid_to"),
        only_set_once("asn_neutrality_sanction", "valid_to"),
        only_set_once("asn_neutrality_term", "valid_to"),
        kept_once_set("asn_neutrality_case", "erased_at"),
        kept_once_set("asn_neutrality_member", "removed_at"),
        kept_once_set("asn_neutrality_personalkey", "retired_at"),
    ]
