"""Until when a dossier is kept: what holds it, and destroying it as a whole.

The triggers that keep things as they were, let a recorded destruction by the owner pass (opslag 0006). That a dossier
was destroyed is said once, in that same transaction, and never of one that something holds.
"""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import laat_vernietigen

# Every table of which a destruction takes rows away or empties them.
TABELLEN = (
    "aanvragen_aanvraag", "aanvragen_deelnemer", "aanvragen_behandeling", "aanvragen_bijlage", "aanvragen_handtekening",
    "aanvragen_beoordeling", "aanvragen_opschorting", "aanvragen_verdaging", "aanvragen_storingsoordeel",
    "aanvragen_besluit", "aanvragen_brief", "aanvragen_briefbestand", "aanvragen_ontvangst", "aanvragen_doorzending",
    "aanvragen_gemeentetoets", "aanvragen_toestemming", "aanvragen_voordracht", "aanvragen_gespreksbericht",
    "aanvragen_gelezen", "aanvragen_trajectgebeurtenis", "aanvragen_verlenging", "aanvragen_stopbericht",
    "aanvragen_beeindigingsverslag", "aanvragen_vaststelling", "aanvragen_bezwaar", "aanvragen_ingebrekestelling",
    "aanvragen_intrekkingsvoornemen", "budget_reservering", "budget_factuur", "budget_uitzondering",
)  # fmt: skip

