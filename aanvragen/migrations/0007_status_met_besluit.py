"""The last line for the status: at commit it agrees with the reservering and the besluiten, whoever wrote it.

Deferred to the commit, since an act writes the place, the besluit and the status one after the other. A besluit
can't be changed or taken away (0003), so a status that was granted is only left by way of an intrekking.
"""

from django.db import migrations

REGEL = """
CREATE FUNCTION aanvragen_eis_plaats(status text, kenmerk text, plaats text, plaats_van text) RETURNS void
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

CREATE FUNCTION aanvragen_status_past() RETURNS trigger
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

CREATE FUNCTION aanvragen_plaats_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM aanvragen_eis_plaats(x.status, x.kenmerk, r.status, r.kenmerk)
    FROM aanvragen_aanvraag x JOIN budget_reservering r ON r.id = x.reservering_id WHERE r.id = NEW.id;
  RETURN NULL;
END $$;

-- Only what can matter is looked at, so that filling in and reviewing cost nothing more.
CREATE CONSTRAINT TRIGGER aanvraag_begint_met_besluit AFTER INSERT ON aanvragen_aanvraag
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.status <> 'concept') EXECUTE FUNCTION aanvragen_status_past();
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
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_begint_met_besluit;
ALTER TABLE aanvragen_aanvraag ENABLE ALWAYS TRIGGER aanvraag_status_met_besluit;
ALTER TABLE budget_reservering ENABLE ALWAYS TRIGGER reservering_met_dossier;

REVOKE ALL ON FUNCTION aanvragen_eis_plaats(text, text, text, text), aanvragen_status_past(),
  aanvragen_plaats_past() FROM PUBLIC, app;
"""

TERUG = """
DROP TRIGGER reservering_met_dossier ON budget_reservering;
DROP TRIGGER aanvraag_status_met_besluit ON aanvragen_aanvraag;
DROP TRIGGER aanvraag_begint_met_besluit ON aanvragen_aanvraag;
DROP FUNCTION aanvragen_plaats_past();
DROP FUNCTION aanvragen_status_past();
DROP FUNCTION aanvragen_eis_plaats(text, text, text, text);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0006_alsnog_toegekend"),
        ("budget", "0007_grenzen_en_wacht"),
        ("opslag", "0001_rollen"),
    ]
    operations = [migrations.RunSQL(REGEL, TERUG)]
