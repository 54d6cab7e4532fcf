from django.db import migrations

from ips_subsidie.opslag.triggers import FUNCTIE_SQL, FUNCTIE_WEG_SQL


class Migration(migrations.Migration):
    """The function behind every append-only table."""

    dependencies = [("opslag", "0001_rollen")]

    operations = [migrations.RunSQL(FUNCTIE_SQL, FUNCTIE_WEG_SQL)]
