"""The end of a traject: stopbericht, verslag, vaststelling, and what is told of a gebeurtenis.

The last line for them stands here too: a traject stops with a stopbericht, a verslag comes after the end, what is
vastgesteld is what was proposed and no more than was verleend.
"""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen

REGELS = """
-- A traject has stopped if and only if there is a stopbericht that says so, of the same day.
CREATE FUNCTION aanvragen_eis_stopbericht(nummer uuid) RETURNS void
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
DECLARE
  t record;
  gemeld date;
BEGIN
  SELECT status, gestopt_op INTO t FROM aanvragen_traject WHERE id = nummer;
  IF NOT FOUND THEN
    RETURN;
  END IF;
  SELECT datum_einde INTO gemeld FROM aanvragen_stopbericht WHERE traject_id = nummer AND status <> 'herroepen';
  IF (CASE WHEN t.status = 'voortijdig_beeindigd' THEN t.gestopt_op END) IS DISTINCT FROM gemeld THEN
    RAISE EXCEPTION 'Traject % past niet bij het stopbericht: % en %.', nummer, t.gestopt_op, gemeld
      USING ERRCODE = 'check_violation', CONSTRAINT = 'traject_stopt_met_stopbericht', TABLE = 'aanvragen_traject';
  END IF;
END $$;

CREATE FUNCTION aanvragen_traject_stopt() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM aanvragen_eis_stopbericht(NEW.id);
  RETURN NULL;
END $$;

CREATE FUNCTION aanvragen_stopbericht_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  PERFORM aanvragen_eis_stopbericht(NEW.traject_id);
  RETURN NULL;
END $$;

-- Deferred: an act writes the one after the other.
CREATE CONSTRAINT TRIGGER traject_stopt_met_stopbericht AFTER UPDATE ON aanvragen_traject
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (OLD.status <> NEW.status OR OLD.gestopt_op IS DISTINCT FROM NEW.gestopt_op)
  EXECUTE FUNCTION aanvragen_traject_stopt();
CREATE CONSTRAINT TRIGGER stopbericht_met_traject AFTER INSERT OR UPDATE ON aanvragen_stopbericht
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION aanvragen_stopbericht_past();

-- A verslag comes after the end: of a traject that was stopped, or whose last day has passed in Amsterdam.
CREATE FUNCTION aanvragen_verslag_na_einde() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM aanvragen_traject t WHERE t.id = NEW.traject_id
      AND (t.status = 'voortijdig_beeindigd' AND t.gestopt_op <= (NEW.ingediend_op AT TIME ZONE 'Europe/Amsterdam')::date
           OR t.status = 'gestart' AND t.laatste_dag < (NEW.ingediend_op AT TIME ZONE 'Europe/Amsterdam')::date))
  THEN
    RAISE EXCEPTION 'Traject % is nog niet afgelopen: er kan nog geen verslag zijn.', NEW.traject_id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'verslag_na_het_einde', TABLE = 'aanvragen_beeindigingsverslag';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER verslag_na_het_einde BEFORE INSERT ON aanvragen_beeindigingsverslag
  FOR EACH ROW EXECUTE FUNCTION aanvragen_verslag_na_einde();

-- What is vastgesteld is what was proposed, never more than was verleend; and then it stays so.
CREATE FUNCTION aanvragen_vaststelling_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  dossier uuid;
  verleend bigint;
BEGIN
  IF TG_OP = 'UPDATE' AND OLD.status = 'vastgesteld' THEN
    RAISE EXCEPTION 'Vaststelling % is al gedaan en verandert niet meer.', OLD.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_ligt_vast', TABLE = 'aanvragen_vaststelling';
  END IF;
  SELECT t.aanvraag_id, b.bedrag_cent INTO dossier, verleend
    FROM aanvragen_traject t JOIN aanvragen_besluit b ON b.aanvraag_id = t.aanvraag_id AND b.soort = 'verlening'
    WHERE t.id = NEW.traject_id;
  IF verleend IS DISTINCT FROM NEW.verleend_cent THEN
    RAISE EXCEPTION 'Vaststelling %: er is % verleend, niet %.', NEW.id, verleend, NEW.verleend_cent
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_van_de_verlening', TABLE = 'aanvragen_vaststelling';
  END IF;
  IF NEW.besluit_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM aanvragen_besluit b WHERE b.id = NEW.besluit_id AND b.aanvraag_id = dossier
      AND b.soort = 'vaststelling' AND b.bedrag_cent = NEW.voorgesteld_cent AND b.opsteller_id = NEW.opsteller_id)
  THEN
    RAISE EXCEPTION 'Vaststelling %: het besluit zegt iets anders dan het voorstel.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'vaststelling_zoals_voorgesteld', TABLE = 'aanvragen_vaststelling';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER vaststelling_past BEFORE INSERT OR UPDATE ON aanvragen_vaststelling
  FOR EACH ROW EXECUTE FUNCTION aanvragen_vaststelling_past();

-- And no besluit of this soort without its vaststelling.
CREATE FUNCTION aanvragen_besluit_stelt_vast() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT EXISTS (SELECT FROM aanvragen_vaststelling v WHERE v.besluit_id = NEW.id AND v.status = 'vastgesteld') THEN
    RAISE EXCEPTION 'Besluit % stelt iets vast dat niet is voorbereid.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_met_vaststelling', TABLE = 'aanvragen_besluit';
  END IF;
  RETURN NULL;
END $$;
CREATE CONSTRAINT TRIGGER besluit_met_vaststelling AFTER INSERT ON aanvragen_besluit
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
  WHEN (NEW.soort = 'vaststelling') EXECUTE FUNCTION aanvragen_besluit_stelt_vast();

ALTER TABLE aanvragen_traject ENABLE ALWAYS TRIGGER traject_stopt_met_stopbericht;
ALTER TABLE aanvragen_stopbericht ENABLE ALWAYS TRIGGER stopbericht_met_traject;
ALTER TABLE aanvragen_beeindigingsverslag ENABLE ALWAYS TRIGGER verslag_na_het_einde;
ALTER TABLE aanvragen_vaststelling ENABLE ALWAYS TRIGGER vaststelling_past;
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER besluit_met_vaststelling;

REVOKE DELETE, TRUNCATE ON aanvragen_stopbericht, aanvragen_vaststelling FROM app;
REVOKE ALL ON FUNCTION aanvragen_eis_stopbericht(uuid), aanvragen_traject_stopt(), aanvragen_stopbericht_past(),
  aanvragen_verslag_na_einde(), aanvragen_vaststelling_past(), aanvragen_besluit_stelt_vast() FROM PUBLIC, app;
"""

