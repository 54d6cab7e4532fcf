"""Where an organisatie lets its people log in, and whom that service knows by which number."""

import uuid

import django.contrib.postgres.fields
import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import ips_subsidie.opslag.velden

# What holds whoever asks: beheerders always have a way in besides a service that may be away; what a service says counts
# only for a person who works, or worked, for its organisatie (on which day is up to the clock of the application); and
# whom a number belongs to doesn't change afterwards.
BEWAAK = """
CREATE FUNCTION toegang_bewaak_inlogdienst() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.verplicht AND EXISTS (
        SELECT FROM toegang_organisatie o WHERE o.id = NEW.organisatie_id AND o.soort = 'beheer'
    ) THEN
        RAISE EXCEPTION 'De beheerders moeten ook zonder hun inlogdienst kunnen inloggen.' USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND NEW.organisatie_id <> OLD.organisatie_id THEN
        RAISE EXCEPTION 'Een inlogdienst gaat niet over naar een andere organisatie.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_inlogdienst BEFORE INSERT OR UPDATE ON toegang_inlogdienst
    FOR EACH ROW EXECUTE FUNCTION toegang_bewaak_inlogdienst();
ALTER TABLE toegang_inlogdienst ENABLE ALWAYS TRIGGER bewaak_inlogdienst;

CREATE FUNCTION toegang_bewaak_identiteit() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT FROM toegang_lidmaatschap l JOIN toegang_inlogdienst d ON d.organisatie_id = l.organisatie_id
        WHERE d.id = NEW.inlogdienst_id AND l.gebruiker_id = NEW.gebruiker_id
    ) THEN
        RAISE EXCEPTION 'Deze gebruiker hoort niet bij de organisatie van deze inlogdienst.'
            USING ERRCODE = 'check_violation';
    END IF;
    IF TG_OP = 'UPDATE' AND (
        (NEW.id, NEW.inlogdienst_id, NEW.sub, NEW.gebruiker_id, NEW.gekoppeld_op)
            IS DISTINCT FROM (OLD.id, OLD.inlogdienst_id, OLD.sub, OLD.gebruiker_id, OLD.gekoppeld_op)
        OR OLD.beeindigd_op IS NOT NULL
    ) THEN
        RAISE EXCEPTION 'Een identiteit kan alleen worden beeindigd.' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER bewaak_identiteit BEFORE INSERT OR UPDATE ON toegang_identiteit
    FOR EACH ROW EXECUTE FUNCTION toegang_bewaak_identiteit();
ALTER TABLE toegang_identiteit ENABLE ALWAYS TRIGGER bewaak_identiteit;

REVOKE ALL ON FUNCTION toegang_bewaak_inlogdienst(), toegang_bewaak_identiteit() FROM PUBLIC, app;
REVOKE DELETE ON toegang_inlogdienst, toegang_identiteit FROM app;
"""
TERUG = """
DROP TRIGGER bewaak_identiteit ON toegang_identiteit;
DROP TRIGGER bewaak_inlogdienst ON toegang_inlogdienst;
DROP FUNCTION toegang_bewaak_identiteit();
DROP FUNCTION toegang_bewaak_inlogdienst();
"""


