"""The box around each outline, and which outlines are unions of those within them."""

from django.db import migrations, models

_EDGES = (
    ("west", "tepi barat"),
    ("south", "tepi selatan"),
    ("east", "tepi timur"),
    ("north", "tepi utara"),
)

#: Every position of a geometry, whichever of the two kinds it is.
_FILL = """
    UPDATE regions_boundary boundary SET
        west = box.west, south = box.south, east = box.east, north = box.north
    FROM (
        SELECT region_id,
            min((position->>0)::float8) AS west, min((position->>1)::float8) AS south,
            max((position->>0)::float8) AS east, max((position->>1)::float8) AS north
        FROM regions_boundary, jsonb_path_query(
            geometry,
            CASE geometry->>'type'
                WHEN 'Polygon' THEN '$.coordinates[*][*]'::jsonpath
                ELSE '$.coordinates[*][*][*]'::jsonpath
            END
        ) AS position
        GROUP BY region_id
    ) AS box
    WHERE box.region_id = boundary.region_id
"""


class Migration(migrations.Migration):
    dependencies = [("regions", "0003_neighbours_of_stored_outlines")]

    operations = [
        migrations.AddField(
            model_name="boundary",
            name="derived",
            field=models.BooleanField(
                default=False,
                help_text="gabungan batas wilayah di dalamnya",
                verbose_name="turunan",
            ),
        ),
        *[
            migrations.AddField(
                model_name="boundary",
                name=name,
                field=models.FloatField(null=True, verbose_name=words),
            )
            for name, words in _EDGES
        ],
        migrations.RunSQL(_FILL, migrations.RunSQL.noop),
        *[
            migrations.AlterField(
                model_name="boundary",
                name=name,
                field=models.FloatField(verbose_name=words),
            )
            for name, words in _EDGES
        ],
    ]
