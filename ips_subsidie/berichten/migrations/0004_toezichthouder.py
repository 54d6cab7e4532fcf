from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("berichten", "0003_hartslag"),
    ]

    operations = [
        migrations.AlterField(
            model_name="bericht",
            name="rol",
            field=models.CharField(
                choices=[
                    ("behandelaar", "Behandelaar"),
                    ("instellingsbeheerder", "Beheerder van de instelling"),
                    ("gemeentemedewerker", "Medewerker van de gemeente"),
                    ("gemeentebeslisser", "Beslisser van de gemeente"),
                    ("uwv_beoordelaar", "Beoordelaar bij UWV"),
                    ("uwv_beslisser", "Beslisser bij UWV"),
                    ("uwv_financien", "Financiën bij UWV"),
                    ("ministerie", "Ministerie"),
                    ("beheerder", "Beheerder"),
                    ("toezichthouder", "Toezichthouder"),
                    ("systeem", "Het systeem"),
                ],
                max_length=24,
                verbose_name="rol",
            ),
        ),
    ]
