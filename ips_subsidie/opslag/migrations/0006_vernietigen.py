"""The proof of a destruction, and the one way past the triggers that keep things.

`opslag_vernietigt()` is true for the owner of the tables alone, and only in a transaction that has already written its
own line in opslag_vernietiging. Which triggers ask it, the app that has the tables says.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen, laat_vernietigen

POORT = """
CREATE FUNCTION opslag_vernietigt() RETURNS boolean
LANGUAGE plpgsql STABLE SET search_path = public, pg_temp AS $$
BEGIN
  -- First what costs nothing: the role app never has this right.
  IF NOT has_table_privilege('opslag_vernietiging', 'INSERT') THEN
    RETURN false;
  END IF;
  RETURN EXISTS (
    SELECT FROM opslag_vernietiging WHERE transactie = (pg_current_xact_id()::text)::bigint);
END $$;
REVOKE ALL ON FUNCTION opslag_vernietigt() FROM PUBLIC, app;
GRANT EXECUTE ON FUNCTION opslag_vernietigt() TO app;

CREATE FUNCTION opslag_vernietiging_van_nu() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
  NEW.transactie := (pg_current_xact_id()::text)::bigint;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION opslag_vernietiging_van_nu() FROM PUBLIC, app;
CREATE TRIGGER vernietiging_van_nu BEFORE INSERT ON opslag_vernietiging
  FOR EACH ROW EXECUTE FUNCTION opslag_vernietiging_van_nu();
ALTER TABLE opslag_vernietiging ENABLE ALWAYS TRIGGER vernietiging_van_nu;
REVOKE INSERT ON opslag_vernietiging FROM app;
"""
POORT_WEG = """
GRANT INSERT ON opslag_vernietiging TO app;
DROP TRIGGER vernietiging_van_nu ON opslag_vernietiging;
DROP FUNCTION opslag_vernietiging_van_nu();
DROP FUNCTION opslag_vernietigt();
"""


class Migration(migrations.Migration):
    dependencies = [
        ("opslag", "0005_virusscan"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Vernietiging",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kenmerk_hash", models.CharField(max_length=64, verbose_name="hash van het kenmerk")),
                ("regeling", models.CharField(max_length=40, verbose_name="regeling")),
                ("klassen", models.JSONField(default=list, verbose_name="bewaarklassen")),
                ("aantallen", models.JSONField(default=dict, verbose_name="aantal rijen per tabel")),
                ("einde_dossier", models.DateField(verbose_name="einde van het dossier")),
                ("bewaren_tot", models.DateField(verbose_name="bewaard tot en met")),
                ("op", models.DateTimeField(verbose_name="vernietigd op")),
                (
                    "transactie",
                    models.BigIntegerField(default=0, editable=False, verbose_name="transactie"),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vernietiging",
                "verbose_name_plural": "vernietigingen",
                "ordering": ("-op", "id"),
                "indexes": [models.Index(fields=["-op", "id"], name="vernietiging_nieuwste_eerst")],
                "constraints": [
                    models.UniqueConstraint(fields=("kenmerk_hash",), name="vernietiging_eenmaal"),
                    models.CheckConstraint(
                        condition=models.Q(("kenmerk_hash__regex", "^[0-9a-f]{64}$")),
                        name="vernietiging_hash_is_hash",
                    ),
                ],
            },
        ),
        migrations.RunSQL(POORT, POORT_WEG),
        alleen_toevoegen("opslag_vernietiging"),
        laat_vernietigen("opslag_bestand"),
        laat_vernietigen("opslag_virusscan"),
    ]
