import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("toegang", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bericht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rol",
                    models.CharField(
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
                            ("systeem", "Het systeem"),
                        ],
                        max_length=24,
                        verbose_name="rol",
                    ),
                ),
                ("soort", models.CharField(max_length=60, verbose_name="soort")),
                ("onderwerp_id", models.CharField(max_length=40, verbose_name="over")),
                (
                    "dag",
                    models.DateField(
                        help_text="Per ontvanger, soort en onderwerp gaat er hooguit één bericht per dag.",
                        verbose_name="dag",
                    ),
                ),
                ("titel", models.CharField(max_length=200, verbose_name="titel")),
                ("pad", models.CharField(max_length=200, verbose_name="pad van de pagina")),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
                ("gelezen_op", models.DateTimeField(blank=True, null=True, verbose_name="gelezen op")),
                (
                    "uitgezet_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="mails klaargezet op"),
                ),
                (
                    "gelezen_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="berichten",
                        to="toegang.organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "bericht",
                "verbose_name_plural": "berichten",
                "ordering": ("-gemaakt_op", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Verzending",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("klaar", "Klaar om te versturen"),
                            ("verzonden", "Verzonden"),
                            ("mislukt", "Mislukt"),
                        ],
                        default="klaar",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("pogingen", models.PositiveSmallIntegerField(default=0, verbose_name="pogingen")),
                ("volgende_poging_op", models.DateTimeField(verbose_name="volgende poging op")),
                ("verzonden_op", models.DateTimeField(blank=True, null=True, verbose_name="verzonden op")),
                ("fout", models.CharField(blank=True, max_length=200, verbose_name="laatste fout")),
                (
                    "bericht",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verzendingen",
                        to="berichten.bericht",
                    ),
                ),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verzendingen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "verzending",
                "verbose_name_plural": "verzendingen",
                "ordering": ("-pk",),
            },
        ),
        migrations.AddIndex(
            model_name="bericht",
            index=models.Index(fields=["organisatie", "rol", "-gemaakt_op", "-id"], name="bericht_bak"),
        ),
        migrations.AddIndex(
            model_name="bericht",
            index=models.Index(
                condition=models.Q(("gelezen_op__isnull", True)),
                fields=["organisatie", "rol"],
                name="bericht_ongelezen",
            ),
        ),
        migrations.AddIndex(
            model_name="bericht",
            index=models.Index(
                condition=models.Q(("uitgezet_op__isnull", True)), fields=["id"], name="bericht_uit_te_zetten"
            ),
        ),
        migrations.AddConstraint(
            model_name="bericht",
            constraint=models.UniqueConstraint(
                fields=("organisatie", "rol", "soort", "onderwerp_id", "dag"), name="bericht_eenmaal_per_dag"
            ),
        ),
        migrations.AddIndex(
            model_name="verzending",
            index=models.Index(
                condition=models.Q(("status", "klaar")),
                fields=["volgende_poging_op", "id"],
                name="verzending_aan_de_beurt",
            ),
        ),
        migrations.AddConstraint(
            model_name="verzending",
            constraint=models.UniqueConstraint(
                fields=("bericht", "gebruiker"), name="verzending_eenmaal_per_ontvanger"
            ),
        ),
    ]
