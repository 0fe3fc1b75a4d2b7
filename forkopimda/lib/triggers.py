"""PostgreSQL triggers that migrations install, so that rules hold against SQL too."""

from __future__ import annotations

from django.db import migrations


def append_only(table: str) -> migrations.RunSQL:
    """Rows of `table` may be added, never changed or removed."""
    name = f"{table}_append_only"
    return migrations.RunSQL(
        sql=f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                RAISE EXCEPTION '{table} is append-only'
                    USING ERRCODE = 'integrity_constraint_violation';
            END $$;
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        reverse_sql=f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def only_set_once(table: str, *columns: str) -> migrations.RunSQL:
    """Rows of `table` are never removed; `columns` change once, from NULL; the rest never."""
    name = f"{table}_set_once"
    kept = " OR ".join(
        f"(OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column})"
        for column in columns
    )
    freed = "".join(f" - '{column}'" for column in columns)
    return migrations.RunSQL(
        sql=f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION '{table} keeps its rows'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF to_jsonb(NEW){freed} IS DISTINCT FROM to_jsonb(OLD){freed} OR {kept} THEN
                    RAISE EXCEPTION '{table} is never rewritten, only succeeded'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        reverse_sql=f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def kept_once_set(table: str, column: str) -> migrations.RunSQL:
    """Rows of `table` are never removed, and `column`, once set, keeps its value."""
    name = f"{table}_{column}_kept"
    return migrations.RunSQL(
        sql=f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                IF TG_OP = 'DELETE' THEN
                    RAISE EXCEPTION '{table} keeps its rows'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF OLD.{column} IS NOT NULL AND NEW.{column} IS DISTINCT FROM OLD.{column} THEN
                    RAISE EXCEPTION '{table}.{column} keeps its value'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """,
        reverse_sql=f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )


def frozen_while(table: str, *, parent: str, key: str, condition: str) -> migrations.RunSQL:
    """Rows of `table` are not added, changed or removed while `condition` holds for the row of
    `parent` that their column `key` names.

    The parent's row is locked against change meanwhile, so that a write that began before the
    condition came to hold waits, and is then refused.
    """
    name = f"{table}_frozen"
    return migrations.RunSQL(
        sql=f"""
            CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$
            BEGIN
                PERFORM 1 FROM {parent} WHERE id IN (
                    CASE WHEN TG_OP <> 'INSERT' THEN OLD.{key} END,
                    CASE WHEN TG_OP <> 'DELETE' THEN NEW.{key} END
                ) FOR SHARE;
                IF EXISTS (
                    SELECT 1 FROM {parent} WHERE ({condition}) AND id IN (
                        CASE WHEN TG_OP <> 'INSERT' THEN OLD.{key} END,
                        CASE WHEN TG_OP <> 'DELETE' THEN NEW.{key} END
                    )
                ) THEN
                    RAISE EXCEPTION '{table} is closed'
                        USING ERRCODE = 'integrity_constraint_violation';
                END IF;
                IF TG_OP = 'DELETE' THEN RETURN OLD; END IF;
                RETURN NEW;
            END $$;
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION {name}();
        """,  # noqa: S608  # the names and the condition stand in a migration
        reverse_sql=f"DROP TRIGGER {name} ON {table}; DROP FUNCTION {name}();",
    )
