"""Mails about second factors, and what a factor may become: a used code stays used, whoever writes."""

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

BEWAKING = """
-- A melding is written once; the worker notes only that it was mailed.
REVOKE UPDATE, DELETE, TRUNCATE ON toegang_beveiligingsmelding FROM app;
GRANT UPDATE (gemaild_op) ON toegang_beveiligingsmelding TO app;

CREATE FUNCTION toegang_bewaak_factor() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  was bigint := coalesce((OLD.data->>'used_mask')::bigint, 0);
  wordt bigint := coalesce((NEW.data->>'used_mask')::bigint, 0);
BEGIN
  IF NEW.user_id <> OLD.user_id OR NEW.type <> OLD.type THEN
    RAISE EXCEPTION 'Een tweede factor blijft van wie hem instelde, en van dezelfde soort.'
      USING ERRCODE = 'check_violation';
  END IF;
  -- Recovery codes and codes of an app work once: what was used can't be taken back.
  IF was & wordt <> was
     OR coalesce((NEW.data->>'laatste_teller')::bigint, 0) < coalesce((OLD.data->>'laatste_teller')::bigint, 0) THEN
    RAISE EXCEPTION 'Een gebruikte code blijft gebruikt.' USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION toegang_bewaak_factor() FROM PUBLIC, app;
CREATE TRIGGER bewaak BEFORE UPDATE ON mfa_authenticator
  FOR EACH ROW EXECUTE FUNCTION toegang_bewaak_factor();
ALTER TABLE mfa_authenticator ENABLE ALWAYS TRIGGER bewaak;
"""
TERUG = """
DROP TRIGGER bewaak ON mfa_authenticator;
DROP FUNCTION toegang_bewaak_factor();
GRANT UPDATE, DELETE ON toegang_beveiligingsmelding TO app;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("toegang", "0005_sessies"),
        ("mfa", "0003_authenticator_type_uniq"),
    ]

    operations = [
        migrations.CreateModel(
            name="Beveiligingsmelding",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "wat",
                    models.CharField(
                        choices=[
                            ("app_erbij", "U logt nu in met een app op uw telefoon"),
                            ("app_weg", "De app voor het inloggen is verwijderd"),
                            ("passkey_erbij", "U hebt een passkey toegevoegd"),
                            ("passkey_weg", "Een passkey is verwijderd"),
                            ("codes_nieuw", "U hebt nieuwe herstelcodes"),
                            ("code_gebruikt", "Er is ingelogd met een herstelcode"),
                            ("hersteld", "Uw tweede stap bij het inloggen is verwijderd"),
                        ],
                        max_length=16,
                        verbose_name="wat er gebeurde",
                    ),
                ),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
                ("gemaild_op", models.DateTimeField(blank=True, null=True, verbose_name="gemaild op")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "beveiligingsmelding",
                "verbose_name_plural": "beveiligingsmeldingen",
                "ordering": ("-gemaakt_op", "-pk"),
                "indexes": [
                    models.Index(fields=["-gemaakt_op", "-id"], name="beveiligingsmelding_nieuwste"),
                    models.Index(
                        condition=models.Q(("gemaild_op__isnull", True)),
                        fields=["gemaakt_op", "id"],
                        name="beveiligingsmelding_te_mailen",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "wat__in",
                                [
                                    "app_erbij",
                                    "app_weg",
                                    "passkey_erbij",
                                    "passkey_weg",
                                    "codes_nieuw",
                                    "code_gebruikt",
                                    "hersteld",
                                ],
                            )
                        ),
                        name="beveiligingsmelding_wat_bekend",
                    )
                ],
            },
        ),
        migrations.RunSQL(BEWAKING, TERUG),
    ]
