import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from ips_subsidie.opslag.triggers import alleen_toevoegen

# Of before only the number of days was kept: they stand at the begin of the term, and end on the same last day.
OVERNEMEN = """
INSERT INTO aanvragen_opschorting (aanvraag_id, soort, uitgenodigd_op, hervat_op, reden)
SELECT id, 'aanvulling', dag, dag + opgeschort_dagen + 1, 'Het aantal dagen is overgenomen.'
FROM aanvragen_aanvraag, LATERAL (SELECT (ontvangen_op AT TIME ZONE 'Europe/Amsterdam')::date AS dag) d
WHERE opgeschort_dagen > 0;
INSERT INTO aanvragen_opschorting (aanvraag_id, soort, uitgenodigd_op, reden)
SELECT id, 'aanvulling', aanvulling_gevraagd_op, ''
FROM aanvragen_aanvraag WHERE status = 'onvolledig' AND aanvulling_gevraagd_op IS NOT NULL;
"""

# What came in late because of a storing is granted only after an official accepted it (Awb 2:21).
NA_STORING = """
CREATE FUNCTION aanvragen_verlening_na_storing() RETURNS trigger
LANGUAGE plpgsql SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    IF NEW.soort = 'verlening'
        AND (SELECT na_storing FROM aanvragen_aanvraag WHERE id = NEW.aanvraag_id)
        AND NOT EXISTS (
            SELECT FROM aanvragen_storingsoordeel WHERE aanvraag_id = NEW.aanvraag_id AND aanvaard
        )
    THEN
        RAISE EXCEPTION 'Deze aanvraag kwam na het tijdvak binnen en is niet aanvaard.'
            USING ERRCODE = 'check_violation', CONSTRAINT = 'besluit_verlening_na_storing';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER verlening_na_storing BEFORE INSERT ON aanvragen_besluit
    FOR EACH ROW EXECUTE FUNCTION aanvragen_verlening_na_storing();
ALTER TABLE aanvragen_besluit ENABLE ALWAYS TRIGGER verlening_na_storing;
"""
NA_STORING_WEG = """
DROP TRIGGER verlening_na_storing ON aanvragen_besluit;
DROP FUNCTION aanvragen_verlening_na_storing();
"""


class Migration(migrations.Migration):
    """Which parts to mend, each suspension, a besluit put off, proof of receipt, what is late after a storing."""

    dependencies = [
        ("opslag", "0002_alleen_toevoegen"),
        ("aanvragen", "0012_gemeentetoets"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="aanvraag",
            name="aanvulling_punten",
            field=models.JSONField(
                blank=True, default=list, verbose_name="wat het formulier vraagt en ontbreekt"
            ),
        ),
        migrations.CreateModel(
            name="Ontvangst",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("aanvraag", "Aanvraag"),
                            ("aanvulling", "Aanvulling"),
                            ("bezwaar", "Bezwaar"),
                            ("zienswijze", "Zienswijze"),
                            ("ingebrekestelling", "Ingebrekestelling"),
                        ],
                        max_length=20,
                        verbose_name="soort",
                    ),
                ),
                ("ontvangen_op", models.DateTimeField(verbose_name="ontvangen op")),
                ("sha256", models.CharField(max_length=64, verbose_name="vingerafdruk")),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ontvangsten",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "kopie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ontvangst",
                        to="aanvragen.brief",
                    ),
                ),
            ],
            options={
                "verbose_name": "ontvangst",
                "verbose_name_plural": "ontvangsten",
                "ordering": ("-ontvangen_op", "-pk"),
            },
        ),
        migrations.CreateModel(
            name="Opschorting",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("aanvulling", "Wachten op een aanvulling (Awb 4:15, eerste lid)"),
                            ("instemming", "De aanvrager stemt ermee in (Awb 4:15, tweede lid, onder a)"),
                            ("overmacht", "Overmacht (Awb 4:15, tweede lid, onder c)"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                ("uitgenodigd_op", models.DateField(verbose_name="dag van de vraag")),
                (
                    "hervat_op",
                    models.DateField(blank=True, null=True, verbose_name="dag waarop de termijn weer loopt"),
                ),
                ("reden", models.TextField(blank=True, max_length=1000, verbose_name="reden")),
                (
                    "aanvraag",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opschortingen",
                        to="aanvragen.aanvraag",
                    ),
                ),
                (
                    "door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "opschorting",
                "verbose_name_plural": "opschortingen",
                "ordering": ("uitgenodigd_op", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("hervat_op__isnull", True),
                            ("hervat_op__gte", models.F("uitgenodigd_op")),
                            _connector="OR",
                        ),
                        name="opschorting_eindigt_na_begin",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("hervat_op__isnull", True)),
                        fields=("aanvraag",),
                        name="opschorting_een_tegelijk",
                        violation_error_message="De beslistermijn staat al stil.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Storingsoordeel",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("aanvaard", models.BooleanField(verbose_name="alsnog op tijd")),
                ("motivering", models.TextField(max_length=2000, verbose_name="motivering")),
                ("op", models.DateTimeField(verbose_name="op")),
                (
                    "aanvraag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="storingsoordeel",
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
                    "storing",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="oordelen",
                        to="aanvragen.storing",
                    ),
                ),
            ],
            options={
                "verbose_name": "oordeel na een storing",
                "verbose_name_plural": "oordelen na een storing",
                "ordering": ("-op", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("aanvaard", False), ("storing__isnull", False), _connector="OR"),
                        name="storingsoordeel_op_grond_van_een_storing",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Verdaging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateField(verbose_name="medegedeeld op")),
                ("tot", models.DateField(verbose_name="beslissen voor of op")),
                ("reden", models.TextField(max_length=2000, verbose_name="waarom")),
                (
                    "aanvraag",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verdaging",
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
            ],
            options={
                "verbose_name": "verdaging",
                "verbose_name_plural": "verdagingen",
                "ordering": ("-op", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("tot__gt", models.F("op"))), name="verdaging_naar_later"
                    )
                ],
            },
        ),
        alleen_toevoegen("aanvragen_ontvangst"),
        alleen_toevoegen("aanvragen_storingsoordeel"),
        migrations.RunSQL(OVERNEMEN, migrations.RunSQL.noop),
        migrations.RemoveField(
            model_name="aanvraag",
            name="opgeschort_dagen",
        ),
        migrations.RunSQL(NA_STORING, NA_STORING_WEG),
    ]
