from django.db import migrations

# The migrating role owns everything; `app` is the plain role as which web, worker and tests work. It gets no TRUNCATE,
# no DDL, and of django_migrations only SELECT. Tables that exist already (this migration has no dependencies, and
# django_migrations is always first) get the same rights as the later ones.
ROL_SQL = """
DO $$
BEGIN
    IF NOT EXISTS (SELECT FROM pg_catalog.pg_roles WHERE rolname = 'app') THEN
        CREATE ROLE app NOLOGIN;
    END IF;
EXCEPTION
    -- Roles belong to the whole server: another database of it may be migrating at the same moment.
    WHEN duplicate_object OR unique_violation THEN NULL;
    WHEN insufficient_privilege THEN
        RAISE EXCEPTION 'De rol app ontbreekt en deze rol mag haar niet maken. Voer uit als beheerder: CREATE ROLE app LOGIN;'
            USING ERRCODE = 'insufficient_privilege';
END $$;
"""

RECHTEN_SQL = """
DO $$
BEGIN
    REVOKE CREATE ON SCHEMA public FROM PUBLIC;
    GRANT USAGE ON SCHEMA public TO app;
EXCEPTION
    WHEN insufficient_privilege THEN
        RAISE NOTICE 'Het schema public is van een ander: rechten erop blijven zoals zij zijn.';
END $$;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON FUNCTIONS TO app;
DO $$
DECLARE
    eigen text;
BEGIN
    FOR eigen IN SELECT format('%I.%I', schemaname, tablename) FROM pg_catalog.pg_tables
                 WHERE schemaname = 'public' AND tableowner = current_user LOOP
        EXECUTE 'GRANT SELECT, INSERT, UPDATE, DELETE ON ' || eigen || ' TO app';
    END LOOP;
    FOR eigen IN SELECT format('%I.%I', schemaname, sequencename) FROM pg_catalog.pg_sequences
                 WHERE schemaname = 'public' AND sequenceowner = current_user LOOP
        EXECUTE 'GRANT USAGE, SELECT ON SEQUENCE ' || eigen || ' TO app';
    END LOOP;
END $$;
"""

# A role that migrates as `app` itself must keep its own rights on the list of migrations.
MIGRATIES_SQL = """
DO $$
BEGIN
    IF current_user <> 'app' THEN
        REVOKE INSERT, UPDATE, DELETE, TRUNCATE ON django_migrations FROM app;
        GRANT SELECT ON django_migrations TO app;
    END IF;
EXCEPTION
    WHEN undefined_table THEN NULL;
END $$;
"""

TERUG_SQL = """
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE SELECT, INSERT, UPDATE, DELETE ON TABLES FROM app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE USAGE, SELECT ON SEQUENCES FROM app;
ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE EXECUTE ON FUNCTIONS FROM app;
"""


class Migration(migrations.Migration):
    """The role `app` and its rights, before any table of the application."""

    initial = True
    run_before = [("contenttypes", "0001_initial")]
    dependencies: list[tuple[str, str]] = []

    operations = [
        migrations.RunSQL(ROL_SQL, migrations.RunSQL.noop),
        migrations.RunSQL(RECHTEN_SQL, TERUG_SQL),
        migrations.RunSQL(MIGRATIES_SQL, migrations.RunSQL.noop),
    ]
