"""What was decided and sent stays as it was: besluiten and letters take additions only (Awb 3:41)."""

from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0002_initial"), ("opslag", "0002_alleen_toevoegen")]
    operations = [
        alleen_toevoegen("aanvragen_besluit"),
        alleen_toevoegen("aanvragen_brief"),
        alleen_toevoegen("aanvragen_briefbestand"),
        alleen_toevoegen("aanvragen_trajectgebeurtenis"),
    ]
