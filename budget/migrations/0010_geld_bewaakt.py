"""What the database itself keeps of the money: nobody invoices, approves or is paid more than was granted.

A verplichting is the part of its reservering; a factuur comes after the inkooporder, for a betaalmoment that has fallen
due, on the confirmed rekening; its status walks one way. The counters follow from the facturen and the terugvorderingen.
Lock order of every path: facturen, then their verplichting. The acts look first and say it better; what is said here is
for a race or another writer.
"""

from django.db import migrations

from ips_subsidie.opslag.triggers import alleen_toevoegen

VERPLICHTING = """
CREATE FUNCTION budget_weiger(regel text, tekst text) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  RAISE EXCEPTION '%', tekst USING ERRCODE = 'check_violation', CONSTRAINT = regel;
END $$;

-- Each debtor owes its own part of what was granted, and no more (T79, T80).
CREATE FUNCTION budget_bewaak_verplichting() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  r budget_reservering;
BEGIN
  IF TG_OP = 'INSERT' THEN
    SELECT * INTO STRICT r FROM budget_reservering WHERE id = NEW.reservering_id;
    IF r.status <> 'verleend' OR r.gemeente_id <> NEW.gemeente_id
       OR NEW.bedrag_cent <> (CASE NEW.debiteur WHEN 'uwv' THEN r.rijk_cent ELSE r.gemeente_cent END) THEN
      PERFORM budget_weiger('verplichting_is_het_deel', 'Een verplichting is het deel van wat is verleend.');
    END IF;
    NEW.gefactureerd_cent := 0;
    NEW.betaald_cent := 0;
    NEW.teruggevorderd_cent := 0;
  ELSIF OLD.status = 'afgesloten' AND NEW.status = 'geblokkeerd' THEN
    PERFORM budget_weiger('verplichting_afgesloten', 'Wat is afgesloten, staat al stil.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER verplichting_bewaakt BEFORE INSERT OR UPDATE ON budget_betaalverplichting
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_verplichting();
ALTER TABLE budget_betaalverplichting ENABLE ALWAYS TRIGGER verplichting_bewaakt;

-- At commit the betaalmomenten are together the verplichting.
CREATE FUNCTION budget_betaalmomenten_kloppen() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  wie uuid := (to_jsonb(NEW)->>CASE TG_TABLE_NAME WHEN 'budget_betaalmoment' THEN 'verplichting_id' ELSE 'id' END)::uuid;
BEGIN
  IF EXISTS (SELECT FROM budget_betaalverplichting v WHERE v.id = wie AND v.bedrag_cent <>
               (SELECT coalesce(sum(m.bedrag_cent), 0) FROM budget_betaalmoment m WHERE m.verplichting_id = v.id)) THEN
    PERFORM budget_weiger('betaalmomenten_tellen_op', 'De betaalmomenten zijn samen niet het bedrag.');
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER verplichting_heeft_momenten AFTER INSERT ON budget_betaalverplichting
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_betaalmomenten_kloppen();
CREATE CONSTRAINT TRIGGER betaalmoment_telt_op AFTER INSERT ON budget_betaalmoment
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION budget_betaalmomenten_kloppen();
ALTER TABLE budget_betaalverplichting ENABLE ALWAYS TRIGGER verplichting_heeft_momenten;
ALTER TABLE budget_betaalmoment ENABLE ALWAYS TRIGGER betaalmoment_telt_op;

CREATE FUNCTION budget_bewaak_inkooporder() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM budget_betaalverplichting v JOIN budget_reservering r ON r.id = v.reservering_id
                 WHERE r.id = NEW.reservering_id AND r.status = 'verleend' AND v.debiteur = 'uwv'
                   AND v.inkooporder_nodig AND v.status = 'open' AND v.bedrag_cent = NEW.bedrag_cent) THEN
    PERFORM budget_weiger('inkooporder_na_verlening', 'Een inkooporder volgt op een verlening, voor het deel van UWV.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER inkooporder_bewaakt BEFORE INSERT ON budget_inkooporder
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_inkooporder();
ALTER TABLE budget_inkooporder ENABLE ALWAYS TRIGGER inkooporder_bewaakt;
"""

