import uuid

from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen

# Beyond what Django can say: the size and the hash are those of the content, whoever writes the row.
INHOUD_KLOPT = """
ALTER TABLE opslag_bestand ADD CONSTRAINT bestand_grootte_klopt CHECK (octet_length(inhoud) = grootte);
ALTER TABLE opslag_bestand ADD CONSTRAINT bestand_sha256_klopt CHECK (encode(sha256(inhoud), 'hex') = sha256);
"""
INHOUD_KLOPT_TERUG = """
ALTER TABLE opslag_bestand DROP CONSTRAINT bestand_grootte_klopt;
ALTER TABLE opslag_bestand DROP CONSTRAINT bestand_sha256_klopt;
"""
SOORTEN = ["application/pdf", "image/jpeg", "image/png"]


class Migration(migrations.Migration):
    dependencies = [("opslag", "0002_alleen_toevoegen")]

    operations = [
        migrations.CreateModel(
            name="Bestand",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                (
                    "soort",
                    models.CharField(
                        choices=[("application/pdf", "PDF"), ("image/jpeg", "JPEG"), ("image/png", "PNG")],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("grootte", models.PositiveIntegerField(verbose_name="grootte in bytes")),
                ("inhoud", models.BinaryField(verbose_name="inhoud")),
                ("sha256", models.CharField(max_length=64, verbose_name="sha-256")),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
            ],
            options={
                "verbose_name": "bestand",
                "verbose_name_plural": "bestanden",
                "ordering": ("-gemaakt_op", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", SOORTEN)), name="bestand_soort_bekend"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("grootte__gte", 1), ("grootte__lte", 10 * 1024 * 1024)),
                        name="bestand_grootte_binnen_grens",
                    ),
                ],
            },
        ),
        migrations.RunSQL(INHOUD_KLOPT, INHOUD_KLOPT_TERUG),
        alleen_toevoegen("opslag_bestand"),
    ]
