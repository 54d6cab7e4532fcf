"""What clamd said of a file: once, and never changed. Without such a row a file stays apart."""

import django.db.models.deletion
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen


class Migration(migrations.Migration):
    dependencies = [("opslag", "0004_xml")]

    operations = [
        migrations.CreateModel(
            name="Virusscan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uitslag",
                    models.CharField(
                        choices=[
                            ("schoon", "Geen virus gevonden"),
                            ("besmet", "Geweigerd: er zit een virus in"),
                        ],
                        max_length=8,
                        verbose_name="uitslag",
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="gescand op")),
                (
                    "bestand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="virusscan",
                        to="opslag.bestand",
                    ),
                ),
            ],
            options={
                "verbose_name": "virusscan",
                "verbose_name_plural": "virusscans",
                "ordering": ("-op", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("uitslag__in", ["schoon", "besmet"])),
                        name="virusscan_uitslag_bekend",
                    )
                ],
            },
        ),
        alleen_toevoegen("opslag_virusscan"),
    ]
