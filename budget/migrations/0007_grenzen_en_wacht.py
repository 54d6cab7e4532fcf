"""Limits that come with a version, what may change of a reservering, lotingen and uitzonderingen, and who may write."""

from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen

# A version of the regeling gives the pots their limits.
GRENZEN = """
CREATE FUNCTION budget_pot_van(v budget_regelingversie, g jsonb) RETURNS budget_pot
LANGUAGE sql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT p FROM budget_pot p WHERE regeling_id = v.regeling_id AND soort = g->>'soort' AND periode = g->>'periode'
    AND route = g->>'route' AND gemeente_id IS NULL
$$;

-- Bring the grootboek and the counters in line with what is granted: after a change of what a pot counts, and for
-- `manage.py corrigeer`. Each difference is a booking of its own. Gives how many there were.
CREATE FUNCTION budget_herboek(regeling bigint, moment timestamptz, nummer bigint, act text, wie uuid) RETURNS integer
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  aantal integer;
BEGIN
  PERFORM FROM budget_pot p WHERE p.regeling_id = regeling
    ORDER BY budget_slotvolgorde(soort), periode, route, gemeente_id NULLS FIRST FOR NO KEY UPDATE;
  INSERT INTO budget_pot (regeling_id, soort, periode, route, gemeente_id, telt_routes, grens_trajecten, grens_cent,
      hoogste_trajecten, hoogste_cent, verlaagd_op, verleend_trajecten, verleend_cent, gereserveerd_trajecten,
      gereserveerd_cent, uitzondering_trajecten, uitzondering_cent)
    SELECT DISTINCT m.regeling_id, m.soort, m.periode, m.route, r.gemeente_id, m.telt_routes, m.grens_trajecten,
      m.grens_cent, m.hoogste_trajecten, m.hoogste_cent, m.verlaagd_op, 0, 0, 0, 0, 0, 0
    FROM budget_pot m JOIN budget_reservering r ON r.regeling_id = m.regeling_id
      AND r.status IN ('gereserveerd', 'verleend') AND m.periode IN ('', r.tijdvak) AND r.route = ANY (m.telt_routes)
    WHERE m.regeling_id = regeling AND m.soort = 'gemeente' AND m.gemeente_id IS NULL
    ON CONFLICT DO NOTHING;
  INSERT INTO budget_boeking (op, mutatie, regeling_id, pot_id, reservering_id, kenmerk, soort, van, naar, trajecten,
                              cent, handeling, door_id)
    SELECT moment, nummer, regeling, q.pot_id, q.reservering_id, q.kenmerk, 'gecorrigeerd',
           CASE WHEN q.verschil > 0 THEN 'vrij' ELSE q.rekening END,
           CASE WHEN q.verschil > 0 THEN q.rekening ELSE 'vrij' END,
           abs(q.verschil), abs(q.verschil) * q.rijk_cent, act, wie
    FROM (
      SELECT p.id AS pot_id, r.id AS reservering_id, r.kenmerk, r.rijk_cent, k.rekening,
             (h.pot_id IS NOT NULL AND r.status = k.rekening)::int
               - coalesce(CASE k.rekening WHEN 'verleend' THEN s.verleend ELSE s.gereserveerd END, 0) AS verschil
      FROM budget_pot p JOIN budget_reservering r ON r.regeling_id = p.regeling_id
      CROSS JOIN unnest(ARRAY['gereserveerd', 'verleend']) AS k(rekening)
      LEFT JOIN budget_plaats_in_pot h ON h.pot_id = p.id AND h.reservering_id = r.id
      LEFT JOIN budget_saldo s ON s.pot_id = p.id AND s.reservering_id = r.id
      WHERE p.regeling_id = regeling AND (h.pot_id IS NOT NULL OR s.pot_id IS NOT NULL)) q
    WHERE q.verschil <> 0 ORDER BY q.pot_id, q.kenmerk;
  GET DIAGNOSTICS aantal = ROW_COUNT;
  UPDATE budget_pot p SET verleend_trajecten = q.verleend, verleend_cent = q.verleend_cent,
      gereserveerd_trajecten = q.gereserveerd, gereserveerd_cent = q.gereserveerd_cent
    FROM (SELECT s.pot_id, sum(s.verleend) AS verleend, sum(s.verleend_cent) AS verleend_cent,
            sum(s.gereserveerd) AS gereserveerd, sum(s.gereserveerd_cent) AS gereserveerd_cent
          FROM budget_saldo s GROUP BY s.pot_id) q
    WHERE p.id = q.pot_id AND p.regeling_id = regeling
      AND (p.verleend_trajecten, p.verleend_cent, p.gereserveerd_trajecten, p.gereserveerd_cent)
        IS DISTINCT FROM (q.verleend, q.verleend_cent, q.gereserveerd, q.gereserveerd_cent);
  RETURN aantal;
END $$;

-- The pots that a version names, each with the routes it counts. One that a later version adds had no limit before.
-- Gives whether anything is counted otherwise than it was.
CREATE FUNCTION budget_zet_klaar(v budget_regelingversie) RETURNS boolean
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  g jsonb;
  begin_grens integer := CASE WHEN v.nummer = 1 THEN 0 END;
  bron budget_pot;
  telt varchar[];
  anders boolean := false;
BEGIN
  FOR g IN SELECT * FROM jsonb_array_elements(v.grenzen) LOOP
    bron := budget_pot_van(v, g);
    telt := ARRAY(SELECT jsonb_array_elements_text(g->'telt'));
    IF bron.id IS NULL THEN
      INSERT INTO budget_pot (regeling_id, soort, periode, route, telt_routes, grens_trajecten, grens_cent,
          hoogste_trajecten, hoogste_cent, verleend_trajecten, verleend_cent, gereserveerd_trajecten,
          gereserveerd_cent, uitzondering_trajecten, uitzondering_cent)
        VALUES (v.regeling_id, g->>'soort', g->>'periode', g->>'route', telt, begin_grens, begin_grens, begin_grens,
                begin_grens, 0, 0, 0, 0, 0, 0) RETURNING * INTO bron;
      IF v.nummer > 1 THEN
        INSERT INTO budget_potgrens (pot_id, vanaf, versie_id) VALUES (bron.id, '1900-01-01Z', v.id);
        anders := true;
      END IF;
    ELSIF bron.telt_routes <> telt THEN
      -- The highest limit rises first, where it does: what comes to count here is held against the new one.
      UPDATE budget_pot SET telt_routes = telt,
          hoogste_trajecten = CASE WHEN g->>'trajecten' IS NOT NULL AND hoogste_trajecten IS NOT NULL
                                   THEN greatest(hoogste_trajecten, (g->>'trajecten')::bigint) END,
          hoogste_cent = CASE WHEN g->>'cent' IS NOT NULL AND hoogste_cent IS NOT NULL
                              THEN greatest(hoogste_cent, (g->>'cent')::bigint) END
        WHERE regeling_id = v.regeling_id AND soort = bron.soort AND periode = bron.periode AND route = bron.route;
      anders := true;
    END IF;
  END LOOP;
  RETURN anders;
END $$;

CREATE FUNCTION budget_stel_grens_in(v budget_regelingversie, g jsonb, nummer bigint) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  nieuw bigint := (g->>'trajecten')::bigint;
  nieuw_cent bigint := (g->>'cent')::bigint;
  bron budget_pot := budget_pot_van(v, g);
  p budget_pot;
  lager boolean;
  stap record;
BEGIN
  IF NOT EXISTS (SELECT FROM budget_potgrens WHERE pot_id = bron.id)
     OR (bron.grens_trajecten::bigint, bron.grens_cent) IS DISTINCT FROM (nieuw, nieuw_cent) THEN
    INSERT INTO budget_potgrens (pot_id, vanaf, trajecten, cent, versie_id)
      VALUES (bron.id, v.grenzen_vanaf, nieuw, nieuw_cent, v.id);
  END IF;
  FOR p IN
    SELECT * FROM budget_pot WHERE regeling_id = v.regeling_id AND soort = g->>'soort' AND periode = g->>'periode'
      AND route = g->>'route' ORDER BY gemeente_id NULLS FIRST
  LOOP
    -- Lower than it was, and below what was granted. A raise may stay below what an older, higher limit let through.
    IF p.verleend_trajecten + p.gereserveerd_trajecten - p.uitzondering_trajecten > nieuw
       AND (p.grens_trajecten IS NULL OR nieuw < p.grens_trajecten)
       OR p.verleend_cent + p.gereserveerd_cent - p.uitzondering_cent > nieuw_cent
       AND (p.grens_cent IS NULL OR nieuw_cent < p.grens_cent) THEN
      RAISE EXCEPTION 'Deze grens ligt onder wat al is verleend.' USING ERRCODE = 'check_violation',
        CONSTRAINT = 'budget_onder_verleend', DETAIL = json_build_object('soort', p.soort, 'route', p.route,
          'gemeente', p.gemeente_id, 'periode', p.periode,
          'trajecten', p.verleend_trajecten + p.gereserveerd_trajecten - p.uitzondering_trajecten,
          'cent', CASE WHEN p.verleend_cent + p.gereserveerd_cent - p.uitzondering_cent > nieuw_cent
                       THEN p.verleend_cent + p.gereserveerd_cent - p.uitzondering_cent END)::text;
    END IF;
    lager := EXISTS (SELECT FROM budget_potgrens WHERE pot_id = bron.id HAVING count(*) > 1)
      AND (coalesce(nieuw < p.grens_trajecten, nieuw IS NOT NULL AND p.grens_trajecten IS NULL)
           OR coalesce(nieuw_cent < p.grens_cent, nieuw_cent IS NOT NULL AND p.grens_cent IS NULL));
    -- The rekening plafond holds what was made available; no limit is booked as nothing.
    FOR stap IN
      SELECT CASE WHEN hoger THEN 'plafond' ELSE 'vrij' END AS van, CASE WHEN hoger THEN 'vrij' ELSE 'plafond' END AS naar,
             t, c
      FROM (VALUES (true, greatest(coalesce(nieuw, 0) - coalesce(p.grens_trajecten, 0), 0),
                          greatest(coalesce(nieuw_cent, 0) - coalesce(p.grens_cent, 0), 0)),
                   (false, greatest(coalesce(p.grens_trajecten, 0) - coalesce(nieuw, 0), 0),
                           greatest(coalesce(p.grens_cent, 0) - coalesce(nieuw_cent, 0), 0))) AS d(hoger, t, c)
      WHERE (t > 0 OR c > 0) AND p.gemeente_id IS NULL AND p.soort <> 'gemeente'
    LOOP
      INSERT INTO budget_boeking (op, mutatie, regeling_id, pot_id, kenmerk, soort, van, naar, trajecten, cent,
                                  handeling, door_id)
        VALUES (v.vastgelegd_op, nummer, v.regeling_id, p.id, '', 'plafond', stap.van, stap.naar, stap.t, stap.c,
                v.handeling, v.vastgelegd_door_id);
    END LOOP;
    UPDATE budget_pot SET grens_trajecten = nieuw, grens_cent = nieuw_cent,
      hoogste_trajecten = CASE WHEN hoogste_trajecten IS NOT NULL AND nieuw IS NOT NULL
                               THEN greatest(hoogste_trajecten, nieuw) END,
      hoogste_cent = CASE WHEN hoogste_cent IS NOT NULL AND nieuw_cent IS NOT NULL
                          THEN greatest(hoogste_cent, nieuw_cent) END,
      verlaagd_op = CASE WHEN lager THEN v.grenzen_vanaf ELSE verlaagd_op END,
      gestopt_rang_op = CASE WHEN coalesce(nieuw_cent > grens_cent, true) THEN NULL ELSE gestopt_rang_op END,
      gestopt_rang_lot = CASE WHEN coalesce(nieuw_cent > grens_cent, true) THEN NULL ELSE gestopt_rang_lot END
      WHERE id = p.id;
  END LOOP;
END $$;

-- A new version gives the pots of its regeling their limits, by itself: no number can be handed in.
CREATE FUNCTION budget_pas_versie_toe() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  mutatie bigint := nextval('budget_mutatie');
BEGIN
  PERFORM FROM budget_pot WHERE regeling_id = NEW.regeling_id
    ORDER BY budget_slotvolgorde(soort), periode, route, gemeente_id NULLS FIRST FOR NO KEY UPDATE;
  IF budget_zet_klaar(NEW) THEN
    PERFORM budget_herboek(NEW.regeling_id, NEW.vastgelegd_op, mutatie, NEW.handeling, NEW.vastgelegd_door_id);
  END IF;
  PERFORM budget_stel_grens_in(NEW, g, mutatie) FROM jsonb_array_elements(NEW.grenzen) g;
  -- What the new version no longer names has no limit any more; it goes on counting.
  PERFORM budget_stel_grens_in(NEW, jsonb_build_object('soort', p.soort, 'periode', p.periode, 'route', p.route,
      'trajecten', NULL, 'cent', NULL), mutatie)
    FROM budget_pot p WHERE p.regeling_id = NEW.regeling_id AND p.gemeente_id IS NULL AND NOT EXISTS (
      SELECT FROM jsonb_array_elements(NEW.grenzen) g WHERE g->>'soort' = p.soort AND g->>'periode' = p.periode
        AND g->>'route' = p.route);
  RETURN NULL;
END $$;
CREATE TRIGGER versie_stelt_grenzen AFTER INSERT ON budget_regelingversie
  FOR EACH ROW EXECUTE FUNCTION budget_pas_versie_toe();
ALTER TABLE budget_regelingversie ENABLE ALWAYS TRIGGER versie_stelt_grenzen;

CREATE FUNCTION budget_bewaak_versie() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  vorige budget_regelingversie;
BEGIN
  SELECT * INTO vorige FROM budget_regelingversie WHERE regeling_id = NEW.regeling_id ORDER BY nummer DESC LIMIT 1;
  IF NEW.nummer <> coalesce(vorige.nummer, 0) + 1 THEN
    RAISE EXCEPTION 'Alleen de nieuwste versie van een regeling komt erbij.' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'budget_nieuwste_versie';
  ELSIF NOT NEW.grenzen @> '[{"soort": "totaal", "periode": ""}, {"soort": "gemeente", "periode": ""}]' THEN
    RAISE EXCEPTION 'Een versie noemt elke pot van de hele regeling.' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'budget_versie_noemt_potten';
  ELSIF NEW.grenzen_vanaf < vorige.grenzen_vanaf THEN
    RAISE EXCEPTION 'De grenzen van een versie gelden niet eerder dan die van de vorige.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'budget_eerder_gepubliceerd';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER versie_bewaakt BEFORE INSERT ON budget_regelingversie
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_versie();
ALTER TABLE budget_regelingversie ENABLE ALWAYS TRIGGER versie_bewaakt;
"""

