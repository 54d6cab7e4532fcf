import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("toegang", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Regel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("handeling", "Handeling"),
                            ("weigering", "Weigering"),
                            ("lezing", "Inzage"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("handeling", models.CharField(max_length=80, verbose_name="handeling")),
                ("rol", models.CharField(max_length=24, verbose_name="rol")),
                (
                    "onderwerp",
                    models.CharField(help_text="Het soort object.", max_length=60, verbose_name="onderwerp"),
                ),
                (
                    "onderwerp_id",
                    models.CharField(blank=True, max_length=40, verbose_name="nummer van het onderwerp"),
                ),
                ("dossier_id", models.UUIDField(null=True, verbose_name="dossier")),
                ("client_id", models.UUIDField(null=True, verbose_name="cliënt")),
                ("kenmerk", models.CharField(blank=True, max_length=20, verbose_name="kenmerk")),
                ("gegevens", models.JSONField(default=dict, verbose_name="gegevens")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.organisatie",
                        verbose_name="namens",
                    ),
                ),
            ],
            options={
                "verbose_name": "logboekregel",
                "verbose_name_plural": "logboek",
                "ordering": ("-op", "-pk"),
                "indexes": [
                    models.Index(fields=["dossier_id", "op", "id"], name="logboek_per_dossier"),
                    models.Index(fields=["client_id", "op"], name="logboek_per_client"),
                    models.Index(fields=["gebruiker", "op"], name="logboek_per_gebruiker"),
                    models.Index(fields=["-op", "-id"], name="logboek_nieuwste_eerst"),
                ],
            },
        ),
    ]
