"""What scheme B asks of the engine: a version knows whether its besluiten are taken in mandaat, an aanvraag that is sent on
takes its place along to the other gemeente, and a reservation that has expired gives no place any more.
"""

from django.db import migrations, models

WACHT = """
CREATE OR REPLACE FUNCTION budget_bewaak_reservering() RETURNS trigger
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

GRANT UPDATE (gemeente_id) ON budget_reservering TO app;
"""

TERUG = """
CREATE OR REPLACE FUNCTION budget_bewaak_reservering() RETURNS trigger
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

REVOKE UPDATE (gemeente_id) ON budget_reservering FROM app;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0007_grenzen_en_wacht")]
    operations = [
        migrations.AddField(
            model_name="regelingversie",
            name="in_mandaat",
            field=models.BooleanField(default=False, editable=False),
        ),
        migrations.RunSQL(WACHT, TERUG),
    ]
