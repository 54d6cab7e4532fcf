from django.db import migrations


class Migration(migrations.Migration):
    """Bezwaar, and what follows from it."""

    dependencies = [("aanvragen", "0013_aanvulling_en_ontvangst")]

    operations = []
