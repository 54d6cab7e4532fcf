from django.db import migrations, models

from ips_subsidie.kalender.erkend import erkende_feestdagen


def vul(apps, schema_editor):
    """The years of both regelingen and their trajecten, bezwaar and terugvordering included."""
    feestdag = apps.get_model("kalender", "Feestdag")
    feestdag.objects.using(schema_editor.connection.alias).bulk_create(
        feestdag(datum=dag.datum, naam=dag.naam, grondslag=dag.grondslag, zeker=dag.zeker)
        for dag in erkende_feestdagen(2019, 2030)
    )


class Migration(migrations.Migration):
    initial = True
    dependencies = [("opslag", "0001_rollen")]

    operations = [
        migrations.CreateModel(
            name="Feestdag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datum", models.DateField(unique=True, verbose_name="datum")),
                ("naam", models.CharField(max_length=80, verbose_name="naam")),
                ("grondslag", models.CharField(max_length=120, verbose_name="grondslag")),
                (
                    "zeker",
                    models.BooleanField(
                        default=True,
                        help_text="Uit: de dag telt mee, maar het besluit dat hem gelijkstelt is niet gevonden.",
                        verbose_name="zeker",
                    ),
                ),
            ],
            options={"verbose_name": "feestdag", "verbose_name_plural": "feestdagen", "ordering": ("datum",)},
        ),
        migrations.RunPython(vul, migrations.RunPython.noop),
    ]