# What may change of a reservering, by whoever writes: its status along the paths of the engine, its rank only when
# it joins again. What it claims, and for whom, never changes.
WACHT = """
CREATE FUNCTION budget_bewaak_reservering() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  paden jsonb := '{"onvolledig": ["in_volgorde", "vervallen"],
    "in_volgorde": ["onvolledig", "gereserveerd", "verleend", "vervallen"],
    "gereserveerd": ["in_volgorde", "verleend", "vervallen"],
    "verleend": ["vrijgegeven"], "vervallen": ["verleend"], "vrijgegeven": []}';
  fout text;
BEGIN
  IF TG_OP = 'INSERT' THEN
    IF NEW.status NOT IN ('in_volgorde', 'onvolledig') THEN
      fout := 'Een reservering begint in de volgorde van ontvangst.';
    ELSIF NEW.rang_op > NEW.ontvangen_op OR NEW.rang_lot IS NOT NULL
          OR NEW.rang_op < date_trunc('day', NEW.ontvangen_op, 'Europe/Amsterdam') THEN
      fout := 'De rang is het moment van ontvangst; een lot komt uit een loting.';
    ELSIF NOT EXISTS (SELECT FROM budget_regelingversie v WHERE v.id = NEW.versie_id AND v.regeling_id = NEW.regeling_id
                        AND (v.tijdvakken = '[]' OR v.tijdvakken ? NEW.tijdvak)) THEN
      fout := 'De versie is er niet een van deze regeling, of kent dit tijdvak niet.';
    END IF;
  ELSIF (OLD.id, OLD.regeling_id, OLD.versie_id, OLD.volgnr, OLD.kenmerk, OLD.tijdvak, OLD.route, OLD.gemeente_id,
         OLD.doelgroep, OLD.bedrag_cent, OLD.rijk_cent, OLD.gemeente_cent, OLD.persoon, OLD.ontvangen_op)
        IS DISTINCT FROM
        (NEW.id, NEW.regeling_id, NEW.versie_id, NEW.volgnr, NEW.kenmerk, NEW.tijdvak, NEW.route, NEW.gemeente_id,
         NEW.doelgroep, NEW.bedrag_cent, NEW.rijk_cent, NEW.gemeente_cent, NEW.persoon, NEW.ontvangen_op) THEN
    fout := 'Wat een reservering vraagt en voor wie, ligt vast.';
  ELSIF NEW.status <> OLD.status AND NOT paden->OLD.status ? NEW.status THEN
    fout := format('Van %s naar %s kan niet.', OLD.status, NEW.status);
  ELSIF NEW.rang_op IS DISTINCT FROM OLD.rang_op AND (
      OLD.status <> 'onvolledig' OR NEW.status <> 'in_volgorde' OR NEW.rang_op < OLD.rang_op) THEN
    fout := 'De rang verandert alleen bij opnieuw aansluiten, en wordt nooit beter.';
  ELSIF NEW.rang_lot IS DISTINCT FROM OLD.rang_lot AND OLD.rang_lot IS NOT NULL
        AND NEW.rang_op IS NOT DISTINCT FROM OLD.rang_op THEN
    fout := 'Een lot wordt een keer getrokken.';
  ELSIF OLD.status = 'vervallen' AND NEW.status = 'verleend' AND NOT EXISTS (
      SELECT FROM budget_uitzondering u WHERE u.reservering_id = NEW.id AND u.bevestigd_door_id IS NOT NULL) THEN
    fout := 'Wat is vervallen komt alleen terug na een gegrond bezwaar, door twee mensen.';
  END IF;
  IF fout IS NOT NULL THEN
    RAISE EXCEPTION '%', fout USING ERRCODE = 'check_violation', CONSTRAINT = 'reservering_bewaakt';
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.rang_op IS DISTINCT FROM OLD.rang_op THEN
    NEW.rang_lot := NULL;
  END IF;
  IF TG_OP = 'UPDATE' AND NEW.status <> OLD.status
     AND (NEW.handeling, NEW.gewijzigd_op) = (OLD.handeling, OLD.gewijzigd_op)
     AND NEW.handeling <> 'buiten_een_handeling' THEN
    NEW.handeling := 'buiten_een_handeling';
    NEW.door_id := NULL;
    NEW.gewijzigd_op := now();
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER reservering_bewaakt BEFORE INSERT OR UPDATE ON budget_reservering
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_reservering();
ALTER TABLE budget_reservering ENABLE ALWAYS TRIGGER reservering_bewaakt;

-- A loting that was drawn gives the lots, after the lots of an earlier one for the same moment.
CREATE FUNCTION budget_trek_loting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  goed varchar[];
  vorige integer;
BEGIN
  IF OLD.status = 'getrokken' OR
     (OLD.id, OLD.regeling_id, OLD.rang_op, OLD.deelnemers, OLD.voorbereid_door_id, OLD.voorbereid_op) IS DISTINCT FROM
     (NEW.id, NEW.regeling_id, NEW.rang_op, NEW.deelnemers, NEW.voorbereid_door_id, NEW.voorbereid_op) THEN
    RAISE EXCEPTION 'Een loting ligt vast.' USING ERRCODE = 'check_violation', CONSTRAINT = 'loting_ligt_vast';
  END IF;
  IF NEW.status <> 'getrokken' THEN
    RETURN NEW;
  END IF;
  SELECT array_agg(k ORDER BY sha256(convert_to(NEW.zaad || ':' || k, 'UTF8'))) INTO goed FROM unnest(NEW.deelnemers) k;
  IF NEW.uitslag IS DISTINCT FROM goed THEN
    RAISE EXCEPTION 'De uitslag volgt niet uit het zaad.' USING ERRCODE = 'check_violation',
      CONSTRAINT = 'loting_volgt_uit_zaad';
  END IF;
  SELECT coalesce(max(rang_lot), 0) INTO vorige FROM budget_reservering
    WHERE regeling_id = NEW.regeling_id AND rang_op = NEW.rang_op;
  UPDATE budget_reservering SET rang_lot = vorige + array_position(goed, kenmerk)
    WHERE regeling_id = NEW.regeling_id AND rang_op = NEW.rang_op AND rang_lot IS NULL AND kenmerk = ANY (goed);
  RETURN NEW;
END $$;
CREATE FUNCTION budget_begin_loting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wachtend varchar[];
BEGIN
  SELECT array_agg(kenmerk ORDER BY kenmerk) INTO wachtend FROM budget_reservering
    WHERE regeling_id = NEW.regeling_id AND rang_op = NEW.rang_op AND status = 'in_volgorde' AND rang_lot IS NULL;
  IF NEW.status <> 'voorbereid' OR NEW.zaad <> '' OR NEW.deelnemers IS DISTINCT FROM wachtend THEN
    RAISE EXCEPTION 'Aan een loting doet mee wie er op dat moment wacht; getrokken wordt zij later.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'loting_met_wie_wacht';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER loting_begint BEFORE INSERT ON budget_loting
  FOR EACH ROW EXECUTE FUNCTION budget_begin_loting();
ALTER TABLE budget_loting ENABLE ALWAYS TRIGGER loting_begint;
CREATE TRIGGER loting_trekt BEFORE UPDATE ON budget_loting
  FOR EACH ROW EXECUTE FUNCTION budget_trek_loting();
ALTER TABLE budget_loting ENABLE ALWAYS TRIGGER loting_trekt;

-- An uitzondering is first proposed, may then be proposed better, and is confirmed once.
CREATE FUNCTION budget_bewaak_uitzondering() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.bevestigd_door_id IS NOT NULL OR TG_OP = 'UPDATE' AND OLD.bevestigd_door_id IS NOT NULL THEN
    RAISE EXCEPTION 'Een uitzondering wordt eerst voorgesteld en dan een keer bevestigd.'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'uitzondering_ligt_vast';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER uitzondering_bewaakt BEFORE INSERT OR UPDATE ON budget_uitzondering
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_uitzondering();
ALTER TABLE budget_uitzondering ENABLE ALWAYS TRIGGER uitzondering_bewaakt;
"""

