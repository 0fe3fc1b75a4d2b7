"""Which reminders of reviews were given."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("security", "0005_guards"),
    ]

    operations = [
        migrations.CreateModel(
            name="ReviewReminder",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "step",
                    models.CharField(
                        choices=[("due", "pada hari tinjauan"), ("overdue", "lewat hari tinjauan")],
                        max_length=7,
                        verbose_name="langkah",
                    ),
                ),
                ("given_at", models.DateTimeField(auto_now_add=True, verbose_name="diberikan")),
                (
                    "rating",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="review_reminders",
                        to="security.riskrating",
                        verbose_name="penilaian",
                    ),
                ),
            ],
            options={
                "verbose_name": "pengingat tinjauan",
                "verbose_name_plural": "pengingat tinjauan",
                "ordering": ["-id"],
                "constraints": [
                    models.UniqueConstraint(fields=("rating", "step"), name="review_reminder_once"),
                    models.CheckConstraint(
                        condition=models.Q(("step__in", ["due", "overdue"])),
                        name="review_step_known",
                    ),
                ],
            },
        ),
    ]
