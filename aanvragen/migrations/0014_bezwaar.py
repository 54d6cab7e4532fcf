"""Bezwaar: from receipt to the beslissing, and what follows from it for the aanvraag (Awb chapters 6 and 7).

A besluit that a beslissing op bezwaar took back (`herroept`) counts no more: the status follows from the others, another
besluit may take its place, and what was vastgesteld can be set higher. Nothing else of what was decided changes.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import aanvragen.models.bezwaar

STATUS = """
-- What the besluiten say that were not taken back: an intrekking goes before the verlening that it withdraws.
CREATE FUNCTION aanvragen_besloten(nummer uuid) RETURNS text
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT CASE b.soort WHEN 'verlening' THEN 'toegekend' WHEN 'afwijzing' THEN 'afgewezen'
                      WHEN 'intrekking' THEN 'besluit_ingetrokken' ELSE b.soort END
  FROM aanvragen_besluit b
  WHERE b.aanvraag_id = nummer AND b.soort IN ('verlening', 'afwijzing', 'buiten_behandeling', 'intrekking')
    AND NOT EXISTS (SELECT FROM aanvragen_besluit h WHERE h.vorig_besluit_id = b.id AND h.herroept)
  ORDER BY array_position(ARRAY['intrekking', 'verlening', 'afwijzing'], b.soort::text) LIMIT 1
$$;

CREATE FUNCTION aanvragen_eis_status(nummer uuid) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a record;
BEGIN
  SELECT x.status, x.kenmerk, coalesce(r.status, '') AS plaats, r.kenmerk AS plaats_van, aanvragen_besloten(x.id) AS besloten
    INTO a
    FROM aanvragen_aanvraag x LEFT JOIN budget_reservering r ON r.id = x.reservering_id WHERE x.id = nummer;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  IF a.besloten IS DISTINCT FROM
     (CASE WHEN a.status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken')
           THEN a.status END)
  THEN
    RAISE EXCEPTION 'De status van aanvraag % kan niet % zijn: dat zeggen de besluiten niet.', a.kenmerk, a.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'aanvraag_status_met_besluit', TABLE = 'aanvragen_aanvraag';
  END IF;
  PERFORM aanvragen_eis_plaats(a.status, a.kenmerk, a.plaats, a.plaats_van);
END $$;

CREATE OR REPLACE FUNCTION aanvragen_status_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM aanvragen_eis_status(NEW.id);
  RETURN NULL;
END $$;
"""

VASTSTELLING = """
CREATE OR REPLACE FUNCTION aanvragen_vaststelling_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  dossier uuid;
  verleend bigint;
BEGIN
  -- Only after a gegrond bezwaar: a higher amount, by a besluit in the place of the one that was taken back.
  IF TG_OP = 'UPDATE' AND OLD.status = 'vastgesteld' AND NOT (
      NEW.status = 'vastgesteld' AND NEW.voorgesteld_cent > OLD.voorgesteld_cent AND EXISTS (
        SELECT FROM aanvragen_besluit n JOIN aanvragen_besluit h ON h.vorig_besluit_id = n.vorig_besluit_id AND h.herroept
        WHERE n.id = NEW.besluit_id AND n.vorig_besluit_id = OLD.besluit_id)) THEN
    RAISE EXCEPTION 'Vaststelling % is al gedaan en verandert niet meer.', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_ligt_vast', TABLE = 'aanvragen_vaststelling';
  END IF;
  SELECT t.aanvraag_id, b.bedrag_cent INTO dossier, verleend
    FROM aanvragen_traject t JOIN aanvragen_besluit b ON b.aanvraag_id = t.aanvraag_id AND b.soort = 'verlening'
    WHERE t.id = NEW.traject_id;
  IF verleend IS DISTINCT FROM NEW.verleend_cent THEN
    RAISE EXCEPTION 'Vaststelling %: er is % verleend, niet %.', NEW.id, verleend, NEW.verleend_cent
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_van_de_verlening', TABLE = 'aanvragen_vaststelling';
  END IF;
  IF NEW.besluit_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM aanvragen_besluit b WHERE b.id = NEW.besluit_id AND b.aanvraag_id = dossier
      AND b.soort = 'vaststelling' AND b.bedrag_cent = NEW.voorgesteld_cent AND b.opsteller_id = NEW.opsteller_id)
  THEN
    RAISE EXCEPTION 'Vaststelling %: het besluit zegt iets anders dan het voorstel.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_zoals_voorgesteld', TABLE = 'aanvragen_vaststelling';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION aanvragen_besluit_stelt_vast() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  -- At the commit: one that was taken back meanwhile has given its place to another.
  IF NOT EXISTS (SELECT FROM aanvragen_vaststelling v WHERE v.besluit_id = NEW.id AND v.status = 'vastgesteld')
     AND NOT EXISTS (SELECT FROM aanvragen_besluit h WHERE h.vorig_besluit_id = NEW.id AND h.herroept) THEN
    RAISE EXCEPTION 'Besluit % stelt iets vast dat niet is voorbereid.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_vaststelling', TABLE = 'aanvragen_besluit';
  END IF;
  RETURN NULL;
