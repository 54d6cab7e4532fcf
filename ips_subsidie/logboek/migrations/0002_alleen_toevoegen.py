from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen


class Migration(migrations.Migration):
    """The logboek only takes additions, from anyone."""

    dependencies = [
        ("opslag", "0002_alleen_toevoegen"),
        ("logboek", "0001_initial"),
    ]

    operations = [alleen_toevoegen("logboek_regel")]
