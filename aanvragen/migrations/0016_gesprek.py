"""The conversation of a dossier: messages and what was read of them, both written once.

The last line for them stands here too: nobody writes to a party that may not see the dossier, or for another party
than their own; an answer goes to no more readers than the question had.
"""

import uuid

import django.contrib.postgres.fields
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen

KANTEN = [("instelling", "Ggz-instelling"), ("gemeente", "Gemeente"), ("uwv", "UWV")]
CODES = [code for code, _ in KANTEN]

REGELS = """
CREATE FUNCTION aanvragen_gesprek_hoort_bij(kant varchar, organisatie uuid, dossier uuid) RETURNS boolean
LANGUAGE sql STABLE SET search_path = public, pg_temp AS $$
  SELECT CASE kant
    WHEN 'instelling' THEN EXISTS (
      SELECT FROM aanvragen_aanvraag a JOIN aanvragen_ggzinstelling i ON i.id = a.instelling_id
        WHERE a.id = dossier AND i.organisatie_id = organisatie)
    WHEN 'gemeente' THEN EXISTS (
      SELECT FROM toegang_organisatie o WHERE o.id = organisatie AND o.soort IN ('gemeente', 'samenwerkingsverband'))
    ELSE EXISTS (SELECT FROM toegang_organisatie o WHERE o.id = organisatie AND o.soort = 'uwv')
  END
$$;

CREATE FUNCTION aanvragen_gesprek_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
  a record;
BEGIN
  SELECT ontvangen_op, beslisser, budget_gevraagd_op, gemeente_organisatie_id INTO a
    FROM aanvragen_aanvraag WHERE id = NEW.aanvraag_id;
  IF NOT NEW.kant = ANY (NEW.zichtbaar_voor)
     OR (NEW.soort = 'vraag' AND NOT NEW.antwoord_van = ANY (NEW.zichtbaar_voor))
     OR (SELECT count(DISTINCT lezer) FROM unnest(NEW.zichtbaar_voor) lezer) <> cardinality(NEW.zichtbaar_voor)
  THEN
    RAISE EXCEPTION 'Gespreksbericht %: de lezers kloppen niet.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'gesprek_lezers_kloppen', TABLE = 'aanvragen_gespreksbericht';
  END IF;
  IF ('uwv' = ANY (NEW.zichtbaar_voor)
      AND (a.ontvangen_op IS NULL OR (a.beslisser <> 'uwv' AND a.budget_gevraagd_op IS NULL)))
     OR ('gemeente' = ANY (NEW.zichtbaar_voor) AND a.gemeente_organisatie_id IS NULL)
  THEN
    RAISE EXCEPTION 'Gespreksbericht %: niet iedereen die dit leest, mag het dossier zien.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'gesprek_lezer_ziet_dossier',
            TABLE = 'aanvragen_gespreksbericht';
  END IF;
  IF NOT aanvragen_gesprek_hoort_bij(NEW.kant, NEW.organisatie_id, NEW.aanvraag_id) THEN
    RAISE EXCEPTION 'Gespreksbericht %: de afzender is niet van deze partij.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'gesprek_afzender_hoort_erbij',
            TABLE = 'aanvragen_gespreksbericht';
  END IF;
  IF NEW.antwoord_op_id IS NOT NULL AND NOT EXISTS (
    SELECT FROM aanvragen_gespreksbericht v WHERE v.id = NEW.antwoord_op_id AND v.aanvraag_id = NEW.aanvraag_id
      AND v.soort = 'vraag' AND v.zichtbaar_voor @> NEW.zichtbaar_voor)
  THEN
    RAISE EXCEPTION 'Gespreksbericht %: dit is geen antwoord op een vraag die deze lezers kennen.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'gesprek_antwoord_past', TABLE = 'aanvragen_gespreksbericht';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER gesprek_past BEFORE INSERT ON aanvragen_gespreksbericht
  FOR EACH ROW EXECUTE FUNCTION aanvragen_gesprek_past();

CREATE FUNCTION aanvragen_gelezen_past() RETURNS trigger
LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
BEGIN
  IF NOT aanvragen_gesprek_hoort_bij(NEW.kant, NEW.organisatie_id, NEW.aanvraag_id) THEN
    RAISE EXCEPTION 'Leesbevestiging %: de lezer is niet van deze partij.', NEW.id
      USING ERRCODE = 'check_violation', CONSTRAINT = 'gelezen_hoort_erbij', TABLE = 'aanvragen_gelezen';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER gelezen_past BEFORE INSERT ON aanvragen_gelezen
  FOR EACH ROW EXECUTE FUNCTION aanvragen_gelezen_past();

-- What was read is a message of this dossier.
ALTER TABLE aanvragen_gelezen ADD CONSTRAINT gelezen_tot_een_bericht
  FOREIGN KEY (aanvraag_id, tot) REFERENCES aanvragen_gespreksbericht (aanvraag_id, volgnummer);

ALTER TABLE aanvragen_gespreksbericht ENABLE ALWAYS TRIGGER gesprek_past;
ALTER TABLE aanvragen_gelezen ENABLE ALWAYS TRIGGER gelezen_past;
REVOKE ALL ON FUNCTION aanvragen_gesprek_hoort_bij(varchar, uuid, uuid), aanvragen_gesprek_past(),
  aanvragen_gelezen_past() FROM PUBLIC, app;
"""

