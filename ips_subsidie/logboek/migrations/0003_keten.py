"""Each line says more of where it came from, and holds a hash over itself and the line before it.

The head of every chain stands in a table of its own that only the trigger writes: its row lock gives the lines of a chain
one order, and it says at once when the last lines are gone. The lines that there are get chained in the order of their id.
"""

from django.db import migrations, models

# All columns but the hash itself, as one JSON array: unambiguous, with NULL apart from an empty text, and instants
# without the time zone of the session. `ips_subsidie.logboek.keten` has the same expression and computes it anew: what
# checks a chain doesn't ask the function that made it. A later column gets a `vorm` of its own.
INHOUD = """jsonb_build_array(
    NEW.vorm, NEW.keten, NEW.id, NEW.op AT TIME ZONE 'UTC', NEW.begonnen_op AT TIME ZONE 'UTC', NEW.soort, NEW.handeling,
    NEW.gebruiker_id, NEW.organisatie_id, NEW.rol, NEW.onderwerp, NEW.onderwerp_id, NEW.dossier_id, NEW.client_id,
    NEW.kenmerk, NEW.gegevens, NEW.verwerking, host(NEW.adres), NEW.toestel, NEW.spoor, NEW.deel)"""

HEEN = f"""
CREATE TABLE logboek_keten (
  keten varchar(48) PRIMARY KEY,
  volgnr bigint NOT NULL CHECK (volgnr > 0),
  vorige bytea NOT NULL CHECK (length(vorige) = 32),
  hash bytea NOT NULL CHECK (length(hash) = 32)
) WITH (fillfactor = 50);
REVOKE ALL ON logboek_keten FROM PUBLIC, app;
GRANT SELECT ON logboek_keten TO app;

CREATE FUNCTION logboek_schakel() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
  inhoud bytea;
  nul constant bytea := decode(repeat('00', 32), 'hex');
BEGIN
  NEW.vorm := 1;
  NEW.keten := CASE
    WHEN NEW.dossier_id IS NOT NULL THEN 'dossier:' || NEW.dossier_id
    WHEN NEW.gebruiker_id IS NOT NULL THEN 'gebruiker:' || NEW.gebruiker_id
    ELSE 'systeem' END;
  inhoud := sha256(convert_to({INHOUD}::text, 'UTF8'));
  INSERT INTO public.logboek_keten AS k (keten, volgnr, vorige, hash)
  VALUES (NEW.keten, 1, nul, sha256(nul || int8send(1) || inhoud))
  ON CONFLICT (keten) DO UPDATE SET
    volgnr = k.volgnr + 1, vorige = k.hash, hash = sha256(k.hash || int8send(k.volgnr + 1) || inhoud)
  RETURNING k.volgnr, k.vorige, k.hash INTO NEW.volgnr, NEW.vorige, NEW.hash;
  RETURN NEW;
END $$;
REVOKE ALL ON FUNCTION logboek_schakel() FROM PUBLIC, app;

-- The lines that there are, through the trigger itself: taken out, and put back in the order of their id.
ALTER TABLE logboek_regel DISABLE TRIGGER alleen_toevoegen_rij;
CREATE TEMPORARY TABLE oude_regels ON COMMIT DROP AS SELECT * FROM logboek_regel;
DELETE FROM logboek_regel;
CREATE TRIGGER schakel BEFORE INSERT ON logboek_regel FOR EACH ROW EXECUTE FUNCTION logboek_schakel();
INSERT INTO logboek_regel SELECT * FROM oude_regels ORDER BY id;
SET CONSTRAINTS ALL IMMEDIATE;  -- a table with checks pending cannot be altered
SET CONSTRAINTS ALL DEFERRED;
ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER schakel;
ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER alleen_toevoegen_rij;
ALTER TABLE logboek_regel ADD CONSTRAINT logboek_hash_heel CHECK (length(vorige) = 32 AND length(hash) = 32);
"""
TERUG = """
ALTER TABLE logboek_regel DROP CONSTRAINT logboek_hash_heel;
DROP TRIGGER schakel ON logboek_regel;
DROP FUNCTION logboek_schakel();
DROP TABLE logboek_keten;
"""
VERWERKINGEN = [
    ("ips-aanvraag", "Een aanvraag invullen, indienen en erop beslissen"),
    ("ips-toeleiding", "Een inwoner voordragen voor IPS"),
    ("ips-traject", "Een traject volgen, verlengen, stoppen en vaststellen"),
    ("ips-bezwaar", "Een bezwaar of ingebrekestelling behandelen"),
    ("ips-betaling", "Facturen controleren, betalen en terugvorderen"),
    ("ips-overleg", "Overleg in de regio voeren"),
    ("ips-contact", "Berichten sturen en over een dossier schrijven"),
    ("ips-regeling", "De regeling en het budget inrichten"),
    ("portaal-toegang", "Accounts, rollen en inloggen"),
    ("portaal-beheer", "Het portaal beheren"),
    ("portaal-toezicht", "Het gebruik van gegevens nagaan"),
    ("portaal-rechten", "Inzage, correctie en vernietiging van gegevens"),
]


def _erbij(naam, veld, **opties):
    return migrations.AddField("regel", naam, veld, **opties)


class Migration(migrations.Migration):
    dependencies = [("logboek", "0002_alleen_toevoegen")]

    operations = [
        migrations.AlterField(
            "regel",
            "soort",
            models.CharField(
                "soort",
                choices=[
                    ("handeling", "Handeling"),
                    ("weigering", "Weigering"),
                    ("lezing", "Inzage"),
                    ("gebeurtenis", "Gebeurtenis"),
                ],
                max_length=12,
            ),
        ),
        _erbij("begonnen_op", models.DateTimeField("verzoek begonnen op", null=True)),
        _erbij(
            "verwerking",
            models.CharField("verwerking", blank=True, choices=VERWERKINGEN, default="", max_length=24),
            preserve_default=False,
        ),
        _erbij("adres", models.GenericIPAddressField("netwerkadres", null=True)),
        _erbij(
            "toestel",
            models.CharField("toestel", blank=True, default="", max_length=60),
            preserve_default=False,
        ),
        _erbij(
            "spoor",
            models.CharField(
                "spoor", blank=True, default="", help_text="Een per verzoek of taak.", max_length=32
            ),
            preserve_default=False,
        ),
        _erbij(
            "deel",
            models.CharField("deel van het spoor", blank=True, default="", max_length=16),
            preserve_default=False,
        ),
        _erbij("vorm", models.PositiveSmallIntegerField("vorm van de hash", default=1, editable=False)),
        _erbij("keten", models.CharField("keten", default="", editable=False, max_length=48)),
        _erbij("volgnr", models.BigIntegerField("volgnummer in de keten", default=0, editable=False)),
        _erbij("vorige", models.BinaryField("hash van de vorige", default=b"")),
        _erbij("hash", models.BinaryField("hash", default=b"")),
        migrations.RunSQL(
            """
            ALTER TABLE logboek_regel DISABLE TRIGGER alleen_toevoegen_rij;
            UPDATE logboek_regel SET begonnen_op = op;
            ALTER TABLE logboek_regel ENABLE ALWAYS TRIGGER alleen_toevoegen_rij;
            """,
            migrations.RunSQL.noop,
        ),
        migrations.AlterField("regel", "begonnen_op", models.DateTimeField("verzoek begonnen op")),
        migrations.RunSQL(HEEN, TERUG),
        migrations.AddConstraint(
            "regel", models.UniqueConstraint(fields=["keten", "volgnr"], name="logboek_plek_in_keten")
        ),
    ]
