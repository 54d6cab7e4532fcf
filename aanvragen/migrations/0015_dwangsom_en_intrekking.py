from django.db import migrations


class Migration(migrations.Migration):
    """Ingebrekestelling, dwangsom, and hearing before an intrekking."""

    dependencies = [("aanvragen", "0014_bezwaar")]

    operations = []
