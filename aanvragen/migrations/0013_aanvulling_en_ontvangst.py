from django.db import migrations


class Migration(migrations.Migration):
    """Which parts to mend, each suspension, proof of receipt."""

    dependencies = [("aanvragen", "0012_gemeentetoets")]

    operations = []
