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
