"""Ingebrekestelling and dwangsom (Awb 4:17, 4:18), and hearing before an intrekking (Awb 4:8, 4:48).

The database knows what a day costs, counts the days once more, and refuses an intrekking without hearing.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

DWANGSOM = """
-- What so many days come to; the day of receipt says which amounts (Stb. 2009, 383; Stcrt. 2018, 65542).
CREATE FUNCTION aanvragen_dwangsom_cent(ontvangen date, aantal integer) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp AS $$
  SELECT least(aantal, 14) * t.een + least(greatest(aantal - 14, 0), 14) * t.twee
       + least(greatest(aantal - 28, 0), 14) * t.drie
  FROM (SELECT CASE WHEN ontvangen < '2019-01-01' THEN 2000 ELSE 2300 END AS een,
               CASE WHEN ontvangen < '2019-01-01' THEN 3000 ELSE 3500 END AS twee,
               CASE WHEN ontvangen < '2019-01-01' THEN 4000 ELSE 4500 END AS drie) t
$$;

CREATE FUNCTION aanvragen_ingebrekestelling_klopt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  b record;
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Een ingebrekestelling wordt niet verwijderd.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'UPDATE' AND
     (OLD.aanvraag_id, OLD.over, OLD.verlenging_id, OLD.vaststelling_id, OLD.bezwaar_id, OLD.termijn_tot,
      OLD.opgeschort, OLD.ontvangen_op, OLD.wijze, OLD.toelichting, OLD.bestand_id, OLD.vastgelegd_op, OLD.vastgelegd_door_id,
      OLD.eerste_dag, OLD.laatste_dag) IS DISTINCT FROM
     (NEW.aanvraag_id, NEW.over, NEW.verlenging_id, NEW.vaststelling_id, NEW.bezwaar_id, NEW.termijn_tot,
      NEW.opgeschort, NEW.ontvangen_op, NEW.wijze, NEW.toelichting, NEW.bestand_id, NEW.vastgelegd_op, NEW.vastgelegd_door_id,
      NEW.eerste_dag, NEW.laatste_dag)
     OR TG_OP = 'UPDATE' AND OLD.besluit_id IS NOT NULL AND
     (OLD.besluit_id, OLD.status, OLD.dagen, OLD.bedrag_cent, OLD.gestopt_op) IS DISTINCT FROM
     (NEW.besluit_id, NEW.status, NEW.dagen, NEW.bedrag_cent, NEW.gestopt_op)
  THEN
    RAISE EXCEPTION 'Wat van een ingebrekestelling is vastgelegd, verandert niet.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ingebrekestelling_blijft', TABLE = 'aanvragen_ingebrekestelling';
  END IF;
  IF NEW.eerste_dag <> NEW.ontvangen_op + 15 OR NEW.laatste_dag <> NEW.eerste_dag + 41
     OR NEW.ontvangen_op > (NEW.vastgelegd_op AT TIME ZONE 'Europe/Amsterdam')::date
  THEN
    RAISE EXCEPTION 'De dagen van een dwangsom volgen uit de dag van ontvangst (Awb 4:17).'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ingebrekestelling_dagen', TABLE = 'aanvragen_ingebrekestelling';
  END IF;
  IF NEW.aanvraag_id IS DISTINCT FROM (CASE NEW.over
       WHEN 'verlenging' THEN (SELECT t.aanvraag_id FROM aanvragen_verlenging v
                               JOIN aanvragen_traject t ON t.id = v.traject_id WHERE v.id = NEW.verlenging_id)
       WHEN 'vaststelling' THEN (SELECT t.aanvraag_id FROM aanvragen_vaststelling v
                                 JOIN aanvragen_traject t ON t.id = v.traject_id WHERE v.id = NEW.vaststelling_id)
       WHEN 'bezwaar' THEN (SELECT z.aanvraag_id FROM aanvragen_bezwaar z WHERE z.id = NEW.bezwaar_id)
       ELSE NEW.aanvraag_id END)
  THEN
    RAISE EXCEPTION 'Een ingebrekestelling hoort bij één dossier.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'ingebrekestelling_een_dossier', TABLE = 'aanvragen_ingebrekestelling';
  END IF;
  IF NEW.besluit_id IS NOT NULL THEN
    SELECT * INTO STRICT b FROM aanvragen_besluit WHERE id = NEW.besluit_id;
    IF b.aanvraag_id <> NEW.aanvraag_id OR b.soort <> 'dwangsom' OR b.opsteller_id <> NEW.opsteller_id
       OR b.bedrag_cent <> (CASE NEW.status WHEN 'vastgesteld' THEN NEW.bedrag_cent ELSE 0 END)
       OR NEW.status = 'vastgesteld' AND (
         NEW.dagen <> least(42, greatest(0, coalesce(NEW.gestopt_op, NEW.laatste_dag + 1) - NEW.eerste_dag))
         OR NEW.bedrag_cent <> aanvragen_dwangsom_cent(NEW.ontvangen_op, NEW.dagen)
         OR NEW.gestopt_op IS NULL AND b.dagtekening <= NEW.laatste_dag
         -- Not for a day after the besluit that one waited for.
         OR NEW.over = 'aanvraag' AND EXISTS (
           SELECT FROM aanvragen_besluit g WHERE g.aanvraag_id = NEW.aanvraag_id
             AND g.soort IN ('verlening', 'afwijzing', 'buiten_behandeling') AND g.dagtekening >= NEW.ontvangen_op
             AND g.dagtekening < coalesce(NEW.gestopt_op, NEW.laatste_dag + 1)))
    THEN
      RAISE EXCEPTION 'Het besluit over de dwangsom past niet bij de ingebrekestelling van %.', NEW.ontvangen_op
        USING ERRCODE = 'check_violation', CONSTRAINT = 'dwangsom_past', TABLE = 'aanvragen_ingebrekestelling';
    END IF;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER ingebrekestelling_klopt BEFORE INSERT OR UPDATE OR DELETE ON aanvragen_ingebrekestelling
  FOR EACH ROW EXECUTE FUNCTION aanvragen_ingebrekestelling_klopt();
