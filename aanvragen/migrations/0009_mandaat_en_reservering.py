"""The last line for scheme B: budget that is held belongs to a status, and a besluit in mandaat has its mandaat.

A besluit of a version that is carried out in mandaat needs an ondermandaat that holds on its dagtekening, for the gemeente
of the aanvraag and who signs, under a mandaat that holds that day (Awb 10:1 to 10:12). Doorzendingen take additions only.
"""

from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen

STATUS = """
CREATE OR REPLACE FUNCTION aanvragen_eis_plaats(status text, kenmerk text, plaats text, plaats_van text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF plaats_van <> kenmerk OR NOT (CASE status
       WHEN 'toegekend' THEN plaats = 'verleend'
       WHEN 'besluit_ingetrokken' THEN plaats IN ('verleend', 'vrijgegeven')
       WHEN 'afgewezen' THEN plaats = 'vervallen'
       WHEN 'buiten_behandeling' THEN plaats = 'vervallen'
       WHEN 'budget_gereserveerd' THEN plaats = 'gereserveerd'
       ELSE plaats NOT IN ('verleend', 'vrijgegeven', 'gereserveerd') END)
  THEN
    RAISE EXCEPTION 'De plaats van aanvraag % (%) past niet bij de status %.', kenmerk, plaats, status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'aanvraag_status_met_plaats', TABLE = 'aanvragen_aanvraag';
  END IF;
END $$;

DROP TRIGGER aanvraag_status_met_besluit ON aanvragen_aanvraag;
DROP TRIGGER reservering_met_dossier ON budget_reservering;
CREATE CONSTRAINT TRIGGER aanvraag_status_met_besluit AFTER UPDATE ON aanvragen_aanvraag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.reservering_id IS DISTINCT FROM NEW.reservering_id OR OLD.kenmerk <> NEW.kenmerk
        OR OLD.status <> NEW.status AND (
          OLD.status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken', 'budget_gereserveerd')
          OR NEW.status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken', 'budget_gereserveerd')))
  EXECUTE FUNCTION aanvragen_status_past();
CREATE CONSTRAINT TRIGGER reservering_met_dossier AFTER UPDATE ON budget_reservering
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND (OLD.status IN ('verleend', 'vervallen', 'vrijgegeven', 'gereserveerd')
        OR NEW.status IN ('verleend', 'vervallen', 'vrijgegeven', 'gereserveerd')))
  EXECUTE FUNCTION aanvragen_plaats_past();
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_status_met_besluit;
ALTER TABLE budget_reservering ENABLE ALWAYS TRIGGER reservering_met_dossier;
"""

STATUS_TERUG = """
CREATE OR REPLACE FUNCTION aanvragen_eis_plaats(status text, kenmerk text, plaats text, plaats_van text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF plaats_van <> kenmerk OR NOT (CASE status
       WHEN 'toegekend' THEN plaats = 'verleend'
       WHEN 'besluit_ingetrokken' THEN plaats IN ('verleend', 'vrijgegeven')
       WHEN 'afgewezen' THEN plaats = 'vervallen'
       WHEN 'buiten_behandeling' THEN plaats = 'vervallen'
       ELSE plaats NOT IN ('verleend', 'vrijgegeven') END)
  THEN
    RAISE EXCEPTION 'De plaats van aanvraag % (%) past niet bij de status %.', kenmerk, plaats, status
      USING ERRCODE = 'check_violation', CONSTRAINT = 'aanvraag_status_met_plaats', TABLE = 'aanvragen_aanvraag';
  END IF;
END $$;

DROP TRIGGER aanvraag_status_met_besluit ON aanvragen_aanvraag;
DROP TRIGGER reservering_met_dossier ON budget_reservering;
CREATE CONSTRAINT TRIGGER aanvraag_status_met_besluit AFTER UPDATE ON aanvragen_aanvraag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.reservering_id IS DISTINCT FROM NEW.reservering_id OR OLD.kenmerk <> NEW.kenmerk
        OR OLD.status <> NEW.status AND (
          OLD.status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken')
          OR NEW.status IN ('toegekend', 'afgewezen', 'buiten_behandeling', 'besluit_ingetrokken')))
  EXECUTE FUNCTION aanvragen_status_past();
CREATE CONSTRAINT TRIGGER reservering_met_dossier AFTER UPDATE ON budget_reservering
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status <> NEW.status AND (OLD.status IN ('verleend', 'vervallen', 'vrijgegeven')
        OR NEW.status IN ('verleend', 'vervallen', 'vrijgegeven')))
  EXECUTE FUNCTION aanvragen_plaats_past();
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_status_met_besluit;
ALTER TABLE budget_reservering ENABLE ALWAYS TRIGGER reservering_met_dossier;
"""