TERUG = """
DROP TRIGGER besluit_met_vaststelling ON aanvragen_besluit;
DROP TRIGGER vaststelling_past ON aanvragen_vaststelling;
DROP TRIGGER verslag_na_het_einde ON aanvragen_beeindigingsverslag;
DROP TRIGGER stopbericht_met_traject ON aanvragen_stopbericht;
DROP TRIGGER traject_stopt_met_stopbericht ON aanvragen_traject;
DROP FUNCTION aanvragen_besluit_stelt_vast();
DROP FUNCTION aanvragen_vaststelling_past();
DROP FUNCTION aanvragen_verslag_na_einde();
DROP FUNCTION aanvragen_stopbericht_past();
DROP FUNCTION aanvragen_traject_stopt();
DROP FUNCTION aanvragen_eis_stopbericht(uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0009_mandaat_en_reservering"),
        ("gemeenten", "0003_mandaat"),
        ("opslag", "0002_alleen_toevoegen"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Beeindigingsverslag",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "uitkomst",
                    models.CharField(
                        choices=[
                            ("werk", "Betaald werk"),
                            ("opleiding", "Een opleiding"),
                            ("geen", "Geen werk en geen opleiding"),
                        ],
                        max_length=12,
                        verbose_name="wat het traject opleverde",
                    ),
                ),
                (
                    "sector",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("zorg", "Zorg en welzijn"),
                            ("horeca", "Horeca en toerisme"),
                            ("handel", "Winkels en groothandel"),
                            ("logistiek", "Vervoer en logistiek"),
                            ("industrie", "Industrie en techniek"),
                            ("bouw", "Bouw"),
                            ("schoonmaak", "Schoonmaak en facilitair"),
                            ("groen", "Landbouw en groen"),
                            ("ict", "Ict"),
                            ("zakelijk", "Kantoor en zakelijke diensten"),
                            ("overheid", "Overheid en onderwijs"),
                            ("cultuur", "Cultuur, sport en media"),
                            ("anders", "Iets anders"),
                        ],
                        max_length=16,
                        verbose_name="sector",
                    ),
                ),
                (
                    "uren_per_week",
                    models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="uren per week"),
                ),
                (
                    "contract",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("vast", "Vast contract"),
                            ("tijdelijk", "Tijdelijk contract"),
                            ("uitzend", "Via een uitzendbureau"),
                            ("oproep", "Oproepcontract"),
                            ("zelfstandig", "Als zelfstandige"),
                        ],
                        max_length=16,
                        verbose_name="soort contract",
                    ),
                ),
                ("opleiding", models.CharField(blank=True, max_length=120, verbose_name="opleiding")),
                ("begonnen_op", models.DateField(blank=True, null=True, verbose_name="begonnen op")),
                (
                    "reden_einde",
                    models.CharField(
                        choices=[
                            ("looptijd", "De looptijd is voorbij"),
                            ("werk", "De deelnemer heeft werk en heeft geen begeleiding meer nodig"),
                            ("keuze", "De deelnemer wil stoppen"),
                            ("niet_haalbaar", "Doorgaan is nu niet haalbaar"),
                            ("verhuisd", "De deelnemer is verhuisd"),
                            ("instelling", "De instelling kan het traject niet meer uitvoeren"),
                            ("anders", "Iets anders"),
                        ],
                        max_length=16,
                        verbose_name="reden van het einde",
                    ),
                ),
                ("activiteiten", models.TextField(max_length=3000, verbose_name="wat er is gedaan")),
                (
                    "vervolg",
                    models.TextField(blank=True, max_length=1000, verbose_name="welke steun er nog is"),
                ),
                ("ingediend_op", models.DateTimeField(verbose_name="ingediend op")),
            ],
            options={
                "verbose_name": "beëindigingsverslag",
                "verbose_name_plural": "beëindigingsverslagen",
                "ordering": ("-ingediend_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Stopbericht",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("verzonden", "Gemeld, nog niet bevestigd"),
                            ("bevestigd", "Bevestigd"),
                            ("verwerkt", "Verwerkt door UWV"),
                            ("herroepen", "Herroepen"),
                        ],
                        default="verzonden",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1, editable=False, verbose_name="versie")),
                ("datum_einde", models.DateField(verbose_name="laatste dag van het traject")),
                (
                    "reden",
                    models.CharField(
                        choices=[
                            ("werk", "De deelnemer heeft werk en heeft geen begeleiding meer nodig"),
                            ("keuze", "De deelnemer wil stoppen"),
                            ("niet_haalbaar", "Doorgaan is nu niet haalbaar"),
                            ("verhuisd", "De deelnemer is verhuisd"),
                            ("instelling", "De instelling kan het traject niet meer uitvoeren"),
                            ("anders", "Iets anders"),
                        ],
                        max_length=16,
                        verbose_name="reden",
                    ),
                ),
                ("toelichting", models.CharField(blank=True, max_length=300, verbose_name="toelichting")),
                ("gemeld_op", models.DateTimeField(verbose_name="gemeld op")),
                ("bevestigd_op", models.DateTimeField(blank=True, null=True, verbose_name="bevestigd op")),
                ("verwerkt_op", models.DateTimeField(blank=True, null=True, verbose_name="verwerkt op")),
                ("herroepen_op", models.DateTimeField(blank=True, null=True, verbose_name="herroepen op")),
                (
                    "herroep_reden",
                    models.TextField(blank=True, max_length=1000, verbose_name="waarom herroepen"),
                ),
            ],
            options={
                "verbose_name": "stopbericht",
                "verbose_name_plural": "stopberichten",
                "ordering": ("-gemeld_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Vaststelling",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("opgeschort", "Het traject loopt weer"),
                            ("verslag_gevraagd", "Wacht op het verslag"),
                            ("verslag_ontvangen", "Verslag ontvangen"),
                            ("voorgesteld", "Klaar voor besluit"),
                            ("voorgenomen_lager", "Voornemen om lager vast te stellen"),
                            ("vastgesteld", "Vastgesteld"),
                        ],
                        default="verslag_gevraagd",
                        max_length=20,
                        verbose_name="status",
                    ),
                ),
                ("versie", models.PositiveIntegerField(default=1, editable=False, verbose_name="versie")),
                ("verleend_cent", models.PositiveBigIntegerField(verbose_name="verleend bedrag in centen")),
                ("verslag_gevraagd_op", models.DateField(verbose_name="verslag gevraagd op")),
                ("verslag_uiterlijk", models.DateField(verbose_name="verslag voor of op")),
                (
                    "termijn_tot",
                    models.DateField(blank=True, null=True, verbose_name="verslag alsnog voor of op"),
                ),
                ("beslis_uiterlijk", models.DateField(verbose_name="beslissen voor of op")),
                (
                    "voorgesteld_cent",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="voorgesteld bedrag in centen"
                    ),
                ),
                (
                    "reden",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("niet_uitgevoerd", "Het traject is niet of niet helemaal uitgevoerd"),
                            ("verplichting", "Een verplichting bij de subsidie is niet nagekomen"),
                            ("onjuiste_gegevens", "Er waren onjuiste of onvolledige gegevens gegeven"),
                            ("onjuist_verleend", "De verlening was onjuist, en dat kon de instelling weten"),
                        ],
                        max_length=20,
                        verbose_name="reden",
                    ),
                ),
                ("motivering", models.TextField(blank=True, max_length=5000, verbose_name="motivering")),
                ("ambtshalve", models.BooleanField(default=False, verbose_name="ambtshalve")),
                (
                    "voorgesteld_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="voorgesteld op"),
                ),
                (
                    "voorgenomen_cent",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="bedrag in het voornemen"
                    ),
                ),
                (
                    "zienswijze_tot",
                    models.DateField(blank=True, null=True, verbose_name="zienswijze voor of op"),
                ),
                ("zienswijze", models.TextField(blank=True, max_length=5000, verbose_name="zienswijze")),
                (
                    "zienswijze_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="zienswijze ontvangen op"),
                ),
            ],
            options={
                "verbose_name": "vaststelling",
                "verbose_name_plural": "vaststellingen",
                "ordering": ("beslis_uiterlijk", "id"),
            },
        ),
        migrations.AddField(
            model_name="trajectgebeurtenis",
            name="begeleider_naam",
            field=models.CharField(blank=True, max_length=120, verbose_name="naam van de trajectbegeleider"),
        ),
        migrations.AddField(
            model_name="trajectgebeurtenis",
            name="contract",
            field=models.CharField(
                blank=True,
                choices=[
                    ("vast", "Vast contract"),
                    ("tijdelijk", "Tijdelijk contract"),
                    ("uitzend", "Via een uitzendbureau"),
                    ("oproep", "Oproepcontract"),
                    ("zelfstandig", "Als zelfstandige"),
                ],
                max_length=16,
                verbose_name="soort contract",
            ),
        ),
        migrations.AddField(
            model_name="trajectgebeurtenis",
            name="gemeente",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="gemeenten.gemeente",
            ),
        ),
        migrations.AddField(
            model_name="trajectgebeurtenis",
            name="sector",
            field=models.CharField(
                blank=True,
                choices=[
                    ("zorg", "Zorg en welzijn"),
                    ("horeca", "Horeca en toerisme"),
                    ("handel", "Winkels en groothandel"),
                    ("logistiek", "Vervoer en logistiek"),
                    ("industrie", "Industrie en techniek"),
                    ("bouw", "Bouw"),
                    ("schoonmaak", "Schoonmaak en facilitair"),
                    ("groen", "Landbouw en groen"),
                    ("ict", "Ict"),
                    ("zakelijk", "Kantoor en zakelijke diensten"),
                    ("overheid", "Overheid en onderwijs"),
                    ("cultuur", "Cultuur, sport en media"),
                    ("anders", "Iets anders"),
                ],
                max_length=16,
                verbose_name="sector",
            ),
        ),
        migrations.AddField(
            model_name="trajectgebeurtenis",
            name="uitkering",
            field=models.CharField(
                blank=True,
                choices=[
                    ("uwv", "Uitkering van UWV (bijvoorbeeld WIA, Wajong of Ziektewet)"),
                    ("bijstand", "Bijstand van de gemeente"),
                    ("ioaw", "IOAW (voor oudere werklozen)"),
                    ("ioaz", "IOAZ (voor oudere gewezen zelfstandigen)"),
                    ("beide", "Uitkering van UWV en bijstand"),
                    ("geen", "Geen uitkering"),
                ],
                max_length=12,
                verbose_name="uitkering",
            ),
        ),
        migrations.AddField(
            model_name="trajectgebeurtenis",
            name="uren_per_week",
            field=models.PositiveSmallIntegerField(blank=True, null=True, verbose_name="uren per week"),
        ),
        migrations.AlterField(
            model_name="trajectgebeurtenis",
            name="soort",
            field=models.CharField(
                choices=[
                    ("werkhervatting", "De deelnemer is begonnen met betaald werk"),
                    ("plaatsing", "De deelnemer is geplaatst: het werk houdt stand"),
                    ("verlies_baan", "De deelnemer is gestopt met werk"),
                    ("verhuizing", "De deelnemer is verhuisd naar een andere gemeente"),
                    ("wissel_begeleider", "Er is een andere trajectbegeleider"),
                    ("wijziging_uitkering", "De uitkering is veranderd"),
                ],
                max_length=24,
                verbose_name="wat er is gebeurd",
            ),
        ),
        migrations.AddIndex(
            model_name="trajectgebeurtenis",
            index=models.Index(fields=["traject", "-datum", "-id"], name="gebeurtenis_per_traject"),
        ),
        migrations.AddConstraint(
            model_name="trajectgebeurtenis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "werkhervatting",
                            "plaatsing",
                            "verlies_baan",
                            "verhuizing",
                            "wissel_begeleider",
                            "wijziging_uitkering",
                        ],
                    )
                ),
                name="gebeurtenis_soort_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectgebeurtenis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort", "werkhervatting"),
                    models.Q(("contract", ""), ("sector", ""), ("uren_per_week__isnull", True)),
                    _connector="OR",
                ),
                name="gebeurtenis_werk_bij_werkhervatting",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectgebeurtenis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("gemeente__isnull", True), ("soort", "verhuizing"), _connector="OR"),
                    models.Q(("uitkering", ""), ("soort", "wijziging_uitkering"), _connector="OR"),
                    models.Q(("begeleider_naam", ""), ("soort", "wissel_begeleider"), _connector="OR"),
                ),
                name="gebeurtenis_gegevens_bij_soort",
            ),
        ),
        migrations.AddConstraint(
            model_name="trajectgebeurtenis",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("uren_per_week__isnull", True), ("uren_per_week__range", (1, 60)), _connector="OR"
                ),
                name="gebeurtenis_uren_bestaan",
            ),
        ),
        migrations.AddField(
            model_name="beeindigingsverslag",
            name="ingediend_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="beeindigingsverslag",
            name="traject",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="verslag", to="aanvragen.traject"
            ),
        ),
        migrations.AddField(
            model_name="stopbericht",
            name="bevestigd_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="stopbericht",
            name="gemeld_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="stopbericht",
            name="herroepen_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="stopbericht",
            name="traject",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="stopberichten",
                to="aanvragen.traject",
            ),
        ),
        migrations.AddField(
            model_name="stopbericht",
            name="verwerkt_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="vaststelling",
            name="besluit",
            field=models.OneToOneField(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vaststelling",
                to="aanvragen.besluit",
            ),
        ),
        migrations.AddField(
            model_name="vaststelling",
            name="opsteller",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="vaststelling",
            name="traject",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="vaststelling",
                to="aanvragen.traject",
            ),
        ),
        migrations.AddConstraint(
            model_name="beeindigingsverslag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("begonnen_op__isnull", False),
                        ("contract__in", ["vast", "tijdelijk", "uitzend", "oproep", "zelfstandig"]),
                        ("opleiding", ""),
                        (
                            "sector__in",
                            [
                                "zorg",
                                "horeca",
                                "handel",
                                "logistiek",
                                "industrie",
                                "bouw",
                                "schoonmaak",
                                "groen",
                                "ict",
                                "zakelijk",
                                "overheid",
                                "cultuur",
                                "anders",
                            ],
                        ),
                        ("uitkomst", "werk"),
                        ("uren_per_week__range", (1, 60)),
                    ),
                    models.Q(
                        ("begonnen_op__isnull", False),
                        ("contract", ""),
                        ("sector", ""),
                        ("uitkomst", "opleiding"),
                        ("uren_per_week__isnull", True),
                        models.Q(("opleiding", ""), _negated=True),
                    ),
                    models.Q(
                        ("begonnen_op__isnull", True),
                        ("contract", ""),
                        ("opleiding", ""),
                        ("sector", ""),
                        ("uitkomst", "geen"),
                        ("uren_per_week__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="verslag_gegevens_bij_uitkomst",
            ),
        ),
        migrations.AddConstraint(
            model_name="beeindigingsverslag",
            constraint=models.CheckConstraint(
                condition=models.Q(("activiteiten", ""), _negated=True), name="verslag_met_activiteiten"
            ),
        ),
        migrations.AddConstraint(
            model_name="beeindigingsverslag",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "reden_einde__in",
                        ["looptijd", "werk", "keuze", "niet_haalbaar", "verhuisd", "instelling", "anders"],
                    )
                ),
                name="verslag_met_reden",
            ),
        ),
        migrations.AddIndex(
            model_name="stopbericht",
            index=models.Index(
                condition=models.Q(("status", "verzonden")),
                fields=["gemeld_op", "id"],
                name="stopbericht_te_bevestigen",
            ),
        ),
        migrations.AddIndex(
            model_name="stopbericht",
            index=models.Index(
                condition=models.Q(("status", "bevestigd")),
                fields=["gemeld_op", "id"],
                name="stopbericht_te_verwerken",
            ),
        ),
        migrations.AddConstraint(
            model_name="stopbericht",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["verzonden", "bevestigd", "verwerkt", "herroepen"])),
                name="stopbericht_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="stopbericht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reden__in", ["werk", "keuze", "niet_haalbaar", "verhuisd", "instelling", "anders"])
                ),
                name="stopbericht_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="stopbericht",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status__in", ("verzonden", "bevestigd", "verwerkt"))),
                fields=("traject",),
                name="stopbericht_een_per_traject",
                violation_error_message="Het stoppen van dit traject is al gemeld.",
            ),
        ),
        migrations.AddConstraint(
            model_name="stopbericht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "herroepen"),
                    models.Q(
                        ("bevestigd_op__isnull", True), ("status", "verzonden"), ("verwerkt_op__isnull", True)
                    ),
                    models.Q(
                        ("bevestigd_op__isnull", False),
                        ("status", "bevestigd"),
                        ("verwerkt_op__isnull", True),
                    ),
                    models.Q(
                        ("bevestigd_op__isnull", False),
                        ("status", "verwerkt"),
                        ("verwerkt_op__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="stopbericht_status_met_moment",
            ),
        ),
        migrations.AddConstraint(
            model_name="stopbericht",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("herroepen_door__isnull", False),
                        ("herroepen_op__isnull", False),
                        ("status", "herroepen"),
                        models.Q(("herroep_reden", ""), _negated=True),
                    ),
                    models.Q(
                        models.Q(("status", "herroepen"), _negated=True),
                        ("herroepen_door__isnull", True),
                        ("herroepen_op__isnull", True),
                    ),
                    _connector="OR",
                ),
                name="stopbericht_herroepen_met_reden",
            ),
        ),
        migrations.AddIndex(
            model_name="vaststelling",
            index=models.Index(
                condition=models.Q(
                    (
                        "status__in",
                        ("verslag_gevraagd", "verslag_ontvangen", "voorgesteld", "voorgenomen_lager"),
                    )
                ),
                fields=["beslis_uiterlijk", "id"],
                name="vaststelling_te_doen",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaststelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        [
                            "opgeschort",
                            "verslag_gevraagd",
                            "verslag_ontvangen",
                            "voorgesteld",
                            "voorgenomen_lager",
                            "vastgesteld",
                        ],
                    )
                ),
                name="vaststelling_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaststelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voorgesteld_cent__isnull", True),
                    ("voorgesteld_cent__lte", models.F("verleend_cent")),
                    _connector="OR",
                ),
                name="vaststelling_niet_boven_verleend",
                violation_error_message="Er kan niet meer worden vastgesteld dan er is verleend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaststelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("status__in", ["voorgesteld", "voorgenomen_lager", "vastgesteld"]), _negated=True
                    ),
                    models.Q(
                        ("opsteller__isnull", False),
                        ("voorgesteld_cent__isnull", False),
                        ("voorgesteld_op__isnull", False),
                        models.Q(("motivering", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="vaststelling_voorstel_is_heel",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaststelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("voorgesteld_cent__isnull", True),
                    ("voorgesteld_cent", models.F("verleend_cent")),
                    models.Q(
                        (
                            "reden__in",
                            ["niet_uitgevoerd", "verplichting", "onjuiste_gegevens", "onjuist_verleend"],
                        ),
                        ("voorgenomen_cent__lte", models.F("voorgesteld_cent")),
                        ("zienswijze_tot__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="vaststelling_lager_na_voornemen",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaststelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("besluit__isnull", False), ("status", "vastgesteld")),
                    models.Q(models.Q(("status", "vastgesteld"), _negated=True), ("besluit__isnull", True)),
                    _connector="OR",
                ),
                name="vaststelling_met_besluit",
            ),
        ),
        migrations.AddConstraint(
            model_name="vaststelling",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("verslag_uiterlijk__gte", models.F("verslag_gevraagd_op")),
                    models.Q(
                        ("termijn_tot__isnull", True),
                        ("termijn_tot__gt", models.F("verslag_uiterlijk")),
                        _connector="OR",
                    ),
                ),
                name="vaststelling_termijnen_op_volgorde",
            ),
        ),
        alleen_toevoegen("aanvragen_beeindigingsverslag"),
        migrations.RunSQL(REGELS, TERUG),
    ]
