"""Facturen and payment files are XML."""

from django.db import migrations, models

SOORTEN = ["application/pdf", "image/jpeg", "image/png", "application/xml"]


class Migration(migrations.Migration):
    dependencies = [("opslag", "0003_bestand")]
    operations = [
        migrations.AlterField(
            "bestand",
            "soort",
            models.CharField(
                choices=[
                    ("application/pdf", "PDF"),
                    ("image/jpeg", "JPEG"),
                    ("image/png", "PNG"),
                    ("application/xml", "XML"),
                ],
                max_length=20,
                verbose_name="soort",
            ),
        ),
        migrations.RemoveConstraint("bestand", "bestand_soort_bekend"),
        migrations.AddConstraint(
            "bestand",
            models.CheckConstraint(condition=models.Q(("soort__in", SOORTEN)), name="bestand_soort_bekend"),
        ),
    ]
