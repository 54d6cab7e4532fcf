from django.db import migrations


class Migration(migrations.Migration):
    """The conversation of a dossier."""

    dependencies = [("aanvragen", "0015_dwangsom_en_intrekking")]

    operations = []