TERUG = """
ALTER TABLE aanvragen_gelezen DROP CONSTRAINT gelezen_tot_een_bericht;
DROP TRIGGER gelezen_past ON aanvragen_gelezen;
DROP TRIGGER gesprek_past ON aanvragen_gespreksbericht;
DROP FUNCTION aanvragen_gelezen_past();
DROP FUNCTION aanvragen_gesprek_past();
DROP FUNCTION aanvragen_gesprek_hoort_bij(varchar, uuid, uuid);
"""


class Migration(migrations.Migration):
    dependencies = [
        ("aanvragen", "0015_dwangsom_en_intrekking"),
        ("opslag", "0002_alleen_toevoegen"),
        ("toegang", "0004_functie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Gespreksbericht",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("volgnummer", models.PositiveIntegerField(verbose_name="volgnummer")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("vraag", "Vraag"),
                            ("antwoord", "Antwoord"),
                            ("mededeling", "Bericht"),
                            ("notitie", "Interne notitie"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                (
                    "kant",
                    models.CharField(choices=KANTEN, max_length=12, verbose_name="van welke partij"),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("tekst", models.TextField(max_length=4000, verbose_name="tekst")),
                (
                    "zichtbaar_voor",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12), size=None, verbose_name="wie dit leest"
                    ),
                ),
                (
                    "antwoord_van",
                    models.CharField(blank=True, choices=KANTEN, max_length=12, verbose_name="wie antwoordt"),
                ),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gesprek",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "afzender",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "antwoord_op",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="antwoorden",
                        to="aanvragen.gespreksbericht",
                        verbose_name="antwoord op",
                    ),
                ),
                (
                    "bestand",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gespreksbericht",
                        to="opslag.bestand",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "gespreksbericht",
                "verbose_name_plural": "gespreksberichten",
                "ordering": ("aanvraag", "volgnummer"),
                "constraints": [
                    models.UniqueConstraint(
                        fields=("aanvraag", "volgnummer"), name="gesprek_volgnummer_eenmaal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("soort__in", ["vraag", "antwoord", "mededeling", "notitie"])),
                        name="gesprek_soort_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kant__in", CODES)), name="gesprek_kant_bekend"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tekst", ""), _negated=True), name="gesprek_met_tekst"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("zichtbaar_voor__contained_by", CODES)),
                        name="gesprek_lezers_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("soort", "notitie"), ("zichtbaar_voor__len", 1)),
                            models.Q(
                                models.Q(("soort", "notitie"), _negated=True), ("zichtbaar_voor__len__gte", 2)
                            ),
                            _connector="OR",
                        ),
                        name="gesprek_notitie_alleen_eigen",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("antwoord_van__in", CODES),
                                ("soort", "vraag"),
                                models.Q(("antwoord_van", models.F("kant")), _negated=True),
                            ),
                            models.Q(models.Q(("soort", "vraag"), _negated=True), ("antwoord_van", "")),
                            _connector="OR",
                        ),
                        name="gesprek_vraag_aan_een_ander",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("antwoord_op__isnull", False), ("soort", "antwoord")),
                            models.Q(
                                models.Q(("soort", "antwoord"), _negated=True), ("antwoord_op__isnull", True)
                            ),
                            _connector="OR",
                        ),
                        name="gesprek_antwoord_op_een_vraag",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Gelezen",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("kant", models.CharField(choices=KANTEN, max_length=12, verbose_name="welke partij")),
                ("tot", models.PositiveIntegerField(verbose_name="gelezen tot en met volgnummer")),
                ("op", models.DateTimeField(verbose_name="op")),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gelezen",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="toegang.organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "leesbevestiging",
                "verbose_name_plural": "leesbevestigingen",
                "ordering": ("aanvraag", "organisatie", "tot"),
                "indexes": [models.Index(fields=["aanvraag", "kant", "tot"], name="gelezen_per_kant")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("aanvraag", "organisatie", "tot"), name="gelezen_eenmaal"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("kant__in", CODES)), name="gelezen_kant_bekend"
                    ),
                ],
            },
        ),
        migrations.RunSQL(sql=REGELS, reverse_sql=TERUG),
        alleen_toevoegen("aanvragen_gespreksbericht"),
        alleen_toevoegen("aanvragen_gelezen"),
    ]