END $$;
"""

BESLUIT = """
-- A second besluit on an aanvraag replaces a refusal that was taken back; and a bezwaar is decided once, by another door.
CREATE FUNCTION aanvragen_besluit_volgt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  v record;
  goed boolean := true;
BEGIN
  SELECT b.aanvraag_id, b.soort, b.rechtsmiddel,
         EXISTS (SELECT FROM aanvragen_besluit h WHERE h.vorig_besluit_id = b.id AND h.herroept) AS herroepen
    INTO v FROM aanvragen_besluit b WHERE b.id = NEW.vorig_besluit_id;
  IF NEW.soort IN ('verlening', 'afwijzing', 'buiten_behandeling') AND NEW.vorig_besluit_id IS NOT NULL THEN
    goed := v.aanvraag_id = NEW.aanvraag_id AND v.soort IN ('afwijzing', 'buiten_behandeling') AND v.herroepen;
  ELSIF NEW.soort = 'beslissing_op_bezwaar' THEN
    goed := v.aanvraag_id = NEW.aanvraag_id AND v.rechtsmiddel = 'bezwaar';
  END IF;
  IF NOT coalesce(goed, false) THEN
    RAISE EXCEPTION 'Dit besluit volgt niet op besluit %.', NEW.vorig_besluit_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_na_herroeping', TABLE = 'aanvragen_besluit';
  END IF;
  NEW.ronde := 1;
  IF NEW.soort IN ('intrekking', 'vaststelling') THEN
    SELECT 1 + count(*) INTO NEW.ronde FROM aanvragen_besluit h JOIN aanvragen_besluit s ON s.id = h.vorig_besluit_id
      WHERE h.aanvraag_id = NEW.aanvraag_id AND h.herroept AND s.soort IN ('intrekking', 'vaststelling');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER besluit_volgt BEFORE INSERT ON aanvragen_besluit
  FOR EACH ROW WHEN (NEW.vorig_besluit_id IS NOT NULL OR NEW.ronde <> 1) EXECUTE FUNCTION aanvragen_besluit_volgt();

