"""Uploaded lists of stations; and what keeps the counts of stations, whoever writes a station."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

# Adds to the counts of kecamatan, regency and province. Rows are taken in one order by everybody,
# so that two writers wait for each other and never both ways.
COUNTS = """
    CREATE FUNCTION security_add_to_station_counts(
        kecamatan text[], classes text[], changes bigint[]
    ) RETURNS void LANGUAGE plpgsql AS $$
    DECLARE
        part record;
    BEGIN
        FOR part IN
            SELECT left(code, length) AS region, class, sum(change)::integer AS change
            FROM unnest(kecamatan, classes, changes) AS each (code, class, change),
                unnest(ARRAY[2, 5, 8]) AS length
            GROUP BY 1, 2 HAVING sum(change) <> 0 ORDER BY 1, 2
        LOOP
            UPDATE security_stationcount SET stations = stations + part.change
                WHERE region_id = part.region AND risk_class = part.class;
            IF NOT FOUND THEN
                INSERT INTO security_stationcount AS kept (region_id, risk_class, stations)
                VALUES (part.region, part.class, part.change)
                ON CONFLICT (region_id, risk_class)
                DO UPDATE SET stations = kept.stations + EXCLUDED.stations;
            END IF;
        END LOOP;
    END $$;

    CREATE FUNCTION security_count_new_stations() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_add_to_station_counts(array_agg(code), array_agg(''::text), array_agg(change))
        FROM (
            SELECT left(village_id, 8) AS code, count(*) AS change
            FROM new_rows WHERE in_use GROUP BY 1
        ) added;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_count_new_stations AFTER INSERT ON elections_pollingstation
        REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION security_count_new_stations();

    CREATE FUNCTION security_count_changed_stations() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_add_to_station_counts(array_agg(code), array_agg(class::text), array_agg(change))
        FROM (
            SELECT left(moved.village_id, 8) AS code, COALESCE(rating.risk_class, '') AS class,
                sum(moved.change) AS change
            FROM (
                SELECT before.id, side.village_id, side.change
                FROM old_rows before JOIN new_rows after USING (id),
                    LATERAL (VALUES (before.village_id, before.in_use, -1),
                        (after.village_id, after.in_use, 1)) AS side (village_id, counted, change)
                WHERE side.counted AND (before.village_id, before.in_use)
                    IS DISTINCT FROM (after.village_id, after.in_use)
            ) moved
            LEFT JOIN security_stationrating rating
                ON rating.station_id = moved.id AND rating.valid_until IS NULL
            GROUP BY 1, 2
        ) changed;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_count_changed_stations AFTER UPDATE ON elections_pollingstation
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION security_count_changed_stations();

    CREATE FUNCTION security_count_removed_stations() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        -- A station that has a class is never removed: its history points at it.
        PERFORM security_add_to_station_counts(array_agg(code), array_agg(''::text), array_agg(change))
        FROM (
            SELECT left(village_id, 8) AS code, -count(*) AS change
            FROM old_rows WHERE in_use GROUP BY 1
        ) removed;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_count_removed_stations AFTER DELETE ON elections_pollingstation
        REFERENCING OLD TABLE AS old_rows
        FOR EACH STATEMENT EXECUTE FUNCTION security_count_removed_stations();

    CREATE FUNCTION security_count_new_classes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_add_to_station_counts(array_agg(code), array_agg(class::text), array_agg(change))
        FROM (
            SELECT left(station.village_id, 8) AS code, side.class, sum(side.change) AS change
            FROM new_rows rating JOIN elections_pollingstation station
                ON station.id = rating.station_id,
                LATERAL (VALUES ('', -1), (rating.risk_class, 1)) AS side (class, change)
            WHERE rating.valid_until IS NULL AND station.in_use
            GROUP BY 1, 2
        ) classed;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_count_new_classes AFTER INSERT ON security_stationrating
        REFERENCING NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION security_count_new_classes();

    CREATE FUNCTION security_count_ended_classes() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        PERFORM security_add_to_station_counts(array_agg(code), array_agg(class::text), array_agg(change))
        FROM (
            SELECT left(station.village_id, 8) AS code, side.class, sum(side.change) AS change
            FROM old_rows before JOIN new_rows after USING (id)
            JOIN elections_pollingstation station ON station.id = before.station_id,
                LATERAL (VALUES ('', 1), (before.risk_class, -1)) AS side (class, change)
            WHERE before.valid_until IS NULL AND after.valid_until IS NOT NULL AND station.in_use
            GROUP BY 1, 2
        ) ended;
        RETURN NULL;
    END $$;
    CREATE TRIGGER security_count_ended_classes AFTER UPDATE ON security_stationrating
        REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
        FOR EACH STATEMENT EXECUTE FUNCTION security_count_ended_classes();

    SELECT security_add_to_station_counts(array_agg(code), array_agg(class::text), array_agg(change))
    FROM (
        SELECT left(station.village_id, 8) AS code, COALESCE(rating.risk_class, '') AS class,
            count(*) AS change
        FROM elections_pollingstation station
        LEFT JOIN security_stationrating rating
            ON rating.station_id = station.id AND rating.valid_until IS NULL
        WHERE station.in_use GROUP BY 1, 2
    ) stored;
"""
COUNTS_BACK = """
    DROP TRIGGER security_count_ended_classes ON security_stationrating;
    DROP FUNCTION security_count_ended_classes();
    DROP TRIGGER security_count_new_classes ON security_stationrating;
    DROP FUNCTION security_count_new_classes();
    DROP TRIGGER security_count_removed_stations ON elections_pollingstation;
    DROP FUNCTION security_count_removed_stations();
    DROP TRIGGER security_count_changed_stations ON elections_pollingstation;
    DROP FUNCTION security_count_changed_stations();
    DROP TRIGGER security_count_new_stations ON elections_pollingstation;
    DROP FUNCTION security_count_new_stations();
    DROP FUNCTION security_add_to_station_counts(text[], text[], bigint[]);
    DELETE FROM security_stationcount;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0006_reviews"),
        ("elections", "0003_station_filters"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="StationUpload",
            fields=[
                (
                    "key",
                    models.UUIDField(
                        default=uuid.uuid4,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                        verbose_name="kunci",
                    ),
                ),
                ("name", models.CharField(max_length=150, verbose_name="nama berkas")),
                ("content", models.BinaryField(verbose_name="isi")),
                ("uploaded_at", models.DateTimeField(auto_now_add=True, verbose_name="diunggah")),
                (
                    "owner",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="pengunggah",
                    ),
                ),
            ],
            options={
                "verbose_name": "unggahan daftar TPS",
                "verbose_name_plural": "unggahan daftar TPS",
                "ordering": ["-uploaded_at"],
                "indexes": [models.Index(fields=["uploaded_at"], name="station_upload_age")],
            },
        ),
        migrations.RunSQL(COUNTS, COUNTS_BACK),
    ]