ALTER TABLE aanvragen_ingebrekestelling ENABLE ALWAYS TRIGGER ingebrekestelling_klopt;

-- No besluit on a dwangsom without the ingebrekestelling that it is about. Deferred: the act writes the besluit first.
CREATE FUNCTION aanvragen_dwangsom_van_iets() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM aanvragen_ingebrekestelling WHERE besluit_id = NEW.id) THEN
    RAISE EXCEPTION 'Een besluit over een dwangsom hoort bij een ingebrekestelling.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'dwangsom_van_iets', TABLE = 'aanvragen_besluit';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER dwangsom_van_iets AFTER INSERT ON aanvragen_besluit
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.soort = 'dwangsom') EXECUTE FUNCTION aanvragen_dwangsom_van_iets();
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER dwangsom_van_iets;
REVOKE ALL ON FUNCTION aanvragen_dwangsom_cent(date, integer), aanvragen_ingebrekestelling_klopt(),
  aanvragen_dwangsom_van_iets() FROM PUBLIC, app;
"""
DWANGSOM_TERUG = """
DROP TRIGGER dwangsom_van_iets ON aanvragen_besluit;
DROP FUNCTION aanvragen_dwangsom_van_iets();
DROP TRIGGER ingebrekestelling_klopt ON aanvragen_ingebrekestelling;
DROP FUNCTION aanvragen_ingebrekestelling_klopt();
DROP FUNCTION aanvragen_dwangsom_cent(date, integer);
"""

HOREN = """
CREATE FUNCTION aanvragen_voornemen_blijft() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'Een voornemen wordt niet verwijderd.' USING ERRCODE = 'insufficient_privilege';
  END IF;
  IF TG_OP = 'INSERT' AND NEW.zienswijze_tot <= (NEW.voorgenomen_op AT TIME ZONE 'Europe/Amsterdam')::date
     OR TG_OP = 'UPDATE' AND (
       (OLD.aanvraag_id, OLD.reden, OLD.motivering, OLD.opsteller_id, OLD.voorgenomen_op, OLD.zienswijze_tot)
       IS DISTINCT FROM
       (NEW.aanvraag_id, NEW.reden, NEW.motivering, NEW.opsteller_id, NEW.voorgenomen_op, NEW.zienswijze_tot)
       OR OLD.status <> 'voorgenomen' AND OLD.status <> NEW.status
       OR OLD.zienswijze_op IS NOT NULL AND (OLD.zienswijze, OLD.zienswijze_op) IS DISTINCT FROM
                                            (NEW.zienswijze, NEW.zienswijze_op))
     OR NEW.besluit_id IS NOT NULL AND NOT EXISTS (
       SELECT FROM aanvragen_besluit b WHERE b.id = NEW.besluit_id AND b.soort = 'intrekking'
         AND b.aanvraag_id = NEW.aanvraag_id AND b.opsteller_id = NEW.opsteller_id)
  THEN
    RAISE EXCEPTION 'Wat van een voornemen is vastgelegd, verandert niet; en het geeft tijd om te reageren.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'voornemen_blijft', TABLE = 'aanvragen_intrekkingsvoornemen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER voornemen_blijft BEFORE INSERT OR UPDATE OR DELETE ON aanvragen_intrekkingsvoornemen
  FOR EACH ROW EXECUTE FUNCTION aanvragen_voornemen_blijft();
