"""Operations for migrations that make a table append-only.

    dependencies = [("opslag", "0002_alleen_toevoegen")]
    operations = [migrations.CreateModel(...), alleen_toevoegen("logboek_regel")]

Two locks: the role `app` loses the rights, and a trigger refuses everyone else, the owner of the table
included. The trigger is ENABLE ALWAYS, so that `session_replication_role = replica` does not pass it.
"""

import re

from django.db import migrations

FUNCTIE = "opslag_alleen_toevoegen"

FUNCTIE_SQL = f"""
CREATE OR REPLACE FUNCTION {FUNCTIE}() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'De tabel % neemt alleen toevoegingen aan: % is niet toegestaan.', TG_TABLE_NAME, TG_OP
        USING ERRCODE = 'insufficient_privilege';
END $$;
"""
FUNCTIE_WEG_SQL = f"DROP FUNCTION IF EXISTS {FUNCTIE}();"


def alleen_toevoegen(tabel: str) -> migrations.RunSQL:
    """Refuse UPDATE, DELETE and TRUNCATE on this table.

    The migration depends on ("opslag", "0002_alleen_toevoegen").
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", tabel):
        raise ValueError(f"Geen tabelnaam: {tabel!r}")
    return migrations.RunSQL(
        sql=f"""
            CREATE TRIGGER alleen_toevoegen_rij BEFORE UPDATE OR DELETE ON {tabel}
                FOR EACH ROW EXECUTE FUNCTION {FUNCTIE}();
            CREATE TRIGGER alleen_toevoegen_leeg BEFORE TRUNCATE ON {tabel}
                FOR EACH STATEMENT EXECUTE FUNCTION {FUNCTIE}();
            ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER alleen_toevoegen_rij;
            ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER alleen_toevoegen_leeg;
            REVOKE UPDATE, DELETE, TRUNCATE ON {tabel} FROM app;
        """,
        reverse_sql=f"""
            DROP TRIGGER IF EXISTS alleen_toevoegen_rij ON {tabel};
            DROP TRIGGER IF EXISTS alleen_toevoegen_leeg ON {tabel};
            GRANT UPDATE, DELETE ON {tabel} TO app;
        """,
    )


# Every row trigger on the table that looks at a change gets the condition; one that looks at an INSERT alone does not.
_LAAT_VERNIETIGEN = """
DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT tgname, pg_get_triggerdef(oid) AS tekst FROM pg_catalog.pg_trigger
    WHERE tgrelid = 'public.{tabel}'::regclass AND NOT tgisinternal AND tgconstraint = 0
      AND tgtype & 1 = 1 AND tgtype & 2 = 2 AND tgtype & 24 <> 0 AND tgqual IS NULL
  LOOP
    EXECUTE format('DROP TRIGGER %I ON {tabel}', t.tgname);
    EXECUTE replace(t.tekst, ' EXECUTE FUNCTION ', ' WHEN (NOT public.opslag_vernietigt()) EXECUTE FUNCTION ');
    EXECUTE format('ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER %I', t.tgname);
  END LOOP;
END $$;
"""
_NIET_MEER_VERNIETIGEN = """
DO $$
DECLARE
  t record;
BEGIN
  FOR t IN SELECT tgname, pg_get_triggerdef(oid) AS tekst FROM pg_catalog.pg_trigger
    WHERE tgrelid = 'public.{tabel}'::regclass AND NOT tgisinternal
      AND pg_get_triggerdef(oid) LIKE '%WHEN ((NOT opslag_vernietigt()))%'
  LOOP
    EXECUTE format('DROP TRIGGER %I ON {tabel}', t.tgname);
    EXECUTE replace(t.tekst, 'WHEN ((NOT opslag_vernietigt())) ', '');
    EXECUTE format('ALTER TABLE {tabel} ENABLE ALWAYS TRIGGER %I', t.tgname);
  END LOOP;
END $$;
"""


def laat_vernietigen(tabel: str) -> migrations.RunSQL:
    """Let a recorded destruction by the owner pass the BEFORE triggers of this table that refuse changes.

    The migration depends on ("opslag", "0006_vernietigen"). TRUNCATE stays refused, and so does everything to the
    role `app`.
    """
    if not re.fullmatch(r"[a-z][a-z0-9_]{0,62}", tabel):
        raise ValueError(f"Geen tabelnaam: {tabel!r}")
    return migrations.RunSQL(
        sql=_LAAT_VERNIETIGEN.replace("{tabel}", tabel),
        reverse_sql=_NIET_MEER_VERNIETIGEN.replace("{tabel}", tabel),
    )
