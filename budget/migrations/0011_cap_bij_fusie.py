"""After a merger the cap counts what the gemeenten that went together have had: `cap_bij_fusie` (ADR 0017).

It replaces three functions of 0005: `budget_boek`, `budget_controleer_pot` and `budget_controleer_volgorde`. What is
new there is `familie`. The other pots of the family are read without a lock of their own: whoever changes a pot of a
regeling holds that of the whole regeling first.
"""

from django.db import migrations, models

FAMILIE = """
-- The gemeenten whose obligations one gemeente bears on the day of `op`, this one included (Wet arhi art. 44). Most
-- never merged: for those it is one look.
CREATE FUNCTION budget_familie(wie bigint, op timestamptz) RETURNS bigint[]
LANGUAGE plpgsql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  dag date := (op AT TIME ZONE 'Europe/Amsterdam')::date;
BEGIN
  IF NOT EXISTS (SELECT FROM gemeenten_gemeenteopvolging o WHERE (o.van_id = wie OR o.naar_id = wie)
                   AND o.neemt_verplichtingen_over AND o.datum <= dag) THEN
    RETURN ARRAY[wie];
  END IF;
  -- Each has one heir at most, so all that hang together end in the same one.
  RETURN ARRAY(
    WITH RECURSIVE samen(id) AS (
      SELECT wie
      UNION SELECT CASE WHEN o.van_id = s.id THEN o.naar_id ELSE o.van_id END
      FROM samen s JOIN gemeenten_gemeenteopvolging o ON o.van_id = s.id OR o.naar_id = s.id
      WHERE o.neemt_verplichtingen_over AND o.datum <= dag)
    SELECT id FROM samen);
END $$;

-- The pot of a gemeente with what the others of her family hold: to judge by, never to keep. What went beyond the limit
-- stays her own, so that no exception elsewhere lets this pot go beyond its own check.
CREATE FUNCTION budget_met_familie(p budget_pot, familie bigint[]) RETURNS budget_pot
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  x budget_pot;
BEGIN
  FOR x IN
    SELECT * FROM budget_pot WHERE regeling_id = p.regeling_id AND soort = p.soort AND periode = p.periode
      AND route = p.route AND gemeente_id = ANY (familie) AND id <> p.id
  LOOP
    p.verleend_trajecten := p.verleend_trajecten + x.verleend_trajecten;
    p.verleend_cent := p.verleend_cent + x.verleend_cent;
    p.gereserveerd_trajecten := p.gereserveerd_trajecten + x.gereserveerd_trajecten;
    p.gereserveerd_cent := p.gereserveerd_cent + x.gereserveerd_cent;
  END LOOP;
  RETURN p;
END $$;
"""