ALTER TABLE aanvragen_intrekkingsvoornemen ENABLE ALWAYS TRIGGER voornemen_blijft;

-- Withdrawn only after hearing (Awb 4:8, 4:12 lid 2), but for a traject of which the instelling itself said that it
-- does not start.
CREATE FUNCTION aanvragen_intrekking_na_horen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF EXISTS (SELECT FROM aanvragen_traject WHERE aanvraag_id = NEW.aanvraag_id AND status = 'niet_gestart')
     OR EXISTS (SELECT FROM aanvragen_intrekkingsvoornemen v
                WHERE v.aanvraag_id = NEW.aanvraag_id AND v.status = 'voorgenomen'
                  AND (v.zienswijze_op IS NOT NULL OR v.zienswijze_tot < NEW.dagtekening))
  THEN
    RETURN NEW;
  END IF;
  RAISE EXCEPTION 'Voor een intrekking kan de instelling eerst reageren (Awb 4:8).'
    USING ERRCODE = 'check_violation', CONSTRAINT = 'intrekking_na_horen', TABLE = 'aanvragen_besluit';
END $$;
CREATE TRIGGER intrekking_na_horen BEFORE INSERT ON aanvragen_besluit
  FOR EACH ROW WHEN (NEW.soort = 'intrekking') EXECUTE FUNCTION aanvragen_intrekking_na_horen();
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER intrekking_na_horen;
REVOKE ALL ON FUNCTION aanvragen_voornemen_blijft(), aanvragen_intrekking_na_horen() FROM PUBLIC, app;
"""
HOREN_TERUG = """
DROP TRIGGER intrekking_na_horen ON aanvragen_besluit;
DROP FUNCTION aanvragen_intrekking_na_horen();
DROP TRIGGER voornemen_blijft ON aanvragen_intrekkingsvoornemen;
DROP FUNCTION aanvragen_voornemen_blijft();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0014_bezwaar"),
        ("opslag", "0002_alleen_toevoegen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AlterField(
            model_name="besluit",
            name="soort",
            field=models.CharField(
                choices=[
                    ("verlening", "Subsidieverlening"),
                    ("afwijzing", "Afwijzing"),
                    ("buiten_behandeling", "Buiten behandeling"),
                    ("verlenging_toegekend", "Verlenging toegekend"),
                    ("verlenging_afgewezen", "Verlenging afgewezen"),
                    ("intrekking", "Intrekking van het besluit"),
                    ("vaststelling", "Vaststelling van de subsidie"),
                    ("beslissing_op_bezwaar", "Beslissing op bezwaar"),
                    ("dwangsom", "Besluit over de dwangsom"),
                ],
                max_length=24,
                verbose_name="soort",
            ),
        ),
        migrations.CreateModel(
            name="Ingebrekestelling",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "over",
                    models.CharField(
                        choices=[
                            ("aanvraag", "De aanvraag"),
                            ("verlenging", "Het verzoek om verlenging"),
                            ("vaststelling", "De vaststelling van de subsidie"),
                            ("bezwaar", "Het bezwaar"),
                        ],
                        max_length=12,
                        verbose_name="over",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("prematuur", "Te vroeg"),
                            ("loopt", "Nog twee weken om te beslissen"),
                            ("op_tijd", "Op tijd beslist"),
                            ("verbeurd", "Dwangsom verschuldigd"),
                            ("vastgesteld", "Dwangsom vastgesteld"),
                            ("niet_verschuldigd", "Geen dwangsom verschuldigd"),
                        ],
                        default="loopt",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1, editable=False, verbose_name="versie")),
                ("termijn_tot", models.DateField(verbose_name="beslissen kon tot en met")),
                ("opgeschort", models.BooleanField(default=False, verbose_name="de termijn stond stil")),
                ("ontvangen_op", models.DateField(verbose_name="ontvangen op")),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("portaal", "In het portaal"),
                            ("post", "Per post"),
                            ("mail", "Per e-mail"),
                            ("loket", "Afgegeven aan het loket"),
                        ],
                        max_length=8,
                        verbose_name="hoe ontvangen",
                    ),
                ),
                ("toelichting", models.TextField(blank=True, max_length=2000, verbose_name="toelichting")),
                ("vastgelegd_op", models.DateTimeField(verbose_name="vastgelegd op")),
                (
                    "eerste_dag",
                    models.DateField(blank=True, null=True, verbose_name="eerste dag van de dwangsom"),
                ),
                (
                    "laatste_dag",
                    models.DateField(blank=True, null=True, verbose_name="laatste dag van de dwangsom"),
                ),
                (
                    "gestopt_op",
                    models.DateField(blank=True, null=True, verbose_name="besloten of ingetrokken op"),
                ),
                (
                    "dagen",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="aantal dagen"),
                ),
                (
                    "bedrag_cent",
                    models.PositiveIntegerField(blank=True, null=True, verbose_name="bedrag in centen"),
                ),
                (
                    "vaststellen_uiterlijk",
                    models.DateField(blank=True, null=True, verbose_name="vaststellen voor of op"),
                ),
                (
                    "uitzondering",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("onredelijk_laat", "De ingebrekestelling kwam onredelijk laat"),
                            ("geen_belanghebbende", "De aanvrager is geen belanghebbende"),
                            (
                                "kennelijk_ongegrond",
                                "De aanvraag was kennelijk niet-ontvankelijk of ongegrond",
                            ),
                        ],
                        max_length=20,
                        verbose_name="waarom niets verschuldigd is",
                    ),
                ),
                ("motivering", models.TextField(blank=True, max_length=5000, verbose_name="motivering")),
                (
                    "voorgesteld_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="voorgesteld op"),
                ),
                (
                    "betaal_uiterlijk",
                    models.DateField(blank=True, null=True, verbose_name="betalen voor of op"),
                ),
                ("betaald_op", models.DateField(blank=True, null=True, verbose_name="betaald op")),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingebrekestellingen",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "besluit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingebrekestelling",
                        to="aanvragen.besluit",
                    ),
                ),
                (
                    "bestand",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingebrekestelling",
                        to="opslag.bestand",
                    ),
                ),
                (
                    "bezwaar",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingebrekestellingen",
                        to="aanvragen.bezwaar",
                    ),
                ),
                (
                    "opsteller",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vastgelegd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "vaststelling",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingebrekestellingen",
                        to="aanvragen.vaststelling",
                    ),
                ),
                (
                    "verlenging",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ingebrekestellingen",
                        to="aanvragen.verlenging",
                    ),
                ),
            ],
            options={
                "verbose_name": "ingebrekestelling",
                "verbose_name_plural": "ingebrekestellingen",
                "ordering": ("-ontvangen_op", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("status__in", ("loopt", "verbeurd"))),
                        fields=["eerste_dag", "id"],
                        name="ingebrekestelling_open",
                    ),
                    models.Index(
                        condition=models.Q(("status", "verbeurd"), ("vaststellen_uiterlijk__isnull", False)),
                        fields=["vaststellen_uiterlijk", "id"],
                        name="ingebrekestelling_vast",
                    ),
                    models.Index(
                        condition=models.Q(("betaald_op__isnull", True), ("status", "vastgesteld")),
                        fields=["betaal_uiterlijk", "id"],
                        name="ingebrekestelling_betalen",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "status__in",
                                [
                                    "prematuur",
                                    "loopt",
                                    "op_tijd",
                                    "verbeurd",
                                    "vastgesteld",
                                    "niet_verschuldigd",
                                ],
                            )
                        ),
                        name="ingebrekestelling_status_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("bezwaar__isnull", True),
                                ("over", "aanvraag"),
                                ("vaststelling__isnull", True),
                                ("verlenging__isnull", True),
                            ),
                            models.Q(
                                ("bezwaar__isnull", True),
                                ("over", "verlenging"),
                                ("vaststelling__isnull", True),
                                ("verlenging__isnull", False),
                            ),
                            models.Q(
                                ("bezwaar__isnull", True),
                                ("over", "vaststelling"),
                                ("vaststelling__isnull", False),
                                ("verlenging__isnull", True),
                            ),
                            models.Q(
                                ("bezwaar__isnull", False),
                                ("over", "bezwaar"),
                                ("vaststelling__isnull", True),
                                ("verlenging__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ingebrekestelling_over_een_ding",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("eerste_dag__isnull", True),
                                ("laatste_dag__isnull", True),
                                ("status", "prematuur"),
                                models.Q(
                                    ("opgeschort", True),
                                    ("ontvangen_op__lte", models.F("termijn_tot")),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("status", "prematuur"), _negated=True),
                                ("eerste_dag__isnull", False),
                                ("ontvangen_op__gt", models.F("termijn_tot")),
                                ("opgeschort", False),
                                ("laatste_dag__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="ingebrekestelling_na_de_termijn",
                        violation_error_message="Er is nog tijd om te beslissen: de ingebrekestelling is te vroeg.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("besluit__isnull", False),
                                ("status__in", ["vastgesteld", "niet_verschuldigd"]),
                                ("opsteller__isnull", False),
                                ("voorgesteld_op__isnull", False),
                                models.Q(("motivering", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status__in", ["vastgesteld", "niet_verschuldigd"]), _negated=True),
                                ("besluit__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="ingebrekestelling_met_besluit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "vastgesteld"), _negated=True),
                            models.Q(
                                ("bedrag_cent__gt", 0),
                                ("bedrag_cent__isnull", False),
                                ("dagen__isnull", False),
                                ("dagen__range", (1, 42)),
                                ("betaal_uiterlijk__isnull", False),
                                ("uitzondering", ""),
                            ),
                            _connector="OR",
                        ),
                        name="ingebrekestelling_vastgesteld_met_bedrag",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "niet_verschuldigd"), _negated=True),
                            (
                                "uitzondering__in",
                                ["onredelijk_laat", "geen_belanghebbende", "kennelijk_ongegrond"],
                            ),
                            _connector="OR",
                        ),
                        name="ingebrekestelling_niets_met_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("betaald_op__isnull", True), ("status", "vastgesteld"), _connector="OR"
                        ),
                        name="ingebrekestelling_betaald_na_besluit",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("over", "aanvraag"), ("status__in", ("loopt", "verbeurd"))),
                        fields=("aanvraag",),
                        name="ingebrekestelling_een_per_aanvraag",
                        violation_error_message="Hierover loopt al een ingebrekestelling.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("over", "verlenging"), ("status__in", ("loopt", "verbeurd"))),
                        fields=("verlenging",),
                        name="ingebrekestelling_een_per_verlenging",
                        violation_error_message="Hierover loopt al een ingebrekestelling.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("over", "vaststelling"), ("status__in", ("loopt", "verbeurd"))),
                        fields=("vaststelling",),
                        name="ingebrekestelling_een_per_vaststelling",
                        violation_error_message="Hierover loopt al een ingebrekestelling.",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("over", "bezwaar"), ("status__in", ("loopt", "verbeurd"))),
                        fields=("bezwaar",),
                        name="ingebrekestelling_een_per_bezwaar",
                        violation_error_message="Hierover loopt al een ingebrekestelling.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Intrekkingsvoornemen",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("voorgenomen", "De instelling kan reageren"),
                            ("afgezien", "Gaat niet door"),
                            ("uitgevoerd", "Besluit ingetrokken"),
                        ],
                        default="voorgenomen",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1, editable=False, verbose_name="versie")),
                (
                    "reden",
                    models.CharField(
                        choices=[
                            ("niet_uitgevoerd", "Het traject is niet uitgevoerd of wordt niet uitgevoerd"),
                            ("verplichting", "Een verplichting bij de subsidie is niet nagekomen"),
                            ("onjuiste_gegevens", "Er waren onjuiste of onvolledige gegevens gegeven"),
                            ("onjuist_verleend", "De verlening was onjuist, en dat kon de instelling weten"),
                        ],
                        max_length=20,
                        verbose_name="reden",
                    ),
                ),
                ("motivering", models.TextField(max_length=5000, verbose_name="motivering")),
                ("voorgenomen_op", models.DateTimeField(verbose_name="voorgenomen op")),
                ("zienswijze_tot", models.DateField(verbose_name="zienswijze voor of op")),
                ("zienswijze", models.TextField(blank=True, max_length=5000, verbose_name="zienswijze")),
                (
                    "zienswijze_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="zienswijze ontvangen op"),
                ),
                (
                    "afgezien_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="ervan afgezien op"),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intrekkingsvoornemens",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "besluit",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="intrekkingsvoornemen",
                        to="aanvragen.besluit",
                    ),
                ),
                (
                    "opsteller",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "zienswijze_door",
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
                "verbose_name": "voornemen om in te trekken",
                "verbose_name_plural": "voornemens om in te trekken",
                "ordering": ("-voorgenomen_op", "id"),
                "indexes": [
                    models.Index(
                        condition=models.Q(("status", "voorgenomen")),
                        fields=["zienswijze_tot", "id"],
                        name="voornemen_levend",
                    )
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["voorgenomen", "afgezien", "uitgevoerd"])),
                        name="voornemen_status_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "reden__in",
                                ["niet_uitgevoerd", "verplichting", "onjuiste_gegevens", "onjuist_verleend"],
                            ),
                            models.Q(("motivering", ""), _negated=True),
                        ),
                        name="voornemen_met_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("zienswijze", ""),
                                ("zienswijze_door__isnull", True),
                                ("zienswijze_op__isnull", True),
                            ),
                            models.Q(
                                models.Q(("zienswijze", ""), _negated=True),
                                ("zienswijze_door__isnull", False),
                                ("zienswijze_op__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="voornemen_zienswijze_is_heel",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("besluit__isnull", False), ("status", "uitgevoerd")),
                            models.Q(
                                models.Q(("status", "uitgevoerd"), _negated=True), ("besluit__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="voornemen_uitgevoerd_met_besluit",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("afgezien_op__gte", models.F("voorgenomen_op")),
                                ("afgezien_op__isnull", False),
                                ("status", "afgezien"),
                            ),
                            models.Q(
                                models.Q(("status", "afgezien"), _negated=True), ("afgezien_op__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="voornemen_afgezien_met_moment",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "voorgenomen")),
                        fields=("aanvraag",),
                        name="voornemen_een_per_aanvraag",
                        violation_error_message="Er loopt al een voornemen om dit besluit in te trekken.",
                    ),
                ],
            },
        ),
        migrations.RunSQL(DWANGSOM, DWANGSOM_TERUG),
        migrations.RunSQL(HOREN, HOREN_TERUG),
    ]
