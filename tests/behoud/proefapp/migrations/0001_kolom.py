from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("toegang", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "ALTER TABLE toegang_organisatie ADD COLUMN proef integer",
            "ALTER TABLE toegang_organisatie DROP COLUMN proef",
        )
    ]