VERNIETIGD = """
CREATE FUNCTION aanvragen_vernietigen_mag() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  regel text;
BEGIN
  IF OLD.vernietigd_op IS NOT NULL THEN
    regel := 'vernietigd_blijft_vernietigd';
  ELSIF EXISTS (SELECT FROM aanvragen_bewaarplicht WHERE aanvraag_id = NEW.id AND opgeheven_op IS NULL) THEN
    regel := 'vernietigen_niet_bij_bewaarplicht';
  ELSIF EXISTS (SELECT FROM aanvragen_bezwaar WHERE aanvraag_id = NEW.id
                  AND status IN ('ontvangen', 'ontvankelijkheid', 'hoorzitting', 'voorgesteld')) THEN
    regel := 'vernietigen_niet_bij_bezwaar';
  ELSIF EXISTS (SELECT FROM aanvragen_deelnemer WHERE aanvraag_id = NEW.id) THEN
    regel := 'vernietigd_is_niemand_meer';
  END IF;
  IF regel IS NOT NULL THEN
    RAISE EXCEPTION 'Dossier % kan zo niet worden vernietigd.', NEW.kenmerk
      USING ERRCODE = 'check_violation', CONSTRAINT = regel, TABLE = 'aanvragen_aanvraag';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION aanvragen_vernietigen_mag() FROM PUBLIC, app;
CREATE TRIGGER aanvraag_vernietigen_mag BEFORE UPDATE ON aanvragen_aanvraag
  FOR EACH ROW WHEN (OLD.vernietigd_op IS DISTINCT FROM NEW.vernietigd_op)
  EXECUTE FUNCTION aanvragen_vernietigen_mag();
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_vernietigen_mag;

CREATE FUNCTION aanvragen_vernietigen_met_bewijs() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'Dossier % wordt alleen vernietigd met een bewijs erbij.', NEW.kenmerk
    USING ERRCODE = 'check_violation', CONSTRAINT = 'vernietigd_met_bewijs', TABLE = 'aanvragen_aanvraag';
END $$;
REVOKE ALL ON FUNCTION aanvragen_vernietigen_met_bewijs() FROM PUBLIC, app;
CREATE TRIGGER aanvraag_vernietigen_met_bewijs BEFORE INSERT OR UPDATE ON aanvragen_aanvraag
  FOR EACH ROW WHEN (NEW.vernietigd_op IS NOT NULL AND NOT opslag_vernietigt())
  EXECUTE FUNCTION aanvragen_vernietigen_met_bewijs();
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_vernietigen_met_bewijs;

CREATE FUNCTION aanvragen_bewaarplicht_blijft() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF OLD.opgeheven_op IS NOT NULL
     OR (OLD.id, OLD.aanvraag_id, OLD.grond, OLD.reden, OLD.gezet_op, OLD.gezet_door_id)
        IS DISTINCT FROM (NEW.id, NEW.aanvraag_id, NEW.grond, NEW.reden, NEW.gezet_op, NEW.gezet_door_id) THEN
    RAISE EXCEPTION 'Een bewaarplicht kan alleen worden opgeheven.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'bewaarplicht_blijft', TABLE = 'aanvragen_bewaarplicht';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION aanvragen_bewaarplicht_blijft() FROM PUBLIC, app;
CREATE TRIGGER bewaarplicht_blijft BEFORE UPDATE ON aanvragen_bewaarplicht
  FOR EACH ROW EXECUTE FUNCTION aanvragen_bewaarplicht_blijft();
ALTER TABLE aanvragen_bewaarplicht ENABLE ALWAYS TRIGGER bewaarplicht_blijft;
REVOKE DELETE, TRUNCATE ON aanvragen_bewaarplicht FROM app;
"""
TERUG = """
GRANT DELETE ON aanvragen_bewaarplicht TO app;
DROP TRIGGER bewaarplicht_blijft ON aanvragen_bewaarplicht;
DROP FUNCTION aanvragen_bewaarplicht_blijft();
DROP TRIGGER aanvraag_vernietigen_met_bewijs ON aanvragen_aanvraag;
DROP FUNCTION aanvragen_vernietigen_met_bewijs();
DROP TRIGGER aanvraag_vernietigen_mag ON aanvragen_aanvraag;
DROP FUNCTION aanvragen_vernietigen_mag();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0018_noodtoegang"),
        ("budget", "0012_terug_na_bezwaar"),
        ("opslag", "0006_vernietigen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="aanvraag",
            name="vernietigd_op",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="gegevens vernietigd op"
            ),
        ),
        migrations.CreateModel(
            name="Bewaarplicht",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "grond",
                    models.CharField(
                        choices=[
                            ("beroep", "Er loopt beroep bij de rechter"),
                            ("onderzoek", "Er loopt een onderzoek"),
                            ("verzoek", "De deelnemer vraagt de gegevens te bewaren (AVG artikel 18)"),
                            ("anders", "Iets anders"),
                        ],
                        max_length=12,
                        verbose_name="grond",
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        help_text="Schrijf geen namen en niets over iemands gezondheid.",
                        max_length=300,
                        verbose_name="reden",
                    ),
                ),
                ("gezet_op", models.DateTimeField(verbose_name="gezet op")),
                (
                    "opgeheven_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="opgeheven op"),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bewaarplichten",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "gezet_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "opgeheven_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bewaarplicht",
                "verbose_name_plural": "bewaarplichten",
                "ordering": ("-gezet_op", "pk"),
                "indexes": [models.Index(fields=["-gezet_op", "id"], name="bewaarplicht_nieuwste_eerst")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("grond__in", ["beroep", "onderzoek", "verzoek", "anders"])),
                        name="bewaarplicht_grond_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="bewaarplicht_met_reden"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("opgeheven_door__isnull", True), ("opgeheven_op__isnull", True)),
                            models.Q(
                                ("opgeheven_door__isnull", False),
                                ("opgeheven_op__gte", models.F("gezet_op")),
                            ),
                            _connector="OR",
                        ),
                        name="bewaarplicht_opgeheven_door_iemand",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("opgeheven_op__isnull", True)),
                        fields=("aanvraag", "grond"),
                        name="bewaarplicht_een_per_grond",
                        violation_error_message="Deze bewaarplicht geldt al voor dit dossier.",
                    ),
                ],
            },
        ),
        *(laat_vernietigen(tabel) for tabel in TABELLEN),
        migrations.RunSQL(VERNIETIGD, TERUG),
    ]
