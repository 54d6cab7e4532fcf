from django.db import migrations


class Migration(migrations.Migration):
    """Reminders that go out exactly once."""

    dependencies = [("aanvragen", "0016_gesprek")]

    operations = []
