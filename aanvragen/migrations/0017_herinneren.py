from typing import Any

from django.db import migrations, models

from ips_subsidie.kalender.dagen import datum_van
from ips_subsidie.kalender.termijnen import beslistermijn


def vul(apps: Any, schema_editor: Any) -> None:
    """Of what is still open; no regeling has had another number of weeks."""
    feestdagen = dict(apps.get_model("kalender", "Feestdag").objects.order_by().values_list("datum", "naam"))
    Verlenging = apps.get_model("aanvragen", "Verlenging")
    for verlenging in Verlenging.objects.filter(status="aangevraagd").iterator():
        dag = beslistermijn(datum_van(verlenging.gevraagd_op), feestdagen).laatste_dag
        Verlenging.objects.filter(pk=verlenging.pk).update(beslis_uiterlijk=dag)


class Migration(migrations.Migration):
    """The day before which a request for verlenging must be decided, for the list of all that is due."""

    dependencies = [("aanvragen", "0016_gesprek"), ("kalender", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="verlenging",
            name="beslis_uiterlijk",
            field=models.DateField(blank=True, null=True, verbose_name="beslissen voor of op"),
        ),
        migrations.RunPython(vul, migrations.RunPython.noop, elidable=True),
    ]