FACTUUR = """
-- What the approved facturen of a verplichting ask, those that were paid included, less what is claimed back.
CREATE FUNCTION budget_toegezegd(v budget_betaalverplichting, behalve uuid, alleen_in_batch boolean) RETURNS bigint
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
  SELECT v.betaald_cent - v.teruggevorderd_cent + coalesce(sum(f.bedrag_cent - f.gecrediteerd_cent), 0)
  FROM budget_factuur f WHERE f.verplichting_id = v.id AND f.soort = 'factuur' AND f.status = 'goedgekeurd'
    AND f.id <> behalve AND (NOT alleen_in_batch OR f.betaalbatch_id IS NOT NULL)
$$;

CREATE FUNCTION budget_nieuwe_factuur(f budget_factuur, v budget_betaalverplichting) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  m budget_betaalmoment;
  o budget_factuur;
BEGIN
  SELECT * INTO STRICT m FROM budget_betaalmoment WHERE id = f.betaalmoment_id;
  IF f.crediteur_id <> v.crediteur_id OR m.verplichting_id <> v.id OR f.status <> 'in_controle'
     OR f.betaald_cent <> 0 OR f.betaalbatch_id IS NOT NULL OR f.gecontroleerd_door_id IS NOT NULL
     OR f.goedgekeurd_door_id IS NOT NULL THEN
    PERFORM budget_weiger('factuur_begint_schoon', 'Een factuur begint met een controle, bij haar eigen verplichting.');
  END IF;
  IF f.soort = 'credit' THEN
    SELECT * INTO STRICT o FROM budget_factuur WHERE id = f.crediteert_id;
    IF o.soort <> 'factuur' OR o.verplichting_id <> v.id OR o.betaalmoment_id <> m.id
       OR o.status IN ('afgekeurd', 'gecorrigeerd') OR (o.betaalbatch_id IS NOT NULL AND o.status = 'goedgekeurd') THEN
      PERFORM budget_weiger('credit_van_een_factuur', 'Een creditfactuur hoort bij een factuur die nog geldt.');
    END IF;
    RETURN;
  END IF;
  IF v.status <> 'open' THEN
    PERFORM budget_weiger('verplichting_' || v.status, 'Voor dit traject kan nu geen factuur worden ingediend.');
  ELSIF v.inkooporder_nodig AND NOT EXISTS (SELECT FROM budget_inkooporder i WHERE i.reservering_id = v.reservering_id
                                              AND i.geplaatst_op <= f.factuurdatum) THEN
    PERFORM budget_weiger('factuur_na_inkooporder', 'Een factuur komt na de inkooporder.');
  ELSIF m.opeisbaar_op IS NULL THEN
    PERFORM budget_weiger('factuur_nog_niet_opeisbaar', 'Dit betaalmoment is nog niet bereikt.');
  ELSIF v.gefactureerd_cent + f.bedrag_cent > coalesce(v.vastgesteld_cent, v.bedrag_cent) THEN
    PERFORM budget_weiger('verplichting_niet_te_veel_factuur', 'De facturen zijn samen meer dan het bedrag.');
  ELSIF NOT EXISTS (SELECT FROM budget_bankrekening b WHERE b.organisatie_id = f.crediteur_id
                      AND b.status = 'bevestigd' AND b.iban = f.iban) THEN
    PERFORM budget_weiger('factuur_op_bevestigde_rekening', 'De IBAN is niet de bevestigde rekening.');
  END IF;
END $$;

-- An approval and a payment fit within what may be paid, and wait while payments stand still.
CREATE FUNCTION budget_mag_verder(f budget_factuur, v budget_betaalverplichting, naar_batch boolean) RETURNS void
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF v.status <> 'open' THEN
    PERFORM budget_weiger('verplichting_' || v.status, 'De betalingen voor dit traject staan stil.');
  ELSIF budget_toegezegd(v, f.id, naar_batch) + f.bedrag_cent - f.gecrediteerd_cent
        > coalesce(v.vastgesteld_cent, v.bedrag_cent) THEN
    PERFORM budget_weiger('factuur_boven_vastgesteld', 'Dat is meer dan er mag worden betaald.');
  ELSIF naar_batch AND (v.debiteur <> 'uwv' OR f.status <> 'goedgekeurd'
        OR NOT EXISTS (SELECT FROM budget_betaalbatch b WHERE b.id = f.betaalbatch_id AND b.status = 'gemaakt')
        OR EXISTS (SELECT FROM budget_factuur c WHERE c.crediteert_id = f.id
                     AND c.status IN ('in_controle', 'gecontroleerd'))) THEN
    PERFORM budget_weiger('factuur_in_een_batch', 'In een betaalbatch komt alleen wat is goedgekeurd.');
  ELSIF naar_batch AND NOT EXISTS (SELECT FROM budget_bankrekening b WHERE b.organisatie_id = f.crediteur_id
                                     AND b.status = 'bevestigd' AND b.iban = f.iban) THEN
    PERFORM budget_weiger('factuur_op_bevestigde_rekening', 'De IBAN is niet de bevestigde rekening.');
  END IF;
END $$;

CREATE FUNCTION budget_bewaak_factuur() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  paden jsonb := '{"in_controle": ["gecontroleerd", "afgekeurd", "gecorrigeerd"],
    "gecontroleerd": ["goedgekeurd", "afgekeurd", "gecorrigeerd"],
    "goedgekeurd": ["betaald", "afgekeurd", "gecorrigeerd"], "betaald": ["gecorrigeerd"],
    "afgekeurd": [], "gecorrigeerd": []}';
  v budget_betaalverplichting;
BEGIN
  SELECT * INTO STRICT v FROM budget_betaalverplichting WHERE id = NEW.verplichting_id FOR NO KEY UPDATE;
  IF TG_OP = 'INSERT' THEN
    NEW.gecrediteerd_cent := 0;
    PERFORM budget_nieuwe_factuur(NEW, v);
    RETURN NEW;
  END IF;
  IF NEW.status <> OLD.status AND NOT paden->OLD.status ? NEW.status THEN
    PERFORM budget_weiger('factuur_loopt_een_kant_op', format('Van %s naar %s kan niet.', OLD.status, NEW.status));
  ELSIF NEW.betaald_cent <> OLD.betaald_cent AND (OLD.betaald_cent <> 0 OR NEW.status <> 'betaald') THEN
    PERFORM budget_weiger('factuur_eenmaal_betaald', 'Een factuur wordt een keer betaald.');
  ELSIF OLD.betaalbatch_id IS NOT NULL AND NEW.betaalbatch_id IS DISTINCT FROM OLD.betaalbatch_id AND (
      NEW.betaalbatch_id IS NOT NULL OR OLD.status <> 'goedgekeurd') THEN
    PERFORM budget_weiger('factuur_in_een_batch', 'Deze factuur zit al in een betaalbatch.');
  ELSIF OLD.betaalbatch_id IS NOT NULL AND NEW.betaalbatch_id IS NOT NULL AND OLD.status = 'goedgekeurd'
        AND NEW.status NOT IN ('goedgekeurd', 'betaald') THEN
    PERFORM budget_weiger('factuur_in_een_batch', 'Deze factuur zit al in een betaalbatch.');
  ELSIF NEW.status = 'betaald' AND OLD.status <> 'betaald' AND (v.debiteur = 'uwv') <> (NEW.betaalbatch_id IS NOT NULL) THEN
    PERFORM budget_weiger('factuur_in_een_batch', 'UWV betaalt met een betaalbatch.');
  END IF;
  IF NEW.soort = 'factuur' AND NEW.status = 'goedgekeurd' AND OLD.status <> 'goedgekeurd' THEN
    PERFORM budget_mag_verder(NEW, v, false);
  ELSIF NEW.betaalbatch_id IS NOT NULL AND OLD.betaalbatch_id IS NULL THEN
    PERFORM budget_mag_verder(NEW, v, true);
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER factuur_bewaakt BEFORE INSERT OR UPDATE ON budget_factuur
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_factuur();
ALTER TABLE budget_factuur ENABLE ALWAYS TRIGGER factuur_bewaakt;

-- What a factuur counts for: a rejected one nothing, a creditfactuur once it was approved.
CREATE FUNCTION budget_telt_voor(f budget_factuur) RETURNS bigint
LANGUAGE sql IMMUTABLE SET search_path = public, pg_temp
RETURN CASE WHEN f.soort = 'factuur' AND f.status <> 'afgekeurd' THEN f.bedrag_cent
            WHEN f.soort = 'credit' AND f.status = 'goedgekeurd' THEN -f.bedrag_cent ELSE 0 END;

CREATE FUNCTION budget_tel_factuur() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  erbij bigint := budget_telt_voor(NEW);
  betaald bigint := NEW.betaald_cent;
  krediet bigint := CASE WHEN NEW.status <> 'afgekeurd' THEN NEW.bedrag_cent ELSE 0 END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    erbij := erbij - budget_telt_voor(OLD);
    betaald := betaald - OLD.betaald_cent;
    krediet := krediet - CASE WHEN OLD.status <> 'afgekeurd' THEN OLD.bedrag_cent ELSE 0 END;
  END IF;
  IF NEW.soort = 'credit' AND krediet <> 0 THEN
    UPDATE budget_factuur SET gecrediteerd_cent = gecrediteerd_cent + krediet WHERE id = NEW.crediteert_id;
  END IF;
  IF erbij <> 0 OR betaald <> 0 THEN
    UPDATE budget_betaalverplichting SET gefactureerd_cent = gefactureerd_cent + erbij,
      betaald_cent = betaald_cent + betaald WHERE id = NEW.verplichting_id;
  END IF;
  IF erbij <> 0 THEN
    UPDATE budget_betaalmoment SET gefactureerd_cent = gefactureerd_cent + erbij WHERE id = NEW.betaalmoment_id;
  END IF;
  RETURN NULL;
END $$;
CREATE TRIGGER factuur_telt AFTER INSERT OR UPDATE ON budget_factuur
  FOR EACH ROW EXECUTE FUNCTION budget_tel_factuur();
ALTER TABLE budget_factuur ENABLE ALWAYS TRIGGER factuur_telt;
"""