MANDAAT = """
CREATE FUNCTION aanvragen_besluit_in_mandaat() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a record;
BEGIN
  SELECT x.kenmerk, x.gemeente_id, r.code, v.in_mandaat AND x.beslisser = 'gemeente' AS in_mandaat INTO STRICT a
    FROM aanvragen_aanvraag x JOIN budget_regeling r ON r.id = x.regeling_id
    JOIN budget_regelingversie v ON v.id = x.regeling_versie_id WHERE x.id = NEW.aanvraag_id;
  IF a.in_mandaat AND NOT EXISTS (
      SELECT FROM gemeenten_ondermandaat o JOIN gemeenten_mandaat m ON m.id = o.mandaat_id
      WHERE o.id = NEW.ondermandaat_id AND m.regeling = a.code
        -- The gemeente of then, or, when she is no more, one that followed her up.
        AND (m.gemeente_id = a.gemeente_id OR m.gemeente_id IN (
          WITH RECURSIVE na(id) AS (
            SELECT v.naar_id FROM gemeenten_gemeenteopvolging v
              WHERE v.van_id = a.gemeente_id AND v.neemt_verplichtingen_over AND v.datum <= NEW.dagtekening
            UNION SELECT v.naar_id FROM gemeenten_gemeenteopvolging v JOIN na ON v.van_id = na.id
              WHERE v.neemt_verplichtingen_over AND v.datum <= NEW.dagtekening)
          SELECT id FROM na))
        AND (o.gebruiker_id IS NULL OR o.gebruiker_id = NEW.ondertekenaar_id)
        AND NEW.dagtekening >= greatest(o.geldig_van, m.geldig_van)
        AND NEW.dagtekening < least(coalesce(o.geldig_tot, 'infinity'), coalesce(m.geldig_tot, 'infinity'))) THEN
    RAISE EXCEPTION 'Voor het besluit over % is er op die dag geen mandaat voor wie tekent.', a.kenmerk
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_mandaat', TABLE = 'aanvragen_besluit';
  ELSIF NOT a.in_mandaat AND NEW.ondermandaat_id IS NOT NULL THEN
    RAISE EXCEPTION 'Het besluit over % wordt niet in mandaat genomen.', a.kenmerk
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_mandaat', TABLE = 'aanvragen_besluit';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER besluit_in_mandaat BEFORE INSERT ON aanvragen_besluit
  FOR EACH ROW EXECUTE FUNCTION aanvragen_besluit_in_mandaat();
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER besluit_in_mandaat;
REVOKE ALL ON FUNCTION aanvragen_besluit_in_mandaat() FROM PUBLIC, app;
"""

MANDAAT_TERUG = """
DROP TRIGGER besluit_in_mandaat ON aanvragen_besluit;
DROP FUNCTION aanvragen_besluit_in_mandaat();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0008_regeling_b"),
        ("budget", "0008_regeling_b"),
        ("gemeenten", "0003_mandaat"),
        ("opslag", "0002_alleen_toevoegen"),
    ]
    operations = [
        migrations.RunSQL(STATUS, STATUS_TERUG),
        migrations.RunSQL(MANDAAT, MANDAAT_TERUG),
        alleen_toevoegen("aanvragen_doorzending"),
    ]
