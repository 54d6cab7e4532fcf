from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("logboek", "0003_keten")]

    operations = []
