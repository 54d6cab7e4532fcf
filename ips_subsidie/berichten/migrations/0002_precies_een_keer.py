import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("berichten", "0001_initial"),
        ("toegang", "0004_functie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Voorkeur",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "groep",
                    models.CharField(
                        choices=[
                            ("wettelijk", "Besluiten, termijnen en vragen die de wet voorschrijft"),
                            ("taak", "Nieuw werk voor u"),
                            ("herinnering", "Herinneringen"),
                            ("voortgang", "Wat er in een dossier gebeurt"),
                            ("geld", "Facturen en betalingen"),
                            ("overleg", "Overleg en gesprekken"),
                        ],
                        max_length=16,
                        verbose_name="groep",
                    ),
                ),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("direct", "Meteen een mail"),
                            ("dagelijks", "Eén mail per dag met alles, om 7 uur"),
                            ("geen", "Geen mail, alleen in het portaal"),
                        ],
                        max_length=12,
                        verbose_name="wijze",
                    ),
                ),
                ("gewijzigd_op", models.DateTimeField(verbose_name="gewijzigd op")),
            ],
            options={
                "verbose_name": "voorkeur voor mail",
                "verbose_name_plural": "voorkeuren voor mail",
                "ordering": ("gebruiker", "groep"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="bericht",
            name="bericht_eenmaal_per_dag",
        ),
        migrations.RemoveField(
            model_name="bericht",
            name="dag",
        ),
        migrations.AddField(
            model_name="bericht",
            name="doorgegeven_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="aan collega’s gegeven op"),
        ),
        migrations.AddField(
            model_name="bericht",
            name="gebruiker",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
                verbose_name="eerst voor",
            ),
        ),
        migrations.AddField(
            model_name="bericht",
            name="groep",
            field=models.CharField(
                choices=[
                    ("wettelijk", "Besluiten, termijnen en vragen die de wet voorschrijft"),
                    ("taak", "Nieuw werk voor u"),
                    ("herinnering", "Herinneringen"),
                    ("voortgang", "Wat er in een dossier gebeurt"),
                    ("geld", "Facturen en betalingen"),
                    ("overleg", "Overleg en gesprekken"),
                ],
                default="wettelijk",
                max_length=16,
                verbose_name="groep",
            ),
        ),
        migrations.AddField(
            model_name="bericht",
            name="termijn",
            field=models.DateField(blank=True, null=True, verbose_name="de dag waar het om gaat"),
        ),
        migrations.AddField(
            model_name="verzending",
            name="dag",
            field=models.DateField(blank=True, null=True, verbose_name="overzicht van"),
        ),
        migrations.AddField(
            model_name="verzending",
            name="overzicht",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="delen",
                to="berichten.verzending",
                verbose_name="staat in",
            ),
        ),
        migrations.AlterField(
            model_name="bericht",
            name="gelezen_door",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AlterField(
            model_name="bericht",
            name="organisatie",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="berichten",
                to="toegang.organisatie",
            ),
        ),
        migrations.AlterField(
            model_name="verzending",
            name="bericht",
            field=models.ForeignKey(
                blank=True,
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="verzendingen",
                to="berichten.bericht",
            ),
        ),
        migrations.AlterField(
            model_name="verzending",
            name="status",
            field=models.CharField(
                choices=[
                    ("klaar", "Klaar om te versturen"),
                    ("wacht", "Wacht op de mail van de volgende ochtend"),
                    ("gebundeld", "Staat in de dagelijkse mail"),
                    ("verzonden", "Verzonden"),
                    ("mislukt", "Mislukt"),
                    ("vervallen", "Niet meer nodig: de ontvanger werkt hier niet meer"),
                ],
                default="klaar",
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="bericht",
            index=models.Index(
                condition=models.Q(
                    ("doorgegeven_op__isnull", True),
                    ("gebruiker__isnull", False),
                    ("gelezen_op__isnull", True),
                ),
                fields=["gemaakt_op", "id"],
                name="bericht_door_te_geven",
            ),
        ),
        migrations.AddIndex(
            model_name="verzending",
            index=models.Index(
                condition=models.Q(("status", "wacht")), fields=["gebruiker"], name="verzending_wacht"
            ),
        ),
        migrations.AddIndex(
            model_name="verzending",
            index=models.Index(
                condition=models.Q(("overzicht__isnull", False)),
                fields=["overzicht"],
                name="verzending_in_overzicht",
            ),
        ),
        migrations.AddConstraint(
            model_name="bericht",
            constraint=models.UniqueConstraint(
                condition=models.Q(("termijn__isnull", False)),
                fields=("organisatie", "rol", "gebruiker", "soort", "onderwerp_id", "termijn"),
                name="bericht_eenmaal_per_termijn",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="bericht",
            constraint=models.UniqueConstraint(
                condition=models.Q(("termijn__isnull", True)),
                fields=("organisatie", "rol", "gebruiker", "soort", "onderwerp_id", "gemaakt_op", "titel"),
                name="bericht_eenmaal_per_handeling",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="bericht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("groep__in", ["wettelijk", "taak", "herinnering", "voortgang", "geld", "overleg"])
                ),
                name="bericht_groep_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="bericht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("doorgegeven_op__isnull", True), ("gebruiker__isnull", False), _connector="OR"
                ),
                name="bericht_doorgegeven_van_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzending",
            constraint=models.UniqueConstraint(
                condition=models.Q(("dag__isnull", False)),
                fields=("gebruiker", "dag"),
                name="verzending_een_overzicht_per_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bericht__isnull", False), ("dag__isnull", True)),
                    models.Q(("bericht__isnull", True), ("dag__isnull", False), ("overzicht__isnull", True)),
                    _connector="OR",
                ),
                name="verzending_bericht_of_overzicht",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "gebundeld"), _negated=True),
                    ("overzicht__isnull", False),
                    _connector="OR",
                ),
                name="verzending_gebundeld_in_overzicht",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status__in", ["klaar", "wacht", "gebundeld", "verzonden", "mislukt", "vervallen"])
                ),
                name="verzending_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzending",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "verzonden"), _negated=True),
                    ("verzonden_op__isnull", False),
                    _connector="OR",
                ),
                name="verzending_verzonden_met_moment",
            ),
        ),
        migrations.AddField(
            model_name="voorkeur",
            name="gebruiker",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="berichtvoorkeuren",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddConstraint(
            model_name="voorkeur",
            constraint=models.UniqueConstraint(fields=("gebruiker", "groep"), name="voorkeur_een_per_groep"),
        ),
        migrations.AddConstraint(
            model_name="voorkeur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("groep__in", ["wettelijk", "taak", "herinnering", "voortgang", "geld", "overleg"])
                ),
                name="voorkeur_groep_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorkeur",
            constraint=models.CheckConstraint(
                condition=models.Q(("wijze__in", ["direct", "dagelijks", "geen"])),
                name="voorkeur_wijze_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="voorkeur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("groep", "wettelijk"), _negated=True), ("wijze", "direct"), _connector="OR"
                ),
                name="voorkeur_wettelijk_altijd_direct",
            ),
        ),
    ]
