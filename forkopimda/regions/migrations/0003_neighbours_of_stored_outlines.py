"""Finds the borders of outlines that were loaded before borders were kept (2 s for the country)."""

from collections import defaultdict
from typing import Any

from django.db import migrations
from django.db.models import TextField
from django.db.models.functions import Cast

from forkopimda.regions.neighbours import borders, parent_of


def fill(apps: Any, schema_editor: Any) -> None:
    maps: dict[str, list[tuple[str, str]]] = defaultdict(list)
    stored = apps.get_model("regions", "Boundary").objects.filter(region__level="kecamatan")
    rows = stored.order_by("region_id").values_list(
        "region_id", "schematic", Cast("geometry", TextField())
    )
    for code, schematic, outline in rows:
        maps[parent_of(code) if schematic else ""].append((code, outline))
    neighbour = apps.get_model("regions", "Neighbour")
    for outlines in maps.values():
        pairs = sorted(borders(outlines, {code for code, _outline in outlines}))
        neighbour.objects.bulk_create(
            [
                neighbour(region_id=region, other_id=other)
                for pair in pairs
                for region, other in (pair, pair[::-1])
            ],
            batch_size=5000,
            ignore_conflicts=True,
        )


class Migration(migrations.Migration):
    dependencies = [("regions", "0002_neighbour")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
