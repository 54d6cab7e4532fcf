"""The engine in the database: counting, the quota and the order of receipt, for whoever writes.

A trigger on the reservering keeps the counters of the pots (docs/beslissingen/0003). It runs as the owner, so the
application's role needs no right to change a pot, and has none.
"""

from django.db import migrations

FUNCTIES = """
CREATE SEQUENCE budget_rang;
GRANT USAGE, SELECT ON SEQUENCE budget_rang TO app;

-- Is there room in this pot for this reservering, and does no better-ranked one wait for that room?
CREATE FUNCTION budget_controleer_pot(p budget_pot, r budget_reservering) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  vrij bigint := p.grens_trajecten - p.verleend_trajecten;
  vrij_cent bigint := p.grens_cent - p.verleend_cent;
  beter record;
  wachtend bigint := 0;
  wachtend_cent bigint := 0;
BEGIN
  IF vrij < 1 OR vrij_cent < r.rijk_cent THEN
    RAISE EXCEPTION 'Er is geen plaats meer in de pot %.', p.soort USING
      ERRCODE = 'check_violation', CONSTRAINT = 'budget_vol',
      DETAIL = json_build_object('soort', p.soort, 'route', p.route, 'gemeente', p.gemeente_id)::text;
  END IF;
  IF vrij IS NULL AND vrij_cent IS NULL THEN
    RETURN;
  END IF;
  -- Each better-ranked one that waits gets its room first; the first that would be left without is named.
  FOR beter IN
    SELECT x.id, x.kenmerk, x.rijk_cent FROM budget_reservering x
    WHERE x.regeling_id = r.regeling_id AND x.status = 'in_volgorde'
      AND (x.rang_op, x.rang_volgnr) < (r.rang_op, r.rang_volgnr)
      AND (p.route = '' OR x.route = p.route)
      AND (p.gemeente_id IS NULL OR (x.gemeente_id = p.gemeente_id AND x.route = ANY (p.telt_routes)))
    ORDER BY x.rang_op, x.rang_volgnr
  LOOP
    wachtend := wachtend + 1;
    wachtend_cent := wachtend_cent + beter.rijk_cent;
    IF wachtend + 1 > vrij OR wachtend_cent + r.rijk_cent > vrij_cent THEN
      RAISE EXCEPTION 'Een eerder ontvangen aanvraag wacht op dezelfde plaats.' USING
        ERRCODE = 'check_violation', CONSTRAINT = 'budget_voorrang',
        DETAIL = json_build_object('soort', p.soort, 'reservering', beter.id, 'kenmerk', beter.kenmerk)::text;
    END IF;
  END LOOP;
END $$;

-- Lock one pot, look whether it may, and count.
CREATE FUNCTION budget_tel_pot(pot bigint, r budget_reservering, n integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p budget_pot;
BEGIN
  SELECT * INTO STRICT p FROM budget_pot WHERE id = pot FOR NO KEY UPDATE;
  IF n > 0 THEN
    PERFORM budget_controleer_pot(p, r);
  END IF;
  UPDATE budget_pot SET verleend_trajecten = verleend_trajecten + n,
                        verleend_cent = verleend_cent + n * r.rijk_cent WHERE id = pot;
END $$;

-- Add to the pots of a reservering (n = 1) or take from them (n = -1): totaal, then route, then gemeente.
CREATE FUNCTION budget_tel(r budget_reservering, n integer) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  totaal bigint;
  van_route bigint;
  patroon budget_pot;
BEGIN
  SELECT id INTO totaal FROM budget_pot WHERE regeling_id = r.regeling_id AND soort = 'totaal';
  SELECT id INTO van_route FROM budget_pot
    WHERE regeling_id = r.regeling_id AND soort = 'route' AND route = r.route;
  SELECT * INTO patroon FROM budget_pot
    WHERE regeling_id = r.regeling_id AND soort = 'gemeente' AND gemeente_id IS NULL;
  IF totaal IS NULL OR van_route IS NULL OR patroon.id IS NULL THEN
    RAISE EXCEPTION 'Regeling % heeft geen pot voor de route %.', r.regeling_id, r.route
      USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_geen_pot';
  END IF;
  PERFORM budget_tel_pot(totaal, r, n);
  PERFORM budget_tel_pot(van_route, r, n);
  IF r.route = ANY (patroon.telt_routes) THEN
    INSERT INTO budget_pot (regeling_id, soort, route, gemeente_id, telt_routes, grens_trajecten, grens_cent,
                            verleend_trajecten, verleend_cent)
      VALUES (r.regeling_id, 'gemeente', '', r.gemeente_id, patroon.telt_routes, patroon.grens_trajecten,
              patroon.grens_cent, 0, 0)
      ON CONFLICT DO NOTHING;
    PERFORM budget_tel_pot(
      (SELECT id FROM budget_pot WHERE regeling_id = r.regeling_id AND soort = 'gemeente'
         AND gemeente_id = r.gemeente_id), r, n);
  END IF;
END $$;

CREATE FUNCTION budget_houd_bij() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  was boolean := TG_OP <> 'INSERT' AND OLD.status = 'verleend';
  wordt boolean := TG_OP <> 'DELETE' AND NEW.status = 'verleend';
BEGIN
  IF was AND wordt AND (OLD.regeling_id, OLD.route, OLD.gemeente_id, OLD.rijk_cent)
     IS NOT DISTINCT FROM (NEW.regeling_id, NEW.route, NEW.gemeente_id, NEW.rijk_cent) THEN
    RETURN NULL;
  END IF;
  IF was THEN PERFORM budget_tel(OLD, -1); END IF;
  IF wordt THEN PERFORM budget_tel(NEW, 1); END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER reservering_telt AFTER INSERT OR UPDATE OR DELETE ON budget_reservering
  FOR EACH ROW EXECUTE FUNCTION budget_houd_bij();
ALTER TABLE budget_reservering ENABLE ALWAYS TRIGGER reservering_telt;

-- Give a pot its limits; a pattern's cap goes to every gemeente that has a pot already.
CREATE FUNCTION budget_stel_grens_in(regeling bigint, s text, r text, telt text[], trajecten integer, cent bigint)
RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  INSERT INTO budget_pot (regeling_id, soort, route, gemeente_id, telt_routes, grens_trajecten, grens_cent,
                          verleend_trajecten, verleend_cent)
    VALUES (regeling, s, r, NULL, telt, trajecten, cent, 0, 0)
    ON CONFLICT (regeling_id, soort, route, gemeente_id)
    DO UPDATE SET telt_routes = telt, grens_trajecten = trajecten, grens_cent = cent;
  UPDATE budget_pot SET telt_routes = telt, grens_trajecten = trajecten, grens_cent = cent
    WHERE regeling_id = budget_stel_grens_in.regeling AND soort = s AND route = r AND gemeente_id IS NOT NULL;
END $$;

REVOKE ALL ON FUNCTION
  budget_tel(budget_reservering, integer),
  budget_tel_pot(bigint, budget_reservering, integer),
  budget_controleer_pot(budget_pot, budget_reservering),
  budget_houd_bij(),
  budget_stel_grens_in(bigint, text, text, text[], integer, bigint)
FROM PUBLIC, app;
GRANT EXECUTE ON FUNCTION budget_stel_grens_in(bigint, text, text, text[], integer, bigint) TO app;
REVOKE INSERT, UPDATE, DELETE ON budget_pot FROM app;
REVOKE DELETE ON budget_reservering FROM app;
"""

TERUG = """
DROP TRIGGER reservering_telt ON budget_reservering;
DROP FUNCTION budget_stel_grens_in(bigint, text, text, text[], integer, bigint);
DROP FUNCTION budget_houd_bij();
DROP FUNCTION budget_tel(budget_reservering, integer);
DROP FUNCTION budget_tel_pot(bigint, budget_reservering, integer);
DROP FUNCTION budget_controleer_pot(budget_pot, budget_reservering);
DROP SEQUENCE budget_rang;
GRANT INSERT, UPDATE, DELETE ON budget_pot TO app;
GRANT DELETE ON budget_reservering TO app;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0001_initial"), ("opslag", "0001_rollen")]
    operations = [migrations.RunSQL(FUNCTIES, TERUG)]
