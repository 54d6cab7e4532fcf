"""The deelnemer withdraws his consent: the aanvraag stops, or the traject does, and nothing new is shared.

Said once: the moment stays. A gemeente that doesn't decide gets no more messages about the dossier.
"""

from django.db import migrations, models

OPEN = [
    "concept", "wacht_op_toestemming", "ingediend", "onvolledig", "in_behandeling", "budget_gevraagd",
    "budget_gereserveerd", "geen_budget",
]  # fmt: skip
REDENEN = [
    ("werk", "De deelnemer heeft werk en heeft geen begeleiding meer nodig"),
    ("keuze", "De deelnemer wil stoppen"),
    ("akkoord", "De deelnemer trok het akkoord met het delen van gegevens in"),
    ("niet_haalbaar", "Doorgaan is nu niet haalbaar"),
    ("verhuisd", "De deelnemer is verhuisd"),
    ("instelling", "De instelling kan het traject niet meer uitvoeren"),
    ("anders", "Iets anders"),
]
EINDE_REDENEN = [("looptijd", "De looptijd is voorbij"), *REDENEN]

AKKOORD = """
CREATE FUNCTION aanvragen_akkoord_blijft_ingetrokken() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  RAISE EXCEPTION 'Het akkoord bij % is ingetrokken, en dat blijft zo.', NEW.kenmerk
    USING ERRCODE = 'check_violation', CONSTRAINT = 'akkoord_blijft_ingetrokken', TABLE = 'aanvragen_aanvraag';
END $$;
CREATE TRIGGER aanvraag_akkoord_blijft_ingetrokken BEFORE UPDATE ON aanvragen_aanvraag
  FOR EACH ROW WHEN (OLD.akkoord_ingetrokken_op IS NOT NULL
    AND NEW.akkoord_ingetrokken_op IS DISTINCT FROM OLD.akkoord_ingetrokken_op)
  EXECUTE FUNCTION aanvragen_akkoord_blijft_ingetrokken();
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_akkoord_blijft_ingetrokken;

CREATE FUNCTION aanvragen_gesprek_na_akkoord() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM aanvragen_aanvraag WHERE id = NEW.aanvraag_id AND akkoord_ingetrokken_op IS NOT NULL
               AND beslisser <> 'gemeente') THEN
    RAISE EXCEPTION 'Gespreksbericht %: de deelnemer trok het akkoord in.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'gesprek_na_akkoord', TABLE = 'aanvragen_gespreksbericht';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER gesprek_na_akkoord BEFORE INSERT ON aanvragen_gespreksbericht
  FOR EACH ROW WHEN ('gemeente' = ANY (NEW.zichtbaar_voor) AND NEW.soort <> 'notitie')
  EXECUTE FUNCTION aanvragen_gesprek_na_akkoord();
ALTER TABLE aanvragen_gespreksbericht ENABLE ALWAYS TRIGGER gesprek_na_akkoord;
REVOKE ALL ON FUNCTION aanvragen_akkoord_blijft_ingetrokken(), aanvragen_gesprek_na_akkoord() FROM PUBLIC, app;
"""
AKKOORD_TERUG = """
DROP TRIGGER gesprek_na_akkoord ON aanvragen_gespreksbericht;
DROP FUNCTION aanvragen_gesprek_na_akkoord();
DROP TRIGGER aanvraag_akkoord_blijft_ingetrokken ON aanvragen_aanvraag;
DROP FUNCTION aanvragen_akkoord_blijft_ingetrokken();
"""


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0019_bewaren")]

    operations = [
        migrations.AddField(
            model_name="aanvraag",
            name="akkoord_ingetrokken_op",
            field=models.DateTimeField(
                blank=True, editable=False, null=True, verbose_name="akkoord ingetrokken op"
            ),
        ),
        migrations.AddConstraint(
            model_name="aanvraag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("akkoord_ingetrokken_op__isnull", True),
                    models.Q(("status__in", OPEN), _negated=True),
                    _connector="OR",
                ),
                name="aanvraag_zonder_akkoord_stopt",
            ),
        ),
        migrations.AlterField(
            model_name="traject",
            name="stop_reden",
            field=models.CharField(blank=True, choices=REDENEN, max_length=16, verbose_name="reden"),
        ),
        migrations.AlterField(
            model_name="stopbericht",
            name="reden",
            field=models.CharField(choices=REDENEN, max_length=16, verbose_name="reden"),
        ),
        migrations.RemoveConstraint(model_name="stopbericht", name="stopbericht_met_reden"),
        migrations.AddConstraint(
            model_name="stopbericht",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden__in", [code for code, _ in REDENEN])), name="stopbericht_met_reden"
            ),
        ),
        migrations.AlterField(
            model_name="beeindigingsverslag",
            name="reden_einde",
            field=models.CharField(choices=EINDE_REDENEN, max_length=16, verbose_name="reden van het einde"),
        ),
        migrations.RemoveConstraint(model_name="beeindigingsverslag", name="verslag_met_reden"),
        migrations.AddConstraint(
            model_name="beeindigingsverslag",
            constraint=models.CheckConstraint(
                condition=models.Q(("reden_einde__in", [code for code, _ in EINDE_REDENEN])),
                name="verslag_met_reden",
            ),
        ),
        migrations.RunSQL(AKKOORD, AKKOORD_TERUG),
    ]
