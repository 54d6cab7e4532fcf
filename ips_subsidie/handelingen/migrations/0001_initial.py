import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Uitvoering",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sleutel", models.UUIDField(default=uuid.uuid4)),
                ("handeling", models.CharField(max_length=80)),
                ("op", models.DateTimeField()),
                ("resultaat_soort", models.CharField(blank=True, max_length=60)),
                ("resultaat_id", models.CharField(blank=True, max_length=40)),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "uitvoering",
                "verbose_name_plural": "uitvoeringen",
                "ordering": ("-op", "-pk"),
                "constraints": [
                    models.UniqueConstraint(fields=("gebruiker", "sleutel"), name="uitvoering_eenmalig")
                ],
            },
        ),
    ]
