from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen


class Migration(migrations.Migration):
    """Who had which role when can't be rewritten."""

    dependencies = [
        ("opslag", "0002_alleen_toevoegen"),
        ("toegang", "0001_initial"),
    ]

    operations = [alleen_toevoegen("toegang_lidmaatschapgeschiedenis")]
