"""Views: what a pot says, what the grootboek says of it, which pots a reservering takes from."""

from django.db import migrations

BEELDEN = """
CREATE VIEW budget_saldo AS
  SELECT b.pot_id, b.reservering_id,
    sum(b.trajecten * ((b.naar = 'verleend')::int - (b.van = 'verleend')::int)) AS verleend,
    sum(b.cent * ((b.naar = 'verleend')::int - (b.van = 'verleend')::int)) AS verleend_cent,
    sum(b.trajecten * ((b.naar = 'gereserveerd')::int - (b.van = 'gereserveerd')::int)) AS gereserveerd,
    sum(b.cent * ((b.naar = 'gereserveerd')::int - (b.van = 'gereserveerd')::int)) AS gereserveerd_cent,
    sum(b.trajecten * ((b.van = 'uitzondering')::int - (b.naar = 'uitzondering')::int)) AS boven,
    sum(b.cent * ((b.van = 'uitzondering')::int - (b.naar = 'uitzondering')::int)) AS boven_cent,
    sum(b.trajecten * ((b.van = 'plafond')::int - (b.naar = 'plafond')::int)) AS plafond,
    sum(b.cent * ((b.van = 'plafond')::int - (b.naar = 'plafond')::int)) AS plafond_cent
  FROM budget_boeking b GROUP BY b.pot_id, b.reservering_id;

CREATE VIEW budget_potboek AS
  SELECT p.id AS pot_id,
    concat_ws('/', coalesce(sum(s.verleend), 0), coalesce(sum(s.verleend_cent), 0), coalesce(sum(s.gereserveerd), 0),
      coalesce(sum(s.gereserveerd_cent), 0), coalesce(sum(s.boven), 0), coalesce(sum(s.boven_cent), 0)) AS tellers,
    concat_ws('/', coalesce(sum(s.plafond), 0), coalesce(sum(s.plafond_cent), 0)) AS grenzen
  FROM budget_pot p LEFT JOIN budget_saldo s ON s.pot_id = p.id GROUP BY p.id;

CREATE VIEW budget_potstand AS
  SELECT p.id AS pot_id, p.soort,
    concat_ws(' ', g.code, p.soort, nullif(p.periode, ''), nullif(p.route, ''), m.naam) AS naam,
    concat_ws('/', p.verleend_trajecten, p.verleend_cent, p.gereserveerd_trajecten, p.gereserveerd_cent,
      p.uitzondering_trajecten, p.uitzondering_cent) AS tellers,
    concat_ws('/', coalesce(p.grens_trajecten, 0), coalesce(p.grens_cent, 0)) AS grenzen
  FROM budget_pot p JOIN budget_regeling g ON g.id = p.regeling_id
  LEFT JOIN gemeenten_gemeente m ON m.id = p.gemeente_id;

-- As `budget_potten_van`, of all at once.
CREATE VIEW budget_plaats_in_pot AS
  SELECT r.id AS reservering_id, p.id AS pot_id
  FROM budget_reservering r JOIN budget_pot p ON p.regeling_id = r.regeling_id AND p.periode IN ('', r.tijdvak)
    AND (p.soort = 'totaal' OR (p.soort = 'route' AND p.route = r.route)
         OR (p.soort = 'gemeente' AND p.gemeente_id = r.gemeente_id AND r.route = ANY (p.telt_routes)));
REVOKE ALL ON budget_saldo, budget_potboek, budget_potstand, budget_plaats_in_pot FROM app;
GRANT SELECT ON budget_saldo, budget_potboek, budget_potstand, budget_plaats_in_pot TO app;
"""
WEG = "DROP VIEW budget_plaats_in_pot, budget_potstand, budget_potboek, budget_saldo;"


class Migration(migrations.Migration):
    dependencies = [("budget", "0005_motor_met_grootboek"), ("gemeenten", "0002_gemeenten")]
    operations = [migrations.RunSQL(BEELDEN, WEG)]
