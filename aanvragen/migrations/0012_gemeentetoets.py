import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen


class Migration(migrations.Migration):
    """What a gemeente found is not rewritten: a later check stands next to it."""

    dependencies = [
        ("aanvragen", "0011_erkenninglijst"),
        ("opslag", "0002_alleen_toevoegen"),
        ("toegang", "0004_functie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gemeentetoets",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("uitkering_klopt", models.BooleanField(verbose_name="uitkering klopt")),
                ("ander_traject", models.BooleanField(verbose_name="volgt een ander traject")),
                (
                    "voorzieningen",
                    models.TextField(blank=True, max_length=1000, verbose_name="voorzieningen die al lopen"),
                ),
                ("vastgelegd_op", models.DateTimeField(verbose_name="vastgelegd op")),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gemeentetoetsen",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.organisatie",
                    ),
                ),
                (
                    "vastgelegd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "gemeentetoets",
                "verbose_name_plural": "gemeentetoetsen",
                "ordering": ("-vastgelegd_op", "-pk"),
                "indexes": [
                    models.Index(fields=["aanvraag", "-vastgelegd_op", "-id"], name="gemeentetoets_laatste")
                ],
            },
        ),
        alleen_toevoegen("aanvragen_gemeentetoets"),
    ]
