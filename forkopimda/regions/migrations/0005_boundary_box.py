"""What a view of the map holds is found by the boxes alone."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("regions", "0004_outline_boxes")]

    operations = [
        migrations.AddIndex(
            model_name="boundary",
            index=models.Index(fields=["west", "east", "south", "north"], name="boundary_box"),
        ),
    ]