AFLOOP = """
CREATE FUNCTION budget_bewaak_afloop() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.status <> TG_ARGV[0] OR TG_OP = 'UPDATE' AND OLD.status <> TG_ARGV[0] AND NEW IS DISTINCT FROM OLD THEN
    PERFORM budget_weiger(TG_TABLE_NAME || '_ligt_vast', 'Wat is afgerond, ligt vast.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER betaalbatch_bewaakt BEFORE INSERT OR UPDATE ON budget_betaalbatch
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_afloop('gemaakt');
ALTER TABLE budget_betaalbatch ENABLE ALWAYS TRIGGER betaalbatch_bewaakt;
CREATE TRIGGER terugvordering_bewaakt BEFORE INSERT OR UPDATE ON budget_terugvordering
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_afloop('open');
ALTER TABLE budget_terugvordering ENABLE ALWAYS TRIGGER terugvordering_bewaakt;

CREATE FUNCTION budget_tel_terugvordering() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  erbij bigint := CASE WHEN NEW.status <> 'ingetrokken' THEN NEW.bedrag_cent ELSE 0 END;
BEGIN
  IF TG_OP = 'UPDATE' THEN
    erbij := erbij - CASE WHEN OLD.status <> 'ingetrokken' THEN OLD.bedrag_cent ELSE 0 END;
  END IF;
  UPDATE budget_betaalverplichting SET teruggevorderd_cent = teruggevorderd_cent + erbij
    WHERE id = NEW.verplichting_id AND erbij <> 0;
  RETURN NULL;
END $$;
CREATE TRIGGER terugvordering_telt AFTER INSERT OR UPDATE ON budget_terugvordering
  FOR EACH ROW EXECUTE FUNCTION budget_tel_terugvordering();
ALTER TABLE budget_terugvordering ENABLE ALWAYS TRIGGER terugvordering_telt;

CREATE FUNCTION budget_bewaak_bankrekening() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF TG_OP = 'INSERT' AND NEW.status <> 'wacht'
     OR TG_OP = 'UPDATE' AND NEW.status <> OLD.status
        AND NOT '{"wacht": ["bevestigd", "afgewezen", "vervallen"], "bevestigd": ["vervallen"]}'::jsonb->OLD.status ? NEW.status
     OR TG_OP = 'UPDATE' AND OLD.status IN ('afgewezen', 'vervallen') AND NEW IS DISTINCT FROM OLD THEN
    PERFORM budget_weiger('bankrekening_eerst_bevestigen', 'Een bankrekening wacht eerst op bevestiging.');
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER bankrekening_bewaakt BEFORE INSERT OR UPDATE ON budget_bankrekening
  FOR EACH ROW EXECUTE FUNCTION budget_bewaak_bankrekening();
ALTER TABLE budget_bankrekening ENABLE ALWAYS TRIGGER bankrekening_bewaakt;
"""

