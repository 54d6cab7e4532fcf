"""A place comes back after a gegrond bezwaar: into the queue with the rank it had, or as it was granted (Awb 7:11).

Each time two officials say so, in an uitzondering of that very moment. Whether it may go beyond the limit then or later
is said there too (`boven_grens`): not where there was no room at the primary moment either (Awb 4:25 lid 3).
"""

import django.db.models.deletion
from django.db import migrations, models

NIEUW = """CREATE OR REPLACE FUNCTION budget_bewaak_reservering() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  paden jsonb := '{"onvolledig": ["in_volgorde", "vervallen"],
    "in_volgorde": ["onvolledig", "gereserveerd", "verleend", "vervallen"],
    "gereserveerd": ["in_volgorde", "verleend", "vervallen"],
    "verleend": ["vrijgegeven"], "vervallen": ["verleend", "in_volgorde"], "vrijgegeven": ["verleend"]}';
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
  ELSIF (OLD.id, OLD.regeling_id, OLD.versie_id, OLD.volgnr, OLD.kenmerk, OLD.tijdvak, OLD.route,
         OLD.doelgroep, OLD.bedrag_cent, OLD.rijk_cent, OLD.gemeente_cent, OLD.persoon, OLD.ontvangen_op)
        IS DISTINCT FROM
        (NEW.id, NEW.regeling_id, NEW.versie_id, NEW.volgnr, NEW.kenmerk, NEW.tijdvak, NEW.route,
         NEW.doelgroep, NEW.bedrag_cent, NEW.rijk_cent, NEW.gemeente_cent, NEW.persoon, NEW.ontvangen_op) THEN
    fout := 'Wat een reservering vraagt en voor wie, ligt vast.';
  ELSIF NEW.gemeente_id <> OLD.gemeente_id AND (
      NEW.status <> OLD.status OR NEW.status NOT IN ('in_volgorde', 'onvolledig')) THEN
    fout := 'Alleen wat nog wacht, kan naar een andere gemeente.';
  ELSIF OLD.status = 'gereserveerd' AND NEW.status = 'verleend' AND NEW.verleend_op >= OLD.gereserveerd_tot THEN
    fout := 'De reservering is verlopen.';
  ELSIF NEW.status <> OLD.status AND NOT paden->OLD.status ? NEW.status THEN
    fout := format('Van %s naar %s kan niet.', OLD.status, NEW.status);
  ELSIF NEW.rang_op IS DISTINCT FROM OLD.rang_op AND (
      OLD.status <> 'onvolledig' OR NEW.status <> 'in_volgorde' OR NEW.rang_op < OLD.rang_op) THEN
    fout := 'De rang verandert alleen bij opnieuw aansluiten, en wordt nooit beter.';
  ELSIF NEW.rang_lot IS DISTINCT FROM OLD.rang_lot AND OLD.rang_lot IS NOT NULL
        AND NEW.rang_op IS NOT DISTINCT FROM OLD.rang_op THEN
    fout := 'Een lot wordt een keer getrokken.';
  ELSIF NEW.status <> OLD.status AND OLD.status IN ('vervallen', 'vrijgegeven') AND NOT EXISTS (
      SELECT FROM budget_uitzondering u WHERE u.reservering_id = NEW.id AND u.bevestigd_door_id IS NOT NULL
        AND u.bevestigd_op = NEW.gewijzigd_op) THEN
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

CREATE OR REPLACE FUNCTION budget_houd_bij() RETURNS trigger
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
    -- What came back after a bezwaar may go beyond the limit: at once, or when it is granted in the end.
    PERFORM budget_boek(NEW, was, wordt, TG_OP = 'UPDATE' AND was = 'vrij' AND EXISTS (
      SELECT FROM budget_uitzondering u WHERE u.reservering_id = NEW.id AND u.bevestigd_door_id IS NOT NULL
        AND u.boven_grens));
  ELSIF TG_OP = 'UPDATE' AND NEW.past_niet AND NOT OLD.past_niet THEN
    PERFORM budget_stop(NEW);
  END IF;
  RETURN NULL;
END $$;
"""

OUD = """CREATE OR REPLACE FUNCTION budget_bewaak_reservering() RETURNS trigger
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
  ELSIF (OLD.id, OLD.regeling_id, OLD.versie_id, OLD.volgnr, OLD.kenmerk, OLD.tijdvak, OLD.route,
         OLD.doelgroep, OLD.bedrag_cent, OLD.rijk_cent, OLD.gemeente_cent, OLD.persoon, OLD.ontvangen_op)
        IS DISTINCT FROM
        (NEW.id, NEW.regeling_id, NEW.versie_id, NEW.volgnr, NEW.kenmerk, NEW.tijdvak, NEW.route,
         NEW.doelgroep, NEW.bedrag_cent, NEW.rijk_cent, NEW.gemeente_cent, NEW.persoon, NEW.ontvangen_op) THEN
    fout := 'Wat een reservering vraagt en voor wie, ligt vast.';
  ELSIF NEW.gemeente_id <> OLD.gemeente_id AND (
      NEW.status <> OLD.status OR NEW.status NOT IN ('in_volgorde', 'onvolledig')) THEN
    fout := 'Alleen wat nog wacht, kan naar een andere gemeente.';
  ELSIF OLD.status = 'gereserveerd' AND NEW.status = 'verleend' AND NEW.verleend_op >= OLD.gereserveerd_tot THEN
    fout := 'De reservering is verlopen.';
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

CREATE OR REPLACE FUNCTION budget_houd_bij() RETURNS trigger
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
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0011_cap_bij_fusie")]
    operations = [
        migrations.AlterField(
            model_name="uitzondering",
            name="reservering",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uitzonderingen",
                to="budget.reservering",
            ),
        ),
        migrations.AddField(
            model_name="uitzondering",
            name="boven_grens",
            field=models.BooleanField(db_default=True, default=True, verbose_name="mag boven de grens"),
        ),
        migrations.AddConstraint(
            model_name="uitzondering",
            constraint=models.UniqueConstraint(
                condition=models.Q(("bevestigd_door__isnull", True)),
                fields=("reservering",),
                name="uitzondering_een_open_voorstel",
            ),
        ),
        migrations.AddConstraint(
            model_name="uitzondering",
            constraint=models.UniqueConstraint(
                fields=("reservering", "bezwaar_kenmerk"), name="uitzondering_een_per_bezwaar"
            ),
        ),
        migrations.RunSQL(NIEUW, OUD),
    ]
