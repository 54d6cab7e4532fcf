import datetime
import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ips_subsidie.opslag.velden

EINDEN = [
    ("uitgelogd", "U hebt uitgelogd"),
    ("ingetrokken", "U hebt dit apparaat uitgelogd"),
    ("wachtwoord", "Uw wachtwoord is gewijzigd"),
    ("account_uit", "Uw account is uitgezet"),
    ("rol", "Uw toegang is gewijzigd"),
    ("factor", "Uw manier van inloggen is gewijzigd"),
    ("beheer", "De beheerder heeft u uitgelogd"),
]

# What may not change of a session, whoever asks. What has ended has ended.
BEWAAK = """
CREATE FUNCTION toegang_bewaak_sessie() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF NEW.sleutel <> OLD.sleutel THEN
        RAISE EXCEPTION 'De sleutel van een sessie verandert niet.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessie_sleutel_blijft';
    END IF;
    IF OLD.gebruiker_id IS NOT NULL AND (
        NEW.gebruiker_id IS DISTINCT FROM OLD.gebruiker_id OR NEW.begonnen_op <> OLD.begonnen_op
    ) THEN
        RAISE EXCEPTION 'Van wie een sessie is en wanneer zij begon, verandert niet.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessie_van_een_persoon';
    END IF;
    IF OLD.beeindigd_op IS NOT NULL AND (
        NEW.beeindigd_op IS DISTINCT FROM OLD.beeindigd_op OR NEW.gegevens <> ''
    ) THEN
        RAISE EXCEPTION 'Een sessie die is beëindigd, blijft dat.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'sessie_blijft_beeindigd';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_sessie BEFORE UPDATE ON toegang_sessie
    FOR EACH ROW EXECUTE FUNCTION toegang_bewaak_sessie();
ALTER TABLE toegang_sessie ENABLE ALWAYS TRIGGER bewaak_sessie;
REVOKE ALL ON FUNCTION toegang_bewaak_sessie() FROM PUBLIC, app;
"""
BEWAAK_WEG = """
DROP TRIGGER bewaak_sessie ON toegang_sessie;
DROP FUNCTION toegang_bewaak_sessie();
"""

# Whatever way a password, an account or a lidmaatschap is changed: the sessions end in the same transaction.
# SECURITY DEFINER, so that it holds for whoever may change the row, now and with rights that are yet to come.
EINDIG = """
CREATE FUNCTION toegang_beeindig_sessies(wie uuid, reden text) RETURNS void
LANGUAGE sql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
    UPDATE public.toegang_sessie SET beeindigd_op = clock_timestamp(), einde = reden, gegevens = ''
    WHERE gebruiker_id = wie AND beeindigd_op IS NULL;
$$;
CREATE FUNCTION toegang_sessies_na_gebruiker() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.toegang_beeindig_sessies(
        NEW.id,
        CASE WHEN NOT NEW.is_active THEN 'account_uit'
             WHEN NEW.password IS DISTINCT FROM OLD.password THEN 'wachtwoord'
             ELSE 'rol' END
    );
    RETURN NULL;
END $$;
CREATE FUNCTION toegang_sessies_na_lidmaatschap() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    PERFORM public.toegang_beeindig_sessies(OLD.gebruiker_id, 'rol');
    RETURN NULL;
END $$;
CREATE TRIGGER sessies_na_gebruiker AFTER UPDATE ON toegang_gebruiker
    FOR EACH ROW WHEN (
        OLD.password IS DISTINCT FROM NEW.password
        OR (OLD.is_active AND NOT NEW.is_active)
        OR (OLD.is_staff AND NOT NEW.is_staff)
    ) EXECUTE FUNCTION toegang_sessies_na_gebruiker();
-- An end that lies ahead ends nothing yet: on the day itself every request looks at the date.
CREATE TRIGGER sessies_na_lidmaatschap AFTER UPDATE ON toegang_lidmaatschap
    FOR EACH ROW WHEN (
        OLD.rol IS DISTINCT FROM NEW.rol
        OR OLD.organisatie_id IS DISTINCT FROM NEW.organisatie_id
        OR OLD.gebruiker_id IS DISTINCT FROM NEW.gebruiker_id
        OR (
            OLD.geldig_tot IS DISTINCT FROM NEW.geldig_tot
            AND NEW.geldig_tot <= (now() AT TIME ZONE 'Europe/Amsterdam')::date
        )
    ) EXECUTE FUNCTION toegang_sessies_na_lidmaatschap();
CREATE TRIGGER sessies_na_lidmaatschap_weg AFTER DELETE ON toegang_lidmaatschap
    FOR EACH ROW EXECUTE FUNCTION toegang_sessies_na_lidmaatschap();
ALTER TABLE toegang_gebruiker ENABLE ALWAYS TRIGGER sessies_na_gebruiker;
ALTER TABLE toegang_lidmaatschap ENABLE ALWAYS TRIGGER sessies_na_lidmaatschap;
ALTER TABLE toegang_lidmaatschap ENABLE ALWAYS TRIGGER sessies_na_lidmaatschap_weg;
REVOKE ALL ON FUNCTION
    toegang_beeindig_sessies(uuid, text), toegang_sessies_na_gebruiker(), toegang_sessies_na_lidmaatschap()
    FROM PUBLIC, app;
"""
EINDIG_WEG = """
DROP TRIGGER sessies_na_gebruiker ON toegang_gebruiker;
DROP TRIGGER sessies_na_lidmaatschap ON toegang_lidmaatschap;
DROP TRIGGER sessies_na_lidmaatschap_weg ON toegang_lidmaatschap;
DROP FUNCTION toegang_sessies_na_gebruiker();
DROP FUNCTION toegang_sessies_na_lidmaatschap();
DROP FUNCTION toegang_beeindig_sessies(uuid, text);
"""