-- A beslissing belongs to its bezwaar, and what it takes back is followed by what it says, at the commit.
CREATE FUNCTION aanvragen_besluit_op_bezwaar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  b record;
BEGIN
  SELECT uitkomst, gevolg, bedrag_cent INTO b FROM aanvragen_bezwaar WHERE besluit_op_bezwaar_id = NEW.id;
  IF NOT FOUND OR NEW.herroept <> (b.uitkomst = 'gegrond' AND b.gevolg <> 'motivering') THEN
    RAISE EXCEPTION 'Besluit % is niet de beslissing op een bezwaar.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_bezwaar', TABLE = 'aanvragen_besluit';
  END IF;
  IF NEW.herroept AND NOT (CASE b.gevolg
       WHEN 'alsnog_toekennen' THEN EXISTS (SELECT FROM aanvragen_besluit n
         WHERE n.vorig_besluit_id = NEW.vorig_besluit_id AND n.soort = 'verlening')
       WHEN 'hoger_vaststellen' THEN EXISTS (SELECT FROM aanvragen_besluit n
         WHERE n.vorig_besluit_id = NEW.vorig_besluit_id AND n.soort = 'vaststelling' AND n.bedrag_cent = b.bedrag_cent)
       WHEN 'verlengen' THEN EXISTS (SELECT FROM aanvragen_besluit n
         WHERE n.vorig_besluit_id = NEW.vorig_besluit_id AND n.soort = 'verlenging_toegekend')
       ELSE true END)
  THEN
    RAISE EXCEPTION 'Besluit % doet niet wat het zegt.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_gevolg', TABLE = 'aanvragen_besluit';
  END IF;
  PERFORM aanvragen_eis_status(NEW.aanvraag_id);
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER besluit_op_bezwaar AFTER INSERT ON aanvragen_besluit
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.soort = 'beslissing_op_bezwaar') EXECUTE FUNCTION aanvragen_besluit_op_bezwaar();
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER besluit_volgt;
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER besluit_op_bezwaar;
"""

BEZWAAR = """
-- The way of a bezwaar, and who may have a hand in it: not who prepared or signed the besluit (Awb 7:5, 10:3 lid 3).
CREATE FUNCTION aanvragen_bewaak_bezwaar() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  paden jsonb := '{"ontvangen": ["ontvankelijkheid", "hoorzitting", "ingetrokken", "doorgezonden"],
    "ontvankelijkheid": ["ontvangen", "hoorzitting", "ingetrokken", "doorgezonden"],
    "hoorzitting": ["voorgesteld", "ingetrokken"],
    "voorgesteld": ["hoorzitting", "gegrond", "ongegrond", "niet_ontvankelijk", "ingetrokken"]}';
  b record;
  o record;
  regel text;
BEGIN
  SELECT aanvraag_id, rechtsmiddel, opsteller_id, ondertekenaar_id INTO STRICT b
    FROM aanvragen_besluit WHERE id = NEW.besluit_id;
  IF TG_OP = 'INSERT' THEN
    IF NEW.status <> 'ontvangen' OR b.aanvraag_id <> NEW.aanvraag_id OR b.rechtsmiddel <> 'bezwaar' THEN
      regel := 'bezwaar_tegen_een_besluit';
    END IF;
  ELSIF NOT paden ? OLD.status
        OR (OLD.id, OLD.kenmerk, OLD.besluit_id, OLD.aanvraag_id, OLD.indiener, OLD.ontvangen_op)
           IS DISTINCT FROM (NEW.id, NEW.kenmerk, NEW.besluit_id, NEW.aanvraag_id, NEW.indiener, NEW.ontvangen_op) THEN
    regel := 'bezwaar_ligt_vast';
  ELSIF NEW.status <> OLD.status AND NOT paden->OLD.status ? NEW.status THEN
    regel := 'bezwaar_loopt_een_weg';
  ELSIF OLD.verdaagd_op IS NOT NULL AND NEW.verdaagd_op IS DISTINCT FROM OLD.verdaagd_op THEN
    regel := 'bezwaar_een_keer_verdaagd';
  END IF;
  IF regel IS NULL AND (NEW.opgepakt_door_id IN (b.opsteller_id, b.ondertekenaar_id)
                        OR NEW.opsteller_id IN (b.opsteller_id, b.ondertekenaar_id)) THEN
    regel := 'bezwaar_door_een_ander';
  END IF;
  IF regel IS NULL AND NEW.besluit_op_bezwaar_id IS NOT NULL THEN
    SELECT soort, vorig_besluit_id, opsteller_id, ondertekenaar_id INTO STRICT o
      FROM aanvragen_besluit WHERE id = NEW.besluit_op_bezwaar_id;
    IF (o.soort, o.vorig_besluit_id, o.opsteller_id) IS DISTINCT FROM
       ('beslissing_op_bezwaar', NEW.besluit_id, NEW.opsteller_id) THEN
      regel := 'bezwaar_zoals_voorgesteld';
    ELSIF o.ondertekenaar_id IN (b.opsteller_id, b.ondertekenaar_id) THEN
      regel := 'bezwaar_door_een_ander';
    END IF;
  END IF;
  IF regel IS NOT NULL THEN
    RAISE EXCEPTION 'Bezwaar % kan zo niet worden behandeld.', NEW.kenmerk
      USING ERRCODE = 'check_violation', CONSTRAINT = regel, TABLE = 'aanvragen_bezwaar';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bezwaar_bewaakt BEFORE INSERT OR UPDATE ON aanvragen_bezwaar
  FOR EACH ROW EXECUTE FUNCTION aanvragen_bewaak_bezwaar();
