"""A version of a regeling is never changed: old dossiers keep what held for them."""

from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen


class Migration(migrations.Migration):
    dependencies = [("budget", "0002_motor"), ("opslag", "0002_alleen_toevoegen")]
    operations = [alleen_toevoegen("budget_regelingversie")]
