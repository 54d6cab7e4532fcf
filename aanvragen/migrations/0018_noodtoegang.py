"""Break-glass for beheer: at most an hour, not twice at a time, and nothing of it changes but its end, once."""

import datetime
import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.comparison
from django.conf import settings
from django.db import migrations, models

BLIJFT = """
CREATE FUNCTION aanvragen_noodtoegang_blijft() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.beeindigd_op IS NULL AND NEW.beeindigd_op IS NOT NULL
     AND (NEW.id, NEW.aanvraag_id, NEW.gebruiker_id, NEW.grond, NEW.reden, NEW.begonnen_op, NEW.tot)
       = (OLD.id, OLD.aanvraag_id, OLD.gebruiker_id, OLD.grond, OLD.reden, OLD.begonnen_op, OLD.tot)
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Van een noodtoegang verandert alleen het einde, en dat één keer.'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'noodtoegang_blijft', TABLE = 'aanvragen_noodtoegang';
END $$;
CREATE TRIGGER noodtoegang_blijft BEFORE UPDATE OR DELETE ON aanvragen_noodtoegang
  FOR EACH ROW EXECUTE FUNCTION aanvragen_noodtoegang_blijft();
CREATE TRIGGER noodtoegang_blijft_vol BEFORE TRUNCATE ON aanvragen_noodtoegang
  FOR EACH STATEMENT EXECUTE FUNCTION aanvragen_noodtoegang_blijft();
ALTER TABLE aanvragen_noodtoegang ENABLE ALWAYS TRIGGER noodtoegang_blijft;
ALTER TABLE aanvragen_noodtoegang ENABLE ALWAYS TRIGGER noodtoegang_blijft_vol;
REVOKE ALL ON FUNCTION aanvragen_noodtoegang_blijft() FROM PUBLIC, app;
REVOKE UPDATE, DELETE, TRUNCATE ON aanvragen_noodtoegang FROM app;
GRANT UPDATE (beeindigd_op) ON aanvragen_noodtoegang TO app;
"""
WEG = """
DROP TRIGGER noodtoegang_blijft ON aanvragen_noodtoegang;
DROP TRIGGER noodtoegang_blijft_vol ON aanvragen_noodtoegang;
DROP FUNCTION aanvragen_noodtoegang_blijft();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0017_herinneren"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Noodtoegang",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "grond",
                    models.CharField(
                        choices=[
                            ("inzageverzoek", "Iemand vraagt welke gegevens over hem zijn vastgelegd"),
                            ("correctie", "Gegevens blijken niet te kloppen"),
                            ("storing", "Een fout in het portaal oplossen"),
                            ("incident", "Onderzoek na een beveiligingsincident"),
                        ],
                        max_length=16,
                        verbose_name="waarvoor",
                    ),
                ),
                ("reden", models.CharField(max_length=300, verbose_name="reden")),
                ("begonnen_op", models.DateTimeField(verbose_name="begonnen op")),
                ("tot", models.DateTimeField(verbose_name="tot")),
                (
                    "beeindigd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="eerder beëindigd op"),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="noodtoegangen",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "noodtoegang",
                "verbose_name_plural": "noodtoegangen",
                "ordering": ("-begonnen_op", "id"),
                "indexes": [
                    models.Index(fields=["-begonnen_op", "id"], name="noodtoegang_nieuwste"),
                    models.Index(fields=["aanvraag", "gebruiker", "tot"], name="noodtoegang_open"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("grond__in", ["inzageverzoek", "correctie", "storing", "incident"])
                        ),
                        name="noodtoegang_grond_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("tot__gt", models.F("begonnen_op")),
                            (
                                "tot__lte",
                                django.db.models.expressions.CombinedExpression(
                                    models.F("begonnen_op"),
                                    "+",
                                    models.Value(datetime.timedelta(seconds=3600)),
                                ),
                            ),
                        ),
                        name="noodtoegang_hoogstens_een_uur",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("beeindigd_op__isnull", True),
                            models.Q(
                                ("beeindigd_op__gte", models.F("begonnen_op")),
                                ("beeindigd_op__lte", models.F("tot")),
                            ),
                            _connector="OR",
                        ),
                        name="noodtoegang_eindigt_binnen_de_tijd",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("reden", ""), _negated=True), name="noodtoegang_met_reden"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("aanvraag", "="),
                            ("gebruiker", "="),
                            (
                                models.Func(
                                    models.F("begonnen_op"),
                                    django.db.models.functions.comparison.Coalesce(
                                        models.F("beeindigd_op"), models.F("tot")
                                    ),
                                    django.contrib.postgres.fields.ranges.RangeBoundary(),
                                    function="TSTZRANGE",
                                    output_field=django.contrib.postgres.fields.ranges.DateTimeRangeField(),
                                ),
                                "&&",
                            ),
                        ],
                        name="noodtoegang_een_tegelijk",
                        violation_error_message="U hebt dit dossier al geopend.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BLIJFT, WEG),
    ]
