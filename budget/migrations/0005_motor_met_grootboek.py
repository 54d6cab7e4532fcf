"""The engine with its grootboek: every change of a pot is booked by the same trigger that counts and refuses.

It replaces the functions of 0002. What is new: limits through time (Awb 4:27), pots of one tijdvak, equals that wait
for a loting, `niet_passend_beleid`, budget that is held (`gereserveerd`), a grant beyond the pot after a gegrond
bezwaar, and one traject a person. Lock order of every path: totaal, route, gemeente; within each the whole regeling
before a tijdvak.
"""

from django.db import migrations

FUNCTIES = """
DROP TRIGGER reservering_telt ON budget_reservering;
DROP FUNCTION budget_stel_grens_in(bigint, text, text, text[], integer, bigint);
DROP FUNCTION budget_houd_bij();
DROP FUNCTION budget_tel(budget_reservering, integer);
DROP FUNCTION budget_tel_pot(bigint, budget_reservering, integer);
DROP FUNCTION budget_controleer_pot(budget_pot, budget_reservering);
CREATE SEQUENCE budget_mutatie;

CREATE FUNCTION budget_slotvolgorde(soort text) RETURNS integer
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
RETURN array_position(ARRAY['totaal', 'route', 'gemeente'], soort);

-- The limit that holds for what was received at `ontvangen`: the highest in force since then (Awb 4:27).
CREATE FUNCTION budget_grens_voor(p budget_pot, ontvangen timestamptz, OUT trajecten bigint, OUT cent bigint)
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  bron bigint := p.id;
BEGIN
  trajecten := p.grens_trajecten;
  cent := p.grens_cent;
  IF p.verlaagd_op IS NULL OR ontvangen >= p.verlaagd_op THEN
    RETURN;
  END IF;
  IF p.gemeente_id IS NOT NULL THEN
    SELECT id INTO STRICT bron FROM budget_pot WHERE regeling_id = p.regeling_id AND soort = p.soort
      AND periode = p.periode AND route = p.route AND gemeente_id IS NULL;
  END IF;
  SELECT CASE WHEN bool_or(g.trajecten IS NULL) THEN NULL ELSE max(g.trajecten) END,
         CASE WHEN bool_or(g.cent IS NULL) THEN NULL ELSE max(g.cent) END
    INTO trajecten, cent
    FROM budget_potgrens g WHERE g.pot_id = bron AND (g.vanaf > ontvangen OR g.id =
      (SELECT v.id FROM budget_potgrens v WHERE v.pot_id = bron AND v.vanaf <= ontvangen
       ORDER BY v.vanaf DESC, v.id DESC LIMIT 1));
END $$;

-- Does the queue leave room in this pot for this reservering? Each that ranks before it gets its room first.
CREATE FUNCTION budget_controleer_volgorde(p budget_pot, r budget_reservering, grens bigint, grens_cent bigint,
                                           beleid text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  van_x bigint := grens;
  van_x_cent bigint := grens_cent;
  vast bigint := p.verleend_trajecten + p.gereserveerd_trajecten;
  vast_cent bigint := p.verleend_cent + p.gereserveerd_cent;
  -- With those before it counted in, within the lowest limit of them all: what is theirs isn't its to take.
  bezet bigint := vast;
  bezet_cent bigint := vast_cent;
  krap bigint := grens;
  krap_cent bigint := grens_cent;
  wachtend bigint;
  eerste text;
  x record;
BEGIN
  IF grens_cent IS NULL AND p.verlaagd_op IS NULL THEN
    -- Places only, one limit for all: counting is enough, and most of the time all that is needed.
    SELECT count(*) INTO wachtend FROM (
      SELECT FROM budget_reservering w
      WHERE w.regeling_id = r.regeling_id AND w.status = 'in_volgorde' AND w.id <> r.id AND w.rang_op <= r.rang_op
        AND (w.rang_op < r.rang_op OR r.rang_lot IS NULL OR w.rang_lot < r.rang_lot)
        AND (p.periode = '' OR w.tijdvak = p.periode) AND (p.route = '' OR w.route = p.route)
        AND (p.gemeente_id IS NULL OR (w.gemeente_id = p.gemeente_id AND w.route = ANY (p.telt_routes)))
      LIMIT grens - vast) q;
    IF vast + wachtend < grens THEN
      RETURN;
    END IF;
  END IF;
  FOR x IN
    SELECT w.kenmerk, w.rijk_cent, w.ontvangen_op,
           w.rang_op = r.rang_op AND w.rang_lot IS NULL AND r.rang_lot IS NULL AS gelijk
    FROM budget_reservering w
    WHERE w.regeling_id = r.regeling_id AND w.status = 'in_volgorde' AND w.id <> r.id AND w.rang_op <= r.rang_op
      AND (w.rang_op < r.rang_op OR r.rang_lot IS NULL OR w.rang_lot < r.rang_lot)
      AND (p.periode = '' OR w.tijdvak = p.periode) AND (p.route = '' OR w.route = p.route)
      AND (p.gemeente_id IS NULL OR (w.gemeente_id = p.gemeente_id AND w.route = ANY (p.telt_routes)))
    ORDER BY w.rang_op, w.rang_lot NULLS LAST, w.volgnr
  LOOP
    IF p.verlaagd_op IS NOT NULL THEN
      SELECT * INTO van_x, van_x_cent FROM budget_grens_voor(p, x.ontvangen_op);
    END IF;
    -- Does it fit as the pot stands now? Not: behind the others that wait, for those may yet fall.
    IF vast + 1 <= coalesce(van_x, vast + 1)
       AND vast_cent + x.rijk_cent <= coalesce(van_x_cent, vast_cent + x.rijk_cent) THEN
      bezet := bezet + 1;
      bezet_cent := bezet_cent + x.rijk_cent;
      krap := least(krap, van_x);
      krap_cent := least(krap_cent, van_x_cent);
      eerste := coalesce(eerste, x.kenmerk);
    ELSIF beleid = 'stoppen' THEN
      -- The first that doesn't fit ends the distribution: until it is decided, nobody after it gets any.
      RAISE EXCEPTION 'Een eerder ontvangen aanvraag past niet meer en moet eerst worden beslist.' USING
        ERRCODE = 'check_violation', CONSTRAINT = 'budget_voorrang',
        DETAIL = json_build_object('soort', p.soort, 'kenmerk', x.kenmerk)::text;
    END IF;
    IF bezet + 1 > krap OR bezet_cent + r.rijk_cent > krap_cent THEN
      RAISE EXCEPTION 'Een eerder ontvangen aanvraag wacht op dezelfde plaats.' USING
        ERRCODE = 'check_violation',
        CONSTRAINT = CASE WHEN x.gelijk THEN 'budget_loting' ELSE 'budget_voorrang' END,
        DETAIL = json_build_object('soort', p.soort, 'kenmerk', CASE WHEN x.gelijk THEN x.kenmerk ELSE eerste END)::text;
    END IF;
  END LOOP;
END $$;

-- May this reservering take a place in this (locked) pot?
CREATE FUNCTION budget_controleer_pot(p budget_pot, r budget_reservering, beleid text) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  grens bigint := p.grens_trajecten;
  grens_cent bigint := p.grens_cent;
BEGIN
  IF p.verlaagd_op IS NOT NULL THEN
    SELECT * INTO grens, grens_cent FROM budget_grens_voor(p, r.ontvangen_op);
  END IF;
  IF p.verleend_trajecten + p.gereserveerd_trajecten + 1 > grens
     OR p.verleend_cent + p.gereserveerd_cent + r.rijk_cent > grens_cent
     OR r.rang_op > p.gestopt_rang_op OR (r.rang_op = p.gestopt_rang_op AND p.gestopt_rang_lot IS NOT NULL
       AND (r.rang_lot IS NULL OR r.rang_lot > p.gestopt_rang_lot)) THEN
    RAISE EXCEPTION 'Er is geen plaats meer in de pot %.', p.soort USING
      ERRCODE = 'check_violation', CONSTRAINT = 'budget_vol',
      DETAIL = json_build_object('soort', p.soort, 'route', p.route, 'gemeente', p.gemeente_id)::text;
  END IF;
  IF grens IS NOT NULL OR grens_cent IS NOT NULL THEN
    PERFORM budget_controleer_volgorde(p, r, grens, grens_cent, beleid);
  END IF;
END $$;

-- The pots of a reservering, locked in the one order; the pot of a gemeente is made at its first grant.
CREATE FUNCTION budget_potten_van(r budget_reservering) RETURNS SETOF budget_pot
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  aantal integer := 0;
  p budget_pot;
BEGIN
  -- First this one, apart: what a version added while we waited for it, the next statement sees.
  PERFORM FROM budget_pot WHERE regeling_id = r.regeling_id AND soort = 'totaal' AND periode = '' FOR NO KEY UPDATE;
  FOR p IN
    SELECT * FROM budget_pot
    WHERE regeling_id = r.regeling_id AND periode IN ('', r.tijdvak) AND gemeente_id IS NULL
      AND (soort = 'totaal' OR (soort = 'route' AND route = r.route))
    ORDER BY budget_slotvolgorde(soort), periode FOR NO KEY UPDATE
  LOOP
    aantal := aantal + CASE WHEN p.periode = '' THEN 1 ELSE 0 END;
    RETURN NEXT p;
  END LOOP;
  IF aantal <> 2 THEN
    RAISE EXCEPTION 'Regeling % heeft geen pot voor de route %.', r.regeling_id, r.route
      USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_geen_pot';
  END IF;
  INSERT INTO budget_pot (regeling_id, soort, periode, route, gemeente_id, telt_routes, grens_trajecten, grens_cent,
      hoogste_trajecten, hoogste_cent, verlaagd_op, verleend_trajecten, verleend_cent, gereserveerd_trajecten,
      gereserveerd_cent, uitzondering_trajecten, uitzondering_cent)
    SELECT m.regeling_id, m.soort, m.periode, m.route, r.gemeente_id, m.telt_routes, m.grens_trajecten, m.grens_cent,
      m.hoogste_trajecten, m.hoogste_cent, m.verlaagd_op, 0, 0, 0, 0, 0, 0
    FROM budget_pot m
    WHERE m.regeling_id = r.regeling_id AND m.soort = 'gemeente' AND m.gemeente_id IS NULL
      AND m.periode IN ('', r.tijdvak) AND r.route = ANY (m.telt_routes)
      AND NOT EXISTS (SELECT FROM budget_pot e WHERE e.regeling_id = m.regeling_id AND e.soort = m.soort
                        AND e.periode = m.periode AND e.gemeente_id = r.gemeente_id)
    ORDER BY m.periode
    ON CONFLICT DO NOTHING;
  RETURN QUERY
    SELECT * FROM budget_pot
    WHERE regeling_id = r.regeling_id AND periode IN ('', r.tijdvak) AND soort = 'gemeente'
      AND gemeente_id = r.gemeente_id AND r.route = ANY (telt_routes)
    ORDER BY periode FOR NO KEY UPDATE;
END $$;

-- One traject a person, where the version of the regeling says so; of two that wait the better-ranked goes first.
CREATE FUNCTION budget_controleer_persoon(r budget_reservering) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  x record;
BEGIN
  FOR x IN
    SELECT w.kenmerk, w.status, w.rang_op, w.rang_lot FROM budget_reservering w
    WHERE w.regeling_id = r.regeling_id AND w.persoon = r.persoon AND w.id <> r.id
      AND w.status IN ('in_volgorde', 'gereserveerd', 'verleend')
    ORDER BY w.status = 'in_volgorde', w.rang_op
  LOOP
    IF x.status <> 'in_volgorde' THEN
      RAISE EXCEPTION 'Voor deze deelnemer is al een traject toegekend.' USING ERRCODE = 'unique_violation',
        CONSTRAINT = 'reservering_een_traject_per_persoon', DETAIL = json_build_object('kenmerk', x.kenmerk)::text;
    ELSIF x.rang_op < r.rang_op OR (x.rang_op = r.rang_op AND x.rang_lot IS NOT NULL
          AND (r.rang_lot IS NULL OR x.rang_lot < r.rang_lot)) THEN
      RAISE EXCEPTION 'Een eerder ontvangen aanvraag wacht op dezelfde plaats.' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'budget_voorrang', DETAIL = json_build_object('soort', 'persoon', 'kenmerk', x.kenmerk)::text;
    ELSIF x.rang_op = r.rang_op AND x.rang_lot IS NULL AND r.rang_lot IS NULL THEN
      RAISE EXCEPTION 'Een even vroeg ontvangen aanvraag wacht op dezelfde plaats.' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'budget_loting', DETAIL = json_build_object('soort', 'persoon', 'kenmerk', x.kenmerk)::text;
    END IF;
  END LOOP;
END $$;

-- Move the claim of a reservering between two rekeningen, in all its pots or in none, and book it.
CREATE FUNCTION budget_boek(r budget_reservering, van text, naar text, boven boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p budget_pot;
  v budget_regelingversie;
  over integer;
  over_cent bigint;
  grens bigint;
  grens_cent bigint;
  nummer bigint := nextval('budget_mutatie');
BEGIN
  SELECT * INTO STRICT v FROM budget_regelingversie WHERE id = r.versie_id;
  FOR p IN SELECT * FROM budget_potten_van(r) LOOP
    -- After the pot of the whole regeling is held, so that this sees every grant that was committed.
    IF p.soort = 'totaal' AND p.periode = '' AND van = 'vrij' AND v.dubbel_traject = 'blokkeer' THEN
      PERFORM budget_controleer_persoon(r);
    END IF;
    over := 0;
    over_cent := 0;
    IF van = 'vrij' AND NOT boven THEN
      PERFORM budget_controleer_pot(p, r, v.niet_passend_beleid);
    ELSIF van = 'vrij' THEN
      SELECT * INTO grens, grens_cent FROM budget_grens_voor(p, r.ontvangen_op);
      over := coalesce(least(1, greatest(0, p.verleend_trajecten + p.gereserveerd_trajecten + 1
        - grens - p.uitzondering_trajecten)), 0);
      over_cent := coalesce(least(r.rijk_cent, greatest(0, p.verleend_cent + p.gereserveerd_cent + r.rijk_cent
        - grens_cent - p.uitzondering_cent)), 0);
      -- Where there is room after all it is a place like any other, and who ranks before it goes first.
      IF over = 0 AND over_cent = 0 AND (grens IS NOT NULL OR grens_cent IS NOT NULL) THEN
        PERFORM budget_controleer_volgorde(p, r, grens, grens_cent, v.niet_passend_beleid);
      END IF;
    ELSIF naar = 'vrij' THEN
      -- What comes free first undoes what went beyond the limit.
      over := greatest(0, coalesce(p.verleend_trajecten + p.gereserveerd_trajecten - 1 - p.grens_trajecten, 0));
      over := -greatest(0, p.uitzondering_trajecten - over);
      over_cent := greatest(0, coalesce(p.verleend_cent + p.gereserveerd_cent - r.rijk_cent - p.grens_cent, 0));
      over_cent := -greatest(0, p.uitzondering_cent - over_cent);
    END IF;
    IF over <> 0 OR over_cent <> 0 THEN
      -- Up or down together: both are of the same dossier, or of the one that makes room for it.
      INSERT INTO budget_boeking (op, mutatie, regeling_id, pot_id, reservering_id, kenmerk, soort, van, naar,
                                  trajecten, cent, handeling, door_id)
        VALUES (r.gewijzigd_op, nummer, r.regeling_id, p.id, r.id, r.kenmerk, 'uitzondering',
                CASE WHEN naar = 'vrij' THEN 'vrij' ELSE 'uitzondering' END,
                CASE WHEN naar = 'vrij' THEN 'uitzondering' ELSE 'vrij' END,
                abs(over), abs(over_cent), r.handeling, r.door_id);
    END IF;
    UPDATE budget_pot SET
      uitzondering_trajecten = uitzondering_trajecten + over,
      uitzondering_cent = uitzondering_cent + over_cent,
      verleend_trajecten = verleend_trajecten + (naar = 'verleend')::int - (van = 'verleend')::int,
      verleend_cent = verleend_cent + ((naar = 'verleend')::int - (van = 'verleend')::int) * r.rijk_cent,
      gereserveerd_trajecten = gereserveerd_trajecten + (naar = 'gereserveerd')::int - (van = 'gereserveerd')::int,
      gereserveerd_cent = gereserveerd_cent + ((naar = 'gereserveerd')::int - (van = 'gereserveerd')::int) * r.rijk_cent,
      -- What comes free may be given out again, also where the distribution had stopped.
      gestopt_rang_op = CASE WHEN naar = 'vrij' THEN NULL ELSE gestopt_rang_op END,
      gestopt_rang_lot = CASE WHEN naar = 'vrij' THEN NULL ELSE gestopt_rang_lot END
      WHERE id = p.id;
    INSERT INTO budget_boeking (op, mutatie, regeling_id, pot_id, reservering_id, kenmerk, soort, van, naar,
                                trajecten, cent, handeling, door_id)
      VALUES (r.gewijzigd_op, nummer, r.regeling_id, p.id, r.id, r.kenmerk,
              CASE naar WHEN 'vrij' THEN 'vrijgegeven' ELSE naar END, van, naar, 1, r.rijk_cent, r.handeling, r.door_id);
  END LOOP;
END $$;

-- With `stoppen`: the first that was refused for not fitting ends the distribution of a pot that has something left.
CREATE FUNCTION budget_stop(r budget_reservering) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p budget_pot;
  grens record;
BEGIN
  IF r.rang_op IS NULL OR NOT EXISTS (SELECT FROM budget_regelingversie
                                      WHERE id = r.versie_id AND niet_passend_beleid = 'stoppen') THEN
    RETURN;
  END IF;
  FOR p IN SELECT * FROM budget_potten_van(r) LOOP
    grens := budget_grens_voor(p, r.ontvangen_op);
    IF p.verleend_cent + p.gereserveerd_cent < grens.cent
       AND p.verleend_cent + p.gereserveerd_cent + r.rijk_cent > grens.cent
       AND (p.gestopt_rang_op IS NULL OR r.rang_op < p.gestopt_rang_op) THEN
      UPDATE budget_pot SET gestopt_rang_op = r.rang_op, gestopt_rang_lot = r.rang_lot WHERE id = p.id;
    END IF;
  END LOOP;
END $$;

CREATE FUNCTION budget_rekening(status text) RETURNS text
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
RETURN CASE WHEN status IN ('gereserveerd', 'verleend') THEN status ELSE 'vrij' END;

CREATE FUNCTION budget_houd_bij() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  was text := CASE WHEN TG_OP = 'INSERT' THEN 'vrij' ELSE budget_rekening(OLD.status) END;
  wordt text := CASE WHEN TG_OP = 'DELETE' THEN 'vrij' ELSE budget_rekening(NEW.status) END;
BEGIN
  IF TG_OP = 'DELETE' THEN
    IF was <> 'vrij' THEN
      PERFORM budget_boek(OLD, was, 'vrij', false);
    END IF;
  ELSIF was <> wordt THEN
    PERFORM budget_boek(NEW, was, wordt, TG_OP = 'UPDATE' AND OLD.status = 'vervallen');
  ELSIF TG_OP = 'UPDATE' AND NEW.past_niet AND NOT OLD.past_niet THEN
    PERFORM budget_stop(NEW);
  END IF;
  RETURN NULL;
END $$;

CREATE TRIGGER reservering_telt AFTER INSERT OR UPDATE OR DELETE ON budget_reservering
  FOR EACH ROW EXECUTE FUNCTION budget_houd_bij();
ALTER TABLE budget_reservering ENABLE ALWAYS TRIGGER reservering_telt;
"""

RECHTEN = """
REVOKE ALL ON FUNCTION
  budget_slotvolgorde(text), budget_rekening(text), budget_houd_bij(), budget_stop(budget_reservering),
  budget_grens_voor(budget_pot, timestamptz), budget_potten_van(budget_reservering),
  budget_controleer_volgorde(budget_pot, budget_reservering, bigint, bigint, text),
  budget_controleer_pot(budget_pot, budget_reservering, text), budget_controleer_persoon(budget_reservering),
  budget_boek(budget_reservering, text, text, boolean)
FROM PUBLIC, app;
REVOKE ALL ON SEQUENCE budget_mutatie FROM app;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0004_grootboek")]
    operations = [migrations.RunSQL(FUNCTIES), migrations.RunSQL(RECHTEN)]