ALTER TABLE aanvragen_bezwaar ENABLE ALWAYS TRIGGER bezwaar_bewaakt;
"""

RECHTEN = """
REVOKE DELETE, TRUNCATE ON aanvragen_bezwaar FROM app;
REVOKE ALL ON FUNCTION aanvragen_besloten(uuid), aanvragen_eis_status(uuid), aanvragen_besluit_volgt(),
  aanvragen_besluit_op_bezwaar(), aanvragen_bewaak_bezwaar() FROM PUBLIC, app;
"""

TERUG = """
DROP TRIGGER bezwaar_bewaakt ON aanvragen_bezwaar;
DROP TRIGGER besluit_op_bezwaar ON aanvragen_besluit;
DROP TRIGGER besluit_volgt ON aanvragen_besluit;
DROP FUNCTION aanvragen_bewaak_bezwaar();
DROP FUNCTION aanvragen_besluit_op_bezwaar();
DROP FUNCTION aanvragen_besluit_volgt();
CREATE OR REPLACE FUNCTION aanvragen_status_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a record;
BEGIN
  -- What the besluiten say: the verlening, unless it was withdrawn, goes before the refusal that it replaced.
  SELECT x.status, x.kenmerk, coalesce(r.status, '') AS plaats, r.kenmerk AS plaats_van,
         (SELECT CASE b.soort WHEN 'verlening' THEN 'toegekend' WHEN 'afwijzing' THEN 'afgewezen'
                              WHEN 'intrekking' THEN 'besluit_ingetrokken' ELSE b.soort END
          FROM aanvragen_besluit b
          WHERE b.aanvraag_id = x.id AND b.soort IN ('verlening', 'afwijzing', 'buiten_behandeling', 'intrekking')
          ORDER BY array_position(ARRAY['intrekking', 'verlening', 'afwijzing'], b.soort::text) LIMIT 1) AS besloten
    INTO a
    FROM aanvragen_aanvraag x LEFT JOIN budget_reservering r ON r.id = x.reservering_id WHERE x.id = NEW.id;
  IF NOT FOUND THEN
    RETURN NULL;
  END IF;
  IF a.besloten IS DISTINCT FROM
     (CASE WHEN a.status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken')
           THEN a.status END)
  THEN
    RAISE EXCEPTION 'De status van aanvraag % kan niet % zijn: dat zeggen de besluiten niet.', a.kenmerk, a.status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'aanvraag_status_met_besluit', TABLE = 'aanvragen_aanvraag';
  END IF;
  PERFORM aanvragen_eis_plaats(a.status, a.kenmerk, a.plaats, a.plaats_van);
  RETURN NULL;
END $$;
DROP FUNCTION aanvragen_eis_status(uuid);
DROP FUNCTION aanvragen_besloten(uuid);
CREATE OR REPLACE FUNCTION aanvragen_vaststelling_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  dossier uuid;
  verleend bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status = 'vastgesteld' THEN
    RAISE EXCEPTION 'Vaststelling % is al gedaan en verandert niet meer.', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_ligt_vast', TABLE = 'aanvragen_vaststelling';
  END IF;
  SELECT t.aanvraag_id, b.bedrag_cent INTO dossier, verleend
    FROM aanvragen_traject t JOIN aanvragen_besluit b ON b.aanvraag_id = t.aanvraag_id AND b.soort = 'verlening'
    WHERE t.id = NEW.traject_id;
  IF verleend IS DISTINCT FROM NEW.verleend_cent THEN
    RAISE EXCEPTION 'Vaststelling %: er is % verleend, niet %.', NEW.id, verleend, NEW.verleend_cent
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_van_de_verlening', TABLE = 'aanvragen_vaststelling';
  END IF;
  IF NEW.besluit_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM aanvragen_besluit b WHERE b.id = NEW.besluit_id AND b.aanvraag_id = dossier
      AND b.soort = 'vaststelling' AND b.bedrag_cent = NEW.voorgesteld_cent AND b.opsteller_id = NEW.opsteller_id)
  THEN
    RAISE EXCEPTION 'Vaststelling %: het besluit zegt iets anders dan het voorstel.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_zoals_voorgesteld', TABLE = 'aanvragen_vaststelling';
  END IF;
  RETURN NEW;