RECHTEN = """
REVOKE ALL ON FUNCTION
  budget_pot_van(budget_regelingversie, jsonb), budget_zet_klaar(budget_regelingversie),
  budget_herboek(bigint, timestamptz, bigint, text, uuid), budget_stel_grens_in(budget_regelingversie, jsonb, bigint),
  budget_pas_versie_toe(), budget_bewaak_versie(), budget_bewaak_reservering(), budget_begin_loting(),
  budget_trek_loting(), budget_bewaak_uitzondering()
FROM PUBLIC, app;
REVOKE INSERT ON budget_potgrens, budget_boeking FROM app;
-- The application's role writes the columns that an act changes, and no other.
REVOKE UPDATE ON budget_regeling, budget_reservering FROM app;
REVOKE UPDATE ON budget_uitzondering FROM app;
REVOKE DELETE ON budget_loting, budget_uitzondering, budget_regeling FROM app;
GRANT UPDATE (naam) ON budget_regeling TO app;
GRANT UPDATE (status, rang_op, verleend_op, gereserveerd_tot, past_niet, handeling, door_id, gewijzigd_op)
  ON budget_reservering TO app;
GRANT UPDATE (bezwaar_kenmerk, beslist_op, motivering, voorgesteld_door_id, voorgesteld_op, bevestigd_door_id,
  bevestigd_op) ON budget_uitzondering TO app;
"""