RECHTEN = """
REVOKE ALL ON FUNCTION
  budget_weiger(text, text), budget_bewaak_verplichting(), budget_betaalmomenten_kloppen(), budget_bewaak_inkooporder(),
  budget_toegezegd(budget_betaalverplichting, uuid, boolean),
  budget_nieuwe_factuur(budget_factuur, budget_betaalverplichting),
  budget_mag_verder(budget_factuur, budget_betaalverplichting, boolean), budget_bewaak_factuur(),
  budget_telt_voor(budget_factuur), budget_tel_factuur(), budget_tel_terugvordering()
FROM PUBLIC, app;
-- The application's role writes the columns that an act changes, and no other; nothing of money is deleted.
REVOKE UPDATE, DELETE ON budget_betaalverplichting, budget_betaalmoment, budget_factuur, budget_betaalbatch,
  budget_terugvordering, budget_bankrekening FROM app;
GRANT UPDATE (status, geblokkeerd_om, vastgesteld_cent) ON budget_betaalverplichting TO app;
GRANT UPDATE (opeisbaar_op) ON budget_betaalmoment TO app;
GRANT UPDATE (status, gecontroleerd_door_id, gecontroleerd_op, goedgekeurd_door_id, goedgekeurd_op, reden, betaald_cent,
  betaald_op, betaalbatch_id) ON budget_factuur TO app;
GRANT UPDATE (status, afgerond_op, afgerond_door_id, reden) ON budget_betaalbatch TO app;
GRANT UPDATE (status, afgerond_op, afgerond_door_id, toelichting) ON budget_terugvordering TO app;
GRANT UPDATE (status, bevestigd_op, bevestigd_door_id, reden) ON budget_bankrekening TO app;
"""


class Migration(migrations.Migration):
    dependencies = [("budget", "0009_geld"), ("opslag", "0002_alleen_toevoegen")]
    operations = [
        migrations.RunSQL(VERPLICHTING),
        migrations.RunSQL(FACTUUR),
        migrations.RunSQL(AFLOOP),
        migrations.RunSQL(RECHTEN),
        alleen_toevoegen("budget_inkooporder"),
    ]