# No model: it is a cache (toegang.tellers), and may be empty at any moment.
TELLER = """
CREATE UNLOGGED TABLE toegang_teller (
    sleutel text PRIMARY KEY,
    waarde jsonb NOT NULL,
    verloopt_op timestamptz NOT NULL
);
CREATE INDEX toegang_teller_verloopt ON toegang_teller (verloopt_op);
"""


class Migration(migrations.Migration):
    """Sessions that know whose they are; the counts of the rate limits; requests for a new password."""

    dependencies = [("toegang", "0004_functie"), ("opslag", "0001_rollen")]

    operations = [
        migrations.CreateModel(
            name="Sessie",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "sleutel",
                    models.CharField(
                        editable=False, max_length=64, unique=True, verbose_name="hash van de sleutel"
                    ),
                ),
                ("gegevens", models.TextField(blank=True, editable=False, verbose_name="gegevens")),
                ("begonnen_op", models.DateTimeField(verbose_name="begonnen op")),
                ("gezien_op", models.DateTimeField(verbose_name="laatst gebruikt op")),
                ("verloopt_op", models.DateTimeField(verbose_name="verloopt op")),
                ("beeindigd_op", models.DateTimeField(null=True, verbose_name="beëindigd op")),
                (
                    "einde",
                    models.CharField(
                        blank=True, choices=EINDEN, max_length=12, verbose_name="waarom beëindigd"
                    ),
                ),
                (
                    "adres",
                    models.CharField(blank=True, max_length=45, verbose_name="begin van het netwerkadres"),
                ),
                ("toestel", models.CharField(blank=True, max_length=60, verbose_name="apparaat")),
                ("bewaard_op", models.DateTimeField(editable=False, null=True, verbose_name="bewaard op")),
                (
                    "bewaard",
                    ips_subsidie.opslag.velden.VersleuteldTekstVeld(
                        editable=False, null=True, verbose_name="nog niet verstuurd"
                    ),
                ),
                (
                    "gebruiker",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="sessies",
                        to=settings.AUTH_USER_MODEL,
                        verbose_name="gebruiker",
                    ),
                ),
            ],
            options={
                "verbose_name": "sessie",
                "verbose_name_plural": "sessies",
                "ordering": ("-gezien_op", "pk"),
                "indexes": [
                    models.Index(fields=["gebruiker", "-gezien_op", "id"], name="sessie_per_gebruiker"),
                    models.Index(fields=["-gezien_op", "id"], name="sessie_nieuwste_eerst"),
                    models.Index(fields=["verloopt_op"], name="sessie_verloopt"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verloopt_op__lte", models.F("gezien_op") + datetime.timedelta(minutes=15))
                        ),
                        name="sessie_kwartier_stil",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("verloopt_op__lte", models.F("begonnen_op") + datetime.timedelta(hours=12))
                        ),
                        name="sessie_twaalf_uur",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("beeindigd_op__isnull", True), ("einde", "")),
                            models.Q(
                                ("beeindigd_op__isnull", False),
                                ("einde__in", [einde for einde, _ in EINDEN]),
                            ),
                            _connector="OR",
                        ),
                        name="sessie_einde_met_reden",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("bewaard__isnull", True), ("bewaard_op__isnull", True)),
                            models.Q(("bewaard__isnull", False), ("bewaard_op__isnull", False)),
                            _connector="OR",
                        ),
                        name="sessie_bewaard_met_tijd",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wachtwoordvraag",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("gevraagd_op", models.DateTimeField(verbose_name="gevraagd op")),
                ("gemaild_op", models.DateTimeField(null=True, verbose_name="gemaild op")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="wachtwoordvragen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "vraag om een nieuw wachtwoord",
                "verbose_name_plural": "vragen om een nieuw wachtwoord",
                "ordering": ("-gevraagd_op", "pk"),
                "indexes": [
                    models.Index(fields=["-gevraagd_op", "id"], name="wachtwoordvraag_nieuwste"),
                    models.Index(
                        condition=models.Q(("gemaild_op__isnull", True)),
                        fields=["gevraagd_op"],
                        name="wachtwoordvraag_te_mailen",
                    ),
                ],
            },
        ),
        migrations.RunSQL(BEWAAK, BEWAAK_WEG),
        migrations.RunSQL(EINDIG, EINDIG_WEG),
        migrations.RunSQL(TELLER, "DROP TABLE toegang_teller;"),
    ]
