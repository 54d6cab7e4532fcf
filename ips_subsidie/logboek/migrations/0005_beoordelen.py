"""Signals in the use of the portal, and what a toezichthouder found of them: both written once.

Nobody judges a use of their own, and after the oordeel that closes a signaal there comes no other.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen

HEEN = """
CREATE FUNCTION logboek_oordeel_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- One judges at a time: who comes second sees what the first found.
  PERFORM FROM logboek_signaal s WHERE s.id = NEW.signaal_id FOR NO KEY UPDATE;
  IF EXISTS (SELECT FROM logboek_signaal s WHERE s.id = NEW.signaal_id AND s.gebruiker_id = NEW.door_id) THEN
    RAISE EXCEPTION 'Niemand beoordeelt het eigen gebruik.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'oordeel_door_een_ander';
  END IF;
  IF EXISTS (SELECT FROM logboek_oordeel o WHERE o.signaal_id = NEW.signaal_id AND o.uitkomst <> 'navraag') THEN
    RAISE EXCEPTION 'Dit signaal is al beoordeeld.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'oordeel_voor_afsluiten';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER oordeel_past BEFORE INSERT ON logboek_oordeel
  FOR EACH ROW EXECUTE FUNCTION logboek_oordeel_past();
ALTER TABLE logboek_oordeel ENABLE ALWAYS TRIGGER oordeel_past;
REVOKE ALL ON FUNCTION logboek_oordeel_past() FROM PUBLIC, app;
"""
TERUG = """
DROP TRIGGER oordeel_past ON logboek_oordeel;
DROP FUNCTION logboek_oordeel_past();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("logboek", "0004_verwerkingen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Signaal",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("zonder_taak", "Dossier bekeken zonder taak"),
                            ("veel_clienten", "Veel cliënten in een uur"),
                            ("buiten_uren", "Buiten werktijd"),
                            ("eigen_naam", "Cliënt met de naam van een medewerker"),
                            ("weigeringen", "Vaak om dossiers van een ander gevraagd"),
                            ("beheer", "Persoonsgegevens bekeken door beheer"),
                            ("steekproef", "Steekproef van de week"),
                        ],
                        max_length=16,
                        verbose_name="soort",
                    ),
                ),
                ("dag", models.DateField(verbose_name="dag")),
                ("aantal", models.PositiveIntegerField(verbose_name="aantal regels")),
                ("regels", models.JSONField(default=list, verbose_name="regels")),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
                ("uiterlijk", models.DateField(verbose_name="beoordelen uiterlijk")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="wie",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.organisatie",
                        verbose_name="namens",
                    ),
                ),
            ],
            options={
                "verbose_name": "signaal",
                "verbose_name_plural": "signalen",
                "ordering": ("uiterlijk", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Oordeel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("navraag", "Navraag gedaan, nog niet klaar"),
                            ("in_orde", "In orde"),
                            ("incident", "Incident, gemeld"),
                        ],
                        max_length=12,
                        verbose_name="uitkomst",
                    ),
                ),
                ("toelichting", models.CharField(max_length=500, verbose_name="toelichting")),
                ("op", models.DateTimeField(verbose_name="op")),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="door",
                    ),
                ),
                (
                    "signaal",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oordelen",
                        to="logboek.signaal",
                    ),
                ),
            ],
            options={
                "verbose_name": "oordeel over een signaal",
                "verbose_name_plural": "oordelen over signalen",
                "ordering": ("op", "pk"),
            },
        ),
        migrations.AddIndex(
            model_name="signaal",
            index=models.Index(fields=["uiterlijk", "id"], name="signaal_op_termijn"),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.UniqueConstraint(
                fields=("soort", "dag", "gebruiker", "organisatie"),
                name="signaal_eens_per_dag",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(("aantal__gt", 0)), name="signaal_over_iets"
            ),
        ),
        migrations.AddConstraint(
            model_name="signaal",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "zonder_taak",
                            "veel_clienten",
                            "buiten_uren",
                            "eigen_naam",
                            "weigeringen",
                            "beheer",
                            "steekproef",
                        ],
                    )
                ),
                name="signaal_soort_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="oordeel",
            constraint=models.UniqueConstraint(
                condition=models.Q(("uitkomst__in", ("in_orde", "incident"))),
                fields=("signaal",),
                name="signaal_eens_afgesloten",
                violation_error_message="Dit signaal is al beoordeeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="oordeel",
            constraint=models.CheckConstraint(
                condition=models.Q(("uitkomst__in", ["navraag", "in_orde", "incident"])),
                name="oordeel_uitkomst_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="oordeel",
            constraint=models.CheckConstraint(
                condition=models.Q(("toelichting", ""), _negated=True), name="oordeel_met_toelichting"
            ),
        ),
        alleen_toevoegen("logboek_signaal"),
        alleen_toevoegen("logboek_oordeel"),
        migrations.RunSQL(HEEN, TERUG),
    ]