class Migration(migrations.Migration):
    dependencies = [("toegang", "0006_tweede_factor")]

    operations = [
        migrations.CreateModel(
            name="Inlogdienst",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "naam",
                    models.CharField(
                        help_text="Zo staat de organisatie op de pagina waar u kiest.",
                        max_length=120,
                        verbose_name="naam",
                    ),
                ),
                (
                    "issuer",
                    models.CharField(
                        help_text="Het adres van de dienst, bijvoorbeeld https://login.voorbeeld.nl.",
                        max_length=300,
                        verbose_name="issuer",
                    ),
                ),
                ("client_id", models.CharField(max_length=200, verbose_name="client-id")),
                (
                    "bewijs",
                    models.CharField(
                        choices=[
                            ("client_secret_basic", "Geheim, in de kopregel (client_secret_basic)"),
                            ("client_secret_post", "Geheim, in het formulier (client_secret_post)"),
                            ("private_key_jwt", "Privésleutel (private_key_jwt)"),
                        ],
                        default="client_secret_basic",
                        max_length=24,
                        verbose_name="bewijs",
                    ),
                ),
                (
                    "geheim",
                    ips_subsidie.opslag.velden.VersleuteldTekstVeld(editable=False, verbose_name="geheim"),
                ),
                (
                    "acr_waarden",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        blank=True,
                        default=list,
                        help_text="Waarden voor inloggen met een tweede factor, met komma’s ertussen. Een andere acr wordt geweigerd.",
                        size=None,
                        verbose_name="acr-waarden",
                    ),
                ),
                (
                    "amr_waarden",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=50),
                        blank=True,
                        default=list,
                        help_text="Minstens één van deze manieren van inloggen moet gebruikt zijn, bijvoorbeeld mfa.",
                        size=None,
                        verbose_name="amr-waarden",
                    ),
                ),
                (
                    "hoogstens_minuten",
                    models.PositiveSmallIntegerField(
                        blank=True,
                        default=720,
                        help_text="Leeg: het portaal vraagt de dienst niet wanneer iemand daar inlogde.",
                        null=True,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(720),
                        ],
                        verbose_name="hoogstens zo lang geleden ingelogd (minuten)",
                    ),
                ),
                (
                    "uitloggen_bij_dienst",
                    models.BooleanField(
                        default=True,
                        help_text="Wie in het portaal uitlogt, gaat door naar de uitlogpagina van de dienst.",
                        verbose_name="ook uitloggen bij de dienst",
                    ),
                ),
                ("actief", models.BooleanField(default=False, verbose_name="actief")),
                (
                    "verplicht",
                    models.BooleanField(
                        default=False,
                        help_text="Wie bij deze organisatie werkt, kan voor haar niet meer met een wachtwoord inloggen. Is de dienst langer weg, zet dit dan tijdelijk uit.",
                        verbose_name="verplicht",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inlogdiensten",
                        to="toegang.organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "inlogdienst",
                "verbose_name_plural": "inlogdiensten",
                "ordering": ("naam", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Identiteit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sub", models.CharField(max_length=255, verbose_name="nummer bij de dienst (sub)")),
                ("gekoppeld_op", models.DateTimeField(verbose_name="gekoppeld op")),
                ("beeindigd_op", models.DateTimeField(blank=True, null=True, verbose_name="beëindigd op")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identiteiten",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "inlogdienst",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="identiteiten",
                        to="toegang.inlogdienst",
                    ),
                ),
            ],
            options={
                "verbose_name": "identiteit",
                "verbose_name_plural": "identiteiten",
                "ordering": ("-gekoppeld_op", "-pk"),
            },
        ),
        migrations.AddIndex(
            model_name="inlogdienst",
            index=models.Index(fields=["organisatie", "actief"], name="inlogdienst_per_organisatie"),
        ),
        migrations.AddConstraint(
            model_name="inlogdienst",
            constraint=models.UniqueConstraint(
                fields=("issuer", "client_id"),
                name="inlogdienst_eenmalig",
                violation_error_message="Deze client-id van deze dienst staat er al.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inlogdienst",
            constraint=models.CheckConstraint(
                condition=models.Q(("verplicht", False), ("actief", True), _connector="OR"),
                name="inlogdienst_verplicht_is_actief",
                violation_error_message="Een inlogdienst die uit staat, kan niet verplicht zijn.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inlogdienst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("acr_waarden", []), _negated=True),
                    models.Q(("amr_waarden", []), _negated=True),
                    _connector="OR",
                ),
                name="inlogdienst_eist_factor",
                violation_error_message="Vul minstens één acr-waarde of één amr-waarde in: anders is een wachtwoord alleen genoeg om in te loggen.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inlogdienst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hoogstens_minuten__isnull", True),
                    ("hoogstens_minuten__range", (1, 720)),
                    _connector="OR",
                ),
                name="inlogdienst_hoogstens_een_dag",
                violation_error_message="Kies 1 tot en met 720 minuten.",
            ),
        ),
        migrations.AddConstraint(
            model_name="inlogdienst",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("issuer__regex", "^https?://[^?#\\s]+$"), models.Q(("client_id", ""), _negated=True)
                ),
                name="inlogdienst_adres_klopt",
                violation_error_message="Vul een issuer in zonder vraagteken of hekje, en een client-id.",
            ),
        ),
        migrations.AddIndex(
            model_name="identiteit",
            index=models.Index(fields=["-gekoppeld_op", "-id"], name="identiteit_nieuwste_eerst"),
        ),
        migrations.AddConstraint(
            model_name="identiteit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("beeindigd_op__isnull", True)),
                fields=("inlogdienst", "sub"),
                name="identiteit_een_gebruiker",
            ),
        ),
        migrations.AddConstraint(
            model_name="identiteit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("beeindigd_op__isnull", True)),
                fields=("inlogdienst", "gebruiker"),
                name="identiteit_een_nummer",
            ),
        ),
        migrations.AddConstraint(
            model_name="identiteit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("beeindigd_op__isnull", True),
                    ("beeindigd_op__gte", models.F("gekoppeld_op")),
                    _connector="OR",
                ),
                name="identiteit_einde_na_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="identiteit",
            constraint=models.CheckConstraint(
                condition=models.Q(("sub", ""), _negated=True), name="identiteit_heeft_nummer"
            ),
        ),
        migrations.RunSQL(BEWAAK, TERUG),
    ]