MOTOR = """
-- Does the queue leave room in this pot for this reservering? Each that ranks before it gets its room first.
CREATE FUNCTION budget_controleer_volgorde(p budget_pot, r budget_reservering, grens bigint, grens_cent bigint,
                                           beleid text, familie bigint[]) RETURNS void
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
        AND (p.gemeente_id IS NULL OR (w.gemeente_id = ANY (familie) AND w.route = ANY (p.telt_routes)))
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
      AND (p.gemeente_id IS NULL OR (w.gemeente_id = ANY (familie) AND w.route = ANY (p.telt_routes)))
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
CREATE FUNCTION budget_controleer_pot(p budget_pot, r budget_reservering, beleid text, familie bigint[]) RETURNS void
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
    PERFORM budget_controleer_volgorde(p, r, grens, grens_cent, beleid, familie);
  END IF;
END $$;

-- Move the claim of a reservering between two rekeningen, in all its pots or in none, and book it.
CREATE OR REPLACE FUNCTION budget_boek(r budget_reservering, van text, naar text, boven boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  p budget_pot;
  v budget_regelingversie;
  over integer;
  over_cent bigint;
  grens bigint;
  grens_cent bigint;
  familie bigint[];
  nummer bigint := nextval('budget_mutatie');
BEGIN
  SELECT * INTO STRICT v FROM budget_regelingversie WHERE id = r.versie_id;
  FOR p IN SELECT * FROM budget_potten_van(r) LOOP
    -- After the pot of the whole regeling is held, so that this sees every grant that was committed.
    IF p.soort = 'totaal' AND p.periode = '' AND van = 'vrij' AND v.dubbel_traject = 'blokkeer' THEN
      PERFORM budget_controleer_persoon(r);
    END IF;
    IF van = 'vrij' AND p.gemeente_id IS NOT NULL THEN
      familie := ARRAY[p.gemeente_id];
      IF v.cap_bij_fusie = 'som' THEN
        familie := budget_familie(p.gemeente_id, greatest(r.gewijzigd_op, r.ontvangen_op));
      END IF;
      IF cardinality(familie) > 1 THEN
        p := budget_met_familie(p, familie);
      END IF;
    END IF;
    over := 0;
    over_cent := 0;
    IF van = 'vrij' AND NOT boven THEN
      PERFORM budget_controleer_pot(p, r, v.niet_passend_beleid, familie);
    ELSIF van = 'vrij' THEN
      SELECT * INTO grens, grens_cent FROM budget_grens_voor(p, r.ontvangen_op);
      over := coalesce(least(1, greatest(0, p.verleend_trajecten + p.gereserveerd_trajecten + 1
        - grens - p.uitzondering_trajecten)), 0);
      over_cent := coalesce(least(r.rijk_cent, greatest(0, p.verleend_cent + p.gereserveerd_cent + r.rijk_cent
        - grens_cent - p.uitzondering_cent)), 0);
      -- Where there is room after all it is a place like any other, and who ranks before it goes first.
      IF over = 0 AND over_cent = 0 AND (grens IS NOT NULL OR grens_cent IS NOT NULL) THEN
        PERFORM budget_controleer_volgorde(p, r, grens, grens_cent, v.niet_passend_beleid, familie);
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

REVOKE ALL ON FUNCTION
  budget_controleer_volgorde(budget_pot, budget_reservering, bigint, bigint, text, bigint[]),
  budget_controleer_pot(budget_pot, budget_reservering, text, bigint[]),
  budget_boek(budget_reservering, text, text, boolean)
FROM PUBLIC, app;
"""

RECHTEN = "REVOKE ALL ON FUNCTION budget_familie(bigint, timestamptz), budget_met_familie(budget_pot, bigint[]) FROM PUBLIC, app;"

WEG = """
DROP FUNCTION budget_controleer_pot(budget_pot, budget_reservering, text{familie});
DROP FUNCTION budget_controleer_volgorde(budget_pot, budget_reservering, bigint, bigint, text{familie});
"""

# What the three functions have that those of 0005 had not, and what stood there.
NIEUW = (
    (", familie bigint[])", ")"),
    ("w.gemeente_id = ANY (familie)", "w.gemeente_id = p.gemeente_id"),
    ("beleid, familie)", "beleid)"),
    ("text, bigint[])", "text)"),
    ("  familie bigint[];\n", ""),
    (
        """    IF van = 'vrij' AND p.gemeente_id IS NOT NULL THEN
      familie := ARRAY[p.gemeente_id];
      IF v.cap_bij_fusie = 'som' THEN
        familie := budget_familie(p.gemeente_id, greatest(r.gewijzigd_op, r.ontvangen_op));
      END IF;
      IF cardinality(familie) > 1 THEN
        p := budget_met_familie(p, familie);
      END IF;
    END IF;
""",
        "",
    ),
)


def zonder_familie() -> str:
    """The three functions as they were in 0005."""
    tekst = MOTOR
    for nieuw, was in NIEUW:
        assert nieuw in tekst
        tekst = tekst.replace(nieuw, was)
    assert "familie" not in tekst
    return tekst


class Migration(migrations.Migration):
    dependencies = [("budget", "0010_geld_bewaakt"), ("gemeenten", "0002_gemeenten")]
    operations = [
        migrations.AddField(
            model_name="regelingversie",
            name="cap_bij_fusie",
            field=models.CharField(db_default="som", default="som", editable=False, max_length=20),
        ),
        migrations.RunSQL(
            FAMILIE + RECHTEN,
            "DROP FUNCTION budget_met_familie(budget_pot, bigint[]); DROP FUNCTION budget_familie(bigint, timestamptz);",
        ),
        migrations.RunSQL(
            WEG.format(familie="") + MOTOR, WEG.format(familie=", bigint[]") + zonder_familie()
        ),
    ]