END $$;

CREATE OR REPLACE FUNCTION aanvragen_besluit_stelt_vast() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM aanvragen_vaststelling v WHERE v.besluit_id = NEW.id AND v.status = 'vastgesteld') THEN
    RAISE EXCEPTION 'Besluit % stelt iets vast dat niet is voorbereid.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_vaststelling', TABLE = 'aanvragen_besluit';
  END IF;
  RETURN NULL;
END $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0013_aanvulling_en_ontvangst"),
        ("budget", "0012_terug_na_bezwaar"),
        ("opslag", "0002_alleen_toevoegen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Bezwaar",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "kenmerk",
                    models.CharField(
                        default=aanvragen.models.bezwaar.nieuw_bezwaarkenmerk,
                        editable=False,
                        max_length=20,
                        unique=True,
                        verbose_name="kenmerk",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("ontvangen", "Ontvangen"),
                            ("ontvankelijkheid", "Wacht op de gronden"),
                            ("hoorzitting", "Horen en advies"),
                            ("voorgesteld", "Klaar voor beslissing"),
                            ("gegrond", "Gegrond"),
                            ("ongegrond", "Ongegrond"),
                            ("niet_ontvankelijk", "Niet-ontvankelijk"),
                            ("ingetrokken", "Ingetrokken"),
                            ("doorgezonden", "Doorgezonden"),
                        ],
                        default="ontvangen",
                        editable=False,
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1, editable=False, verbose_name="versie")),
                (
                    "indiener",
                    models.CharField(
                        choices=[
                            ("instelling", "De ggz-instelling"),
                            ("deelnemer", "De deelnemer"),
                            ("gemeente", "De gemeente"),
                            ("ander", "Iemand anders met een belang"),
                        ],
                        max_length=12,
                        verbose_name="wie bezwaar maakt",
                    ),
                ),
                ("indiener_naam", models.CharField(blank=True, max_length=120, verbose_name="naam")),
                ("indiener_adres", models.TextField(blank=True, max_length=300, verbose_name="adres")),
                (
                    "wijze",
                    models.CharField(
                        choices=[
                            ("portaal", "In het portaal"),
                            ("post", "Per post"),
                            ("loket", "Aan het loket"),
                        ],
                        max_length=8,
                        verbose_name="hoe het binnenkwam",
                    ),
                ),
                ("ontvangen_op", models.DateTimeField(verbose_name="ontvangen op")),
                (
                    "verzonden_op",
                    models.DateField(blank=True, null=True, verbose_name="op de post gedaan op"),
                ),
                ("gronden", models.TextField(blank=True, max_length=10000, verbose_name="waarom")),
                (
                    "wil_gehoord",
                    models.BooleanField(blank=True, null=True, verbose_name="wil worden gehoord"),
                ),
                ("te_laat", models.BooleanField(default=False, verbose_name="te laat")),
                (
                    "verschoonbaar",
                    models.BooleanField(blank=True, null=True, verbose_name="te laat, maar verschoonbaar"),
                ),
                (
                    "verschoning",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("storing", "Er was een storing van het portaal op de laatste dag"),
                            (
                                "bekendmaking",
                                "Het besluit was niet goed bekendgemaakt, of noemde de termijn niet goed",
                            ),
                            ("overmacht", "Door overmacht kon de indiener niet eerder"),
                            ("anders", "Een andere reden die niet aan de indiener ligt"),
                        ],
                        max_length=16,
                        verbose_name="waarom verschoonbaar",
                    ),
                ),
                (
                    "verschoning_toelichting",
                    models.TextField(blank=True, max_length=2000, verbose_name="toelichting"),
                ),
                (
                    "herstel_gevraagd_op",
                    models.DateField(blank=True, null=True, verbose_name="gronden gevraagd op"),
                ),
                (
                    "herstel_tot",
                    models.DateField(blank=True, null=True, verbose_name="gronden sturen voor of op"),
                ),
                ("hersteld_op", models.DateField(blank=True, null=True, verbose_name="gronden ontvangen op")),
                ("commissie", models.BooleanField(default=False, verbose_name="met een adviescommissie")),
                ("beslis_uiterlijk", models.DateField(verbose_name="beslissen voor of op")),
                ("verdaagd_op", models.DateField(blank=True, null=True, verbose_name="verdaagd op")),
                ("verdaagd_tot", models.DateField(blank=True, null=True, verbose_name="verdaagd tot en met")),
                (
                    "uitstel_tot",
                    models.DateField(blank=True, null=True, verbose_name="uitstel met instemming tot en met"),
                ),
                (
                    "hoorzitting_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="hoorzitting op"),
                ),
                ("hoorzitting_plaats", models.CharField(blank=True, max_length=200, verbose_name="waar")),
                ("gehoord_op", models.DateField(blank=True, null=True, verbose_name="gehoord op")),
                (
                    "afgezien",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("niet_ontvankelijk", "Het bezwaar is kennelijk niet-ontvankelijk"),
                            ("ongegrond", "Het bezwaar is kennelijk ongegrond"),
                            ("geen_wens", "De indiener wil niet worden gehoord"),
                            ("geen_reactie", "De indiener zei niet op tijd dat hij wil worden gehoord"),
                            ("volledig", "Wij komen helemaal tegemoet aan het bezwaar"),
                        ],
                        max_length=20,
                        verbose_name="waarom niet gehoord",
                    ),
                ),
                (
                    "verslag",
                    models.TextField(blank=True, max_length=10000, verbose_name="verslag van het horen"),
                ),
                ("advies", models.TextField(blank=True, max_length=10000, verbose_name="advies")),
                (
                    "uitkomst",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("gegrond", "Gegrond"),
                            ("ongegrond", "Ongegrond"),
                            ("niet_ontvankelijk", "Niet-ontvankelijk"),
                        ],
                        max_length=20,
                        verbose_name="uitkomst",
                    ),
                ),
                (
                    "gevolg",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("alsnog_toekennen", "De aanvraag wordt alsnog toegekend"),
                            (
                                "opnieuw",
                                "De aanvraag wordt opnieuw behandeld, met haar oude plaats in de volgorde",
                            ),
                            ("herleven", "De intrekking vervalt: de subsidie geldt weer"),
                            ("verlengen", "De verlenging wordt alsnog toegekend"),
                            ("hoger_vaststellen", "De subsidie wordt op een hoger bedrag vastgesteld"),
                            ("motivering", "Het besluit blijft, met een andere motivering"),
                        ],
                        max_length=20,
                        verbose_name="gevolg",
                    ),
                ),
                (
                    "bedrag_cent",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="nieuw bedrag in centen"
                    ),
                ),
                ("motivering", models.TextField(blank=True, max_length=5000, verbose_name="motivering")),
                (
                    "voorgesteld_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="voorgesteld op"),
                ),
                (
                    "ingetrokken_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="ingetrokken op"),
                ),
                (
                    "doorgezonden_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="doorgezonden op"),
                ),
                (
                    "doorgezonden_naar",
                    models.CharField(blank=True, max_length=200, verbose_name="doorgezonden naar"),
                ),
            ],
            options={
                "verbose_name": "bezwaar",
                "verbose_name_plural": "bezwaren",
                "ordering": ("-ontvangen_op", "id"),
            },
        ),
        migrations.RemoveConstraint(
            model_name="besluit",
            name="besluit_weigering_in_eerste_aanleg",
        ),
        migrations.RemoveConstraint(
            model_name="besluit",
            name="besluit_een_intrekking",
        ),
        migrations.RemoveConstraint(
            model_name="besluit",
            name="besluit_een_slot",
        ),
        migrations.AddField(
            model_name="aanvraag",
            name="heropend_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="heropend na bezwaar op"),
        ),
        migrations.AddField(
            model_name="besluit",
            name="herroept",
            field=models.BooleanField(default=False, verbose_name="herroept het vorige besluit"),
        ),
        migrations.AddField(
            model_name="besluit",
            name="rechtsmiddel",
            field=models.CharField(
                choices=[("bezwaar", "Bezwaar"), ("beroep", "Beroep")],
                default="bezwaar",
                max_length=8,
                verbose_name="rechtsmiddel",
            ),
        ),
        migrations.AddField(
            model_name="besluit",
            name="ronde",
            field=models.PositiveSmallIntegerField(default=1, editable=False, verbose_name="ronde"),
        ),
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
                ],
                max_length=24,
                verbose_name="soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("soort__in", ["verlening", "afwijzing", "buiten_behandeling"])),
                fields=("vorig_besluit",),
                name="besluit_een_in_de_plaats",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("rechtsmiddel__in", ["bezwaar", "beroep"]),
                    models.Q(
                        models.Q(("soort", "beslissing_op_bezwaar"), _negated=True),
                        models.Q(("rechtsmiddel", "beroep"), ("vorig_besluit__isnull", False)),
                        _connector="OR",
                    ),
                ),
                name="besluit_op_bezwaar_met_beroep",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(("herroept", False), ("soort", "beslissing_op_bezwaar"), _connector="OR"),
                name="besluit_herroept_na_bezwaar",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("herroept", True)),
                fields=("vorig_besluit",),
                name="besluit_een_keer_herroepen",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("soort__in", ["intrekking", "vaststelling"])),
                fields=("aanvraag", "ronde"),
                name="besluit_een_slot",
                violation_error_message="Deze subsidie is al vastgesteld of ingetrokken.",
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="aanvraag",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="bezwaren", to="aanvragen.aanvraag"
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="besluit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="bezwaren", to="aanvragen.besluit"
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="besluit_op_bezwaar",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="beslist_bezwaar",
                to="aanvragen.besluit",
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="bestand",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="bezwaar",
                to="opslag.bestand",
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="ingevoerd_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="opgepakt_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="bezwaar",
            name="opsteller",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddIndex(
            model_name="bezwaar",
            index=models.Index(
                condition=models.Q(
                    ("status__in", ("ontvangen", "ontvankelijkheid", "hoorzitting", "voorgesteld"))
                ),
                fields=["beslis_uiterlijk", "id"],
                name="bezwaar_te_doen",
            ),
        ),
        migrations.AddIndex(
            model_name="bezwaar",
            index=models.Index(fields=["aanvraag", "-ontvangen_op", "id"], name="bezwaar_per_aanvraag"),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "ontvangen",
                            "ontvankelijkheid",
                            "hoorzitting",
                            "voorgesteld",
                            "gegrond",
                            "ongegrond",
                            "niet_ontvankelijk",
                            "ingetrokken",
                            "doorgezonden",
                        ],
                    )
                ),
                name="bezwaar_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("indiener__in", ["instelling", "deelnemer", "gemeente", "ander"]),
                    ("wijze__in", ["portaal", "post", "loket"]),
                    models.Q(
                        ("indiener", "instelling"),
                        models.Q(("wijze", "portaal"), _negated=True),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("indiener", "ander"), _negated=True),
                        models.Q(("indiener_naam", ""), _negated=True),
                        _connector="OR",
                    ),
                ),
                name="bezwaar_van_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("status__in", ("ontvangen", "ontvankelijkheid", "hoorzitting", "voorgesteld"))
                ),
                fields=("besluit", "indiener", "indiener_naam"),
                name="bezwaar_een_open_per_indiener",
                violation_error_message="Tegen dit besluit loopt al een bezwaar.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(("verzonden_op__isnull", True), ("wijze", "post"), _connector="OR"),
                name="bezwaar_verzonden_per_post",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("te_laat", False), ("verschoonbaar__isnull", True)),
                    models.Q(
                        ("te_laat", True),
                        models.Q(
                            models.Q(("verschoonbaar", True), _negated=True),
                            models.Q(("verschoning", ""), _negated=True),
                            _connector="OR",
                        ),
                    ),
                    _connector="OR",
                ),
                name="bezwaar_verschoond_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uitkomst__in", ["", "niet_ontvankelijk"]),
                    ("te_laat", False),
                    ("verschoonbaar", True),
                    _connector="OR",
                ),
                name="bezwaar_te_laat_is_niet_ontvankelijk",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "ontvankelijkheid"), _negated=True),
                    models.Q(
                        ("herstel_gevraagd_op__isnull", False),
                        ("herstel_tot__gt", models.F("herstel_gevraagd_op")),
                    ),
                    _connector="OR",
                ),
                name="bezwaar_herstel_met_termijn",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["voorgesteld", "gegrond", "ongegrond", "niet_ontvankelijk"]),
                        _negated=True,
                    ),
                    models.Q(("gehoord_op__isnull", False), models.Q(("verslag", ""), _negated=True)),
                    (
                        "afgezien__in",
                        ["niet_ontvankelijk", "ongegrond", "geen_wens", "geen_reactie", "volledig"],
                    ),
                    _connector="OR",
                ),
                name="bezwaar_gehoord_of_afgezien",
                violation_error_message="Hoor eerst de indiener, of leg vast waarom dat niet hoeft.",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["voorgesteld", "gegrond", "ongegrond", "niet_ontvankelijk"]),
                        _negated=True,
                    ),
                    models.Q(
                        ("opsteller__isnull", False),
                        ("uitkomst__in", ["gegrond", "ongegrond", "niet_ontvankelijk"]),
                        ("voorgesteld_op__isnull", False),
                        models.Q(("motivering", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="bezwaar_voorstel_is_heel",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("besluit_op_bezwaar__isnull", False),
                        ("status__in", ("gegrond", "ongegrond", "niet_ontvankelijk")),
                        ("uitkomst", models.F("status")),
                    ),
                    models.Q(
                        models.Q(
                            ("status__in", ("gegrond", "ongegrond", "niet_ontvankelijk")), _negated=True
                        ),
                        ("besluit_op_bezwaar__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="bezwaar_met_beslissing",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        (
                            "gevolg__in",
                            [
                                "alsnog_toekennen",
                                "opnieuw",
                                "herleven",
                                "verlengen",
                                "hoger_vaststellen",
                                "motivering",
                            ],
                        ),
                        ("uitkomst", "gegrond"),
                    ),
                    models.Q(models.Q(("uitkomst", "gegrond"), _negated=True), ("gevolg", "")),
                    _connector="OR",
                ),
                name="bezwaar_gevolg_als_gegrond",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bedrag_cent__isnull", False), ("gevolg", "hoger_vaststellen")),
                    models.Q(
                        models.Q(("gevolg", "hoger_vaststellen"), _negated=True),
                        ("bedrag_cent__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="bezwaar_bedrag_bij_vaststelling",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        models.Q(("status", "ingetrokken"), _negated=True),
                        ("ingetrokken_op__isnull", False),
                        _connector="OR",
                    ),
                    models.Q(
                        models.Q(("status", "doorgezonden"), _negated=True),
                        models.Q(
                            ("doorgezonden_op__isnull", False),
                            models.Q(("doorgezonden_naar", ""), _negated=True),
                        ),
                        _connector="OR",
                    ),
                ),
                name="bezwaar_einde_met_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="bezwaar",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdaagd_op__isnull", True), ("verdaagd_tot__isnull", True)),
                    models.Q(("verdaagd_op__isnull", False), ("verdaagd_tot__isnull", False)),
                    _connector="OR",
                ),
                name="bezwaar_verdaagd_met_dag",
            ),
        ),
        migrations.RunSQL(STATUS + VASTSTELLING + BESLUIT + BEZWAAR + RECHTEN, TERUG),
    ]
