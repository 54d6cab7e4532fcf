from django.db import migrations, models


class Migration(migrations.Migration):
    """A role that reads the logboek, and nothing else."""

    dependencies = [("toegang", "0007_eenmalig_inloggen")]

    operations = [
        migrations.AlterField(
            model_name="lidmaatschap",
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
                ],
                max_length=24,
                verbose_name="rol",
            ),
        ),
        migrations.AlterField(
            model_name="lidmaatschapgeschiedenis",
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
                ],
                max_length=24,
                verbose_name="rol",
            ),
        ),
        migrations.AlterField(
            model_name="uitnodiging",
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
                ],
                max_length=24,
                verbose_name="rol",
            ),
        ),
    ]