# What stood in the pots before there was a grootboek becomes its opening.
OPENING = """
UPDATE budget_reservering SET gewijzigd_op = coalesce(verleend_op, rang_op, ontvangen_op);
UPDATE budget_pot SET hoogste_trajecten = grens_trajecten, hoogste_cent = grens_cent;
INSERT INTO budget_potgrens (pot_id, vanaf, trajecten, cent, versie_id)
  SELECT p.id, v.grenzen_vanaf, p.grens_trajecten, p.grens_cent, v.id
  FROM budget_pot p JOIN budget_regelingversie v ON v.regeling_id = p.regeling_id AND v.nummer = 1
  WHERE p.gemeente_id IS NULL;
INSERT INTO budget_boeking (op, mutatie, regeling_id, pot_id, kenmerk, soort, van, naar, trajecten, cent, handeling)
  SELECT v.vastgelegd_op, nextval('budget_mutatie'), p.regeling_id, p.id, '', 'plafond', 'plafond', 'vrij',
         coalesce(p.grens_trajecten, 0), coalesce(p.grens_cent, 0), 'overgenomen'
  FROM budget_pot p JOIN budget_regelingversie v ON v.regeling_id = p.regeling_id AND v.nummer = 1
  WHERE p.soort <> 'gemeente' AND (p.grens_trajecten > 0 OR p.grens_cent > 0);
INSERT INTO budget_boeking (op, mutatie, regeling_id, pot_id, reservering_id, kenmerk, soort, van, naar, trajecten,
                            cent, handeling)
  SELECT r.verleend_op, r.volgnr, r.regeling_id, p.id, r.id, r.kenmerk, 'verleend', 'vrij', 'verleend', 1, r.rijk_cent,
         'overgenomen'
  FROM budget_reservering r JOIN budget_pot p ON p.regeling_id = r.regeling_id AND (
    p.soort = 'totaal' OR (p.soort = 'route' AND p.route = r.route)
    OR (p.soort = 'gemeente' AND p.gemeente_id = r.gemeente_id AND r.route = ANY (p.telt_routes)))
  WHERE r.status = 'verleend';
SELECT setval('budget_mutatie', greatest((SELECT max(mutatie) FROM budget_boeking), 1));
-- The foreign keys of these rows are checked now: a table with checks pending can't be altered.
SET CONSTRAINTS ALL IMMEDIATE;
SET CONSTRAINTS ALL DEFERRED;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0006_beelden"), ("opslag", "0002_alleen_toevoegen")]
    operations = [
        migrations.RunSQL(OPENING),
        migrations.RunSQL(GRENZEN),
        migrations.RunSQL(WACHT),
        migrations.RunSQL(RECHTEN),
        alleen_toevoegen("budget_boeking"),
        alleen_toevoegen("budget_potgrens"),
        alleen_toevoegen("budget_controle"),
    ]
