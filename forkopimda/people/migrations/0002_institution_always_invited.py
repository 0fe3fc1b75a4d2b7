from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="institution",
            name="always_invited",
            field=models.BooleanField(
                default=False,
                help_text="undangan tetap; ketua dan anggota selalu diundang",
                verbose_name="selalu diundang",
            ),
        ),
    ]
