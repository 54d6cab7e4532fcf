import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.core.validators
import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("toegang", "0001_initial"),
    ]

    operations = [
        migrations.CreateModel(
            name="Gemeente",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("code", models.CharField(max_length=4, unique=True, verbose_name="CBS-code")),
                ("naam", models.CharField(max_length=80, verbose_name="naam")),
                ("provincie", models.CharField(max_length=20, verbose_name="provincie")),
                ("geldig_van", models.DateField(blank=True, null=True, verbose_name="geldig van")),
                (
                    "geldig_tot",
                    models.DateField(
                        blank=True,
                        help_text="De eerste dag waarop de gemeente niet meer bestaat.",
                        null=True,
                        verbose_name="geldig tot",
                    ),
                ),
                ("sorteernaam", models.CharField(editable=False, max_length=80)),
                ("zoektekst", models.CharField(editable=False, max_length=320)),
                (
                    "organisatie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="gemeente",
                        to="toegang.organisatie",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "gemeente",
                "verbose_name_plural": "gemeenten",
                "ordering": ("sorteernaam", "code"),
            },
        ),
        migrations.CreateModel(
            name="GemeenteOpvolging",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("datum", models.DateField(verbose_name="datum")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("fusie", "Fusie of toevoeging"),
                            ("splitsing", "Splitsing"),
                            ("grenscorrectie", "Grenscorrectie"),
                        ],
                        max_length=16,
                        verbose_name="soort",
                    ),
                ),
                (
                    "neemt_verplichtingen_over",
                    models.BooleanField(
                        default=False,
                        help_text="Bij een splitsing wijst de herindelingswet één gemeente aan (Wet arhi, artikel 44).",
                        verbose_name="neemt de verplichtingen over",
                    ),
                ),
                (
                    "naar",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="voorgangers",
                        to="gemeenten.gemeente",
                        verbose_name="naar",
                    ),
                ),
                (
                    "van",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="opvolgingen",
                        to="gemeenten.gemeente",
                        verbose_name="van",
                    ),
                ),
            ],
            options={
                "verbose_name": "opvolging",
                "verbose_name_plural": "opvolgingen",
                "ordering": ("datum", "van__sorteernaam", "naar__sorteernaam", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Samenwerkingsverband",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "organisatie",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="samenwerkingsverband",
                        to="toegang.organisatie",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "samenwerkingsverband",
                "verbose_name_plural": "samenwerkingsverbanden",
                "ordering": ("organisatie__naam", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Deelname",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("geldig_van", models.DateField(verbose_name="geldig van")),
                (
                    "geldig_tot",
                    models.DateField(
                        blank=True, help_text="De eerste dag erna.", null=True, verbose_name="geldig tot"
                    ),
                ),
                (
                    "voert_ips_uit",
                    models.BooleanField(
                        default=True,
                        help_text="Uit: de gemeente doet mee, maar handelt aanvragen voor IPS zelf af.",
                        verbose_name="voert IPS uit",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deelnames",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "verband",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deelnames",
                        to="gemeenten.samenwerkingsverband",
                    ),
                ),
            ],
            options={
                "verbose_name": "deelname",
                "verbose_name_plural": "deelnames",
                "ordering": ("verband", "gemeente__sorteernaam", "geldig_van", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Contactpersoon",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                ("functie", models.CharField(blank=True, max_length=120, verbose_name="functie")),
                ("email", models.EmailField(blank=True, max_length=254, verbose_name="e-mailadres")),
                (
                    "telefoon",
                    models.CharField(
                        blank=True,
                        max_length=20,
                        validators=[
                            django.core.validators.RegexValidator(
                                "^\\+?[0-9][0-9 ()-]{7,18}\\Z",
                                "Vul een telefoonnummer in, bijvoorbeeld 024 123 45 67.",
                            )
                        ],
                        verbose_name="telefoonnummer",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="contactpersonen",
                        to="toegang.organisatie",
                        verbose_name="organisatie",
                    ),
                ),
            ],
            options={
                "verbose_name": "contactpersoon",
                "verbose_name_plural": "contactpersonen",
                "ordering": ("organisatie", "naam", "pk"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", ""), ("telefoon", ""), _negated=True),
                        name="contactpersoon_bereikbaar",
                        violation_error_message="Vul een e-mailadres of een telefoonnummer in.",
                    )
                ],
            },
        ),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(("code__regex", "^[0-9]{4}$")), name="gemeente_code_vier_cijfers"
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeente",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_van__isnull", True),
                    ("geldig_tot__isnull", True),
                    ("geldig_tot__gt", models.F("geldig_van")),
                    _connector="OR",
                ),
                name="gemeente_einde_na_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeenteopvolging",
            constraint=models.UniqueConstraint(fields=("van", "naar"), name="opvolging_eenmalig"),
        ),
        migrations.AddConstraint(
            model_name="gemeenteopvolging",
            constraint=models.UniqueConstraint(
                condition=models.Q(("neemt_verplichtingen_over", True)),
                fields=("van",),
                name="opvolging_een_neemt_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeenteopvolging",
            constraint=models.CheckConstraint(
                condition=models.Q(("van", models.F("naar")), _negated=True), name="opvolging_door_een_ander"
            ),
        ),
        migrations.AddConstraint(
            model_name="gemeenteopvolging",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("neemt_verplichtingen_over", True), ("soort", "grenscorrectie"), _negated=True
                ),
                name="opvolging_grenscorrectie_draagt_niets_over",
            ),
        ),
        migrations.AddConstraint(
            model_name="deelname",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True), ("geldig_tot__gt", models.F("geldig_van")), _connector="OR"
                ),
                name="deelname_einde_na_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="deelname",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(("voert_ips_uit", True)),
                expressions=[
                    ("gemeente", "="),
                    (
                        models.Func(
                            "geldig_van",
                            "geldig_tot",
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="deelname_een_verband_voert_uit",
                violation_error_message="Voor deze gemeente voert in deze periode al een verband IPS uit.",
            ),
        ),
        migrations.AddConstraint(
            model_name="deelname",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("verband", "="),
                    ("gemeente", "="),
                    (
                        models.Func(
                            "geldig_van",
                            "geldig_tot",
                            models.Value("[)"),
                            function="daterange",
                            output_field=django.contrib.postgres.fields.ranges.DateRangeField(),
                        ),
                        "&&",
                    ),
                ],
                name="deelname_niet_dubbel",
                violation_error_message="Deze gemeente doet in deze periode al mee in dit verband.",
            ),
        ),
    ]
