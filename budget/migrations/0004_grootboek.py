"""Tables of the grootboek, the limits through time, lotingen and uitzonderingen; rank without a silent number."""

import uuid
from datetime import UTC, date, datetime

import django.contrib.postgres.fields
import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0003_alleen_toevoegen"),
        ("gemeenten", "0002_gemeenten"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Boeking",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("mutatie", models.BigIntegerField(verbose_name="mutatie")),
                ("kenmerk", models.CharField(blank=True, max_length=20, verbose_name="dossier")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("plafond", "Grens vastgesteld of gewijzigd"),
                            ("gereserveerd", "Gereserveerd"),
                            ("verleend", "Verleend"),
                            ("vrijgegeven", "Vrijgegeven"),
                            ("uitzondering", "Boven de grens na een gegrond bezwaar"),
                            ("gecorrigeerd", "Gecorrigeerd"),
                        ],
                        max_length=12,
                        verbose_name="soort",
                    ),
                ),
                (
                    "van",
                    models.CharField(
                        choices=[
                            ("plafond", "Plafond"),
                            ("uitzondering", "Boven de grens"),
                            ("vrij", "Vrij"),
                            ("gereserveerd", "Gereserveerd"),
                            ("verleend", "Verleend"),
                        ],
                        max_length=12,
                        verbose_name="van",
                    ),
                ),
                (
                    "naar",
                    models.CharField(
                        choices=[
                            ("plafond", "Plafond"),
                            ("uitzondering", "Boven de grens"),
                            ("vrij", "Vrij"),
                            ("gereserveerd", "Gereserveerd"),
                            ("verleend", "Verleend"),
                        ],
                        max_length=12,
                        verbose_name="naar",
                    ),
                ),
                ("trajecten", models.PositiveIntegerField(verbose_name="trajecten")),
                ("cent", models.PositiveBigIntegerField(verbose_name="centen")),
                ("handeling", models.CharField(max_length=80, verbose_name="handeling")),
            ],
            options={
                "verbose_name": "boeking",
                "verbose_name_plural": "grootboek",
                "ordering": ("-op", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Controle",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("op", models.DateTimeField(verbose_name="op")),
                ("bevindingen", models.JSONField(default=list, verbose_name="bevindingen")),
            ],
            options={
                "verbose_name": "controle",
                "verbose_name_plural": "controles",
                "ordering": ("-op", "-id"),
            },
        ),
        migrations.CreateModel(
            name="Loting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("rang_op", models.DateTimeField(verbose_name="ontvangen op")),
                (
                    "status",
                    models.CharField(
                        choices=[("voorbereid", "Voorbereid"), ("getrokken", "Getrokken")],
                        default="voorbereid",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "deelnemers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        size=None,
                        verbose_name="deelnemers (kenmerken)",
                    ),
                ),
                ("zaad", models.CharField(blank=True, max_length=64, verbose_name="zaad")),
                (
                    "uitslag",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20),
                        blank=True,
                        default=list,
                        size=None,
                        verbose_name="uitslag, beste eerst",
                    ),
                ),
                ("voorbereid_op", models.DateTimeField(verbose_name="voorbereid op")),
                ("getrokken_op", models.DateTimeField(blank=True, null=True, verbose_name="getrokken op")),
            ],
            options={
                "verbose_name": "loting",
                "verbose_name_plural": "lotingen",
                "ordering": ("-voorbereid_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Potgrens",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("vanaf", models.DateTimeField(verbose_name="vanaf")),
                ("trajecten", models.PositiveIntegerField(null=True, verbose_name="grens in trajecten")),
                ("cent", models.PositiveBigIntegerField(null=True, verbose_name="grens in centen")),
            ],
            options={
                "verbose_name": "grens van een pot",
                "verbose_name_plural": "grenzen van potten",
                "ordering": ("pot", "vanaf"),
            },
        ),
        migrations.CreateModel(
            name="Uitzondering",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("bezwaar_kenmerk", models.CharField(max_length=40, verbose_name="kenmerk van het bezwaar")),
                ("beslist_op", models.DateField(verbose_name="datum van de beslissing op bezwaar")),
                ("motivering", models.TextField(max_length=5000, verbose_name="motivering")),
                ("voorgesteld_op", models.DateTimeField(verbose_name="voorgesteld op")),
                ("bevestigd_op", models.DateTimeField(blank=True, null=True, verbose_name="bevestigd op")),
            ],
            options={
                "verbose_name": "uitzondering na bezwaar",
                "verbose_name_plural": "uitzonderingen na bezwaar",
                "ordering": ("-voorgesteld_op", "id"),
            },
        ),
        migrations.AlterModelOptions(
            name="pot",
            options={
                "ordering": ("regeling", "soort", "periode", "route", "gemeente__naam"),
                "verbose_name": "pot",
                "verbose_name_plural": "potten",
            },
        ),
        migrations.AlterModelOptions(
            name="reservering",
            options={
                "ordering": ("rang_op", "volgnr"),
                "verbose_name": "reservering",
                "verbose_name_plural": "reserveringen",
            },
        ),
        migrations.RemoveConstraint(
            model_name="pot",
            name="pot_eenmalig",
        ),
        migrations.RemoveConstraint(
            model_name="pot",
            name="pot_niet_over_trajecten",
        ),
        migrations.RemoveConstraint(
            model_name="pot",
            name="pot_niet_over_cent",
        ),
        migrations.RemoveConstraint(
            model_name="reservering",
            name="reservering_status_bekend",
        ),
        migrations.RemoveConstraint(
            model_name="reservering",
            name="reservering_in_volgorde_met_rang",
        ),
        migrations.RemoveConstraint(
            model_name="reservering",
            name="reservering_een_traject_per_persoon",
        ),
        migrations.RemoveConstraint(
            model_name="reservering",
            name="reservering_volgnr_eenmalig",
        ),
        migrations.RemoveIndex(
            model_name="reservering",
            name="reservering_wachtrij",
        ),
        migrations.RemoveIndex(
            model_name="reservering",
            name="reservering_wachtrij_route",
        ),
        migrations.RemoveIndex(
            model_name="reservering",
            name="reservering_wachtrij_gemeente",
        ),
        migrations.RenameField(model_name="reservering", old_name="rang_volgnr", new_name="volgnr"),
        migrations.AddField(
            model_name="pot",
            name="gereserveerd_cent",
            field=models.PositiveBigIntegerField(default=0, verbose_name="gereserveerd in centen"),
        ),
        migrations.AddField(
            model_name="pot",
            name="gereserveerd_trajecten",
            field=models.PositiveIntegerField(default=0, verbose_name="gereserveerde trajecten"),
        ),
        migrations.AddField(
            model_name="pot",
            name="gestopt_rang_lot",
            field=models.PositiveIntegerField(blank=True, null=True, verbose_name="gestopt na lot"),
        ),
        migrations.AddField(
            model_name="pot",
            name="gestopt_rang_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="gestopt na rang"),
        ),
        migrations.AddField(
            model_name="pot",
            name="hoogste_cent",
            field=models.PositiveBigIntegerField(
                blank=True, null=True, verbose_name="hoogste grens in centen"
            ),
        ),
        migrations.AddField(
            model_name="pot",
            name="hoogste_trajecten",
            field=models.PositiveIntegerField(
                blank=True, null=True, verbose_name="hoogste grens in trajecten"
            ),
        ),
        migrations.AddField(
            model_name="pot",
            name="periode",
            field=models.CharField(blank=True, max_length=40, verbose_name="tijdvak"),
        ),
        migrations.AddField(
            model_name="pot",
            name="uitzondering_cent",
            field=models.PositiveBigIntegerField(default=0, verbose_name="centen boven de grens"),
        ),
        migrations.AddField(
            model_name="pot",
            name="uitzondering_trajecten",
            field=models.PositiveIntegerField(default=0, verbose_name="trajecten boven de grens"),
        ),
        migrations.AddField(
            model_name="pot",
            name="verlaagd_op",
            field=models.DateTimeField(blank=True, null=True, verbose_name="laatste verlaging"),
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="bron",
            field=models.CharField(
                blank=True, help_text="Bijvoorbeeld: Stcrt. 2019, 24003.", max_length=200, verbose_name="bron"
            ),
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="dubbel_traject",
            field=models.CharField(default="blokkeer", editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="gepubliceerd_op",
            field=models.DateField(default=date(2019, 4, 24), verbose_name="gepubliceerd op"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="grenzen",
            field=models.JSONField(default=list, editable=False, verbose_name="grenzen van de potten"),
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="tijdvakken",
            field=models.JSONField(default=list, editable=False, verbose_name="codes van de tijdvakken"),
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="grenzen_vanaf",
            field=models.DateTimeField(
                default=datetime(2019, 4, 24, tzinfo=UTC), editable=False, verbose_name="grenzen gelden vanaf"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="handeling",
            field=models.CharField(
                default="regeling.laden", editable=False, max_length=80, verbose_name="handeling"
            ),
        ),
        migrations.AddField(
            model_name="regelingversie",
            name="niet_passend_beleid",
            field=models.CharField(default="overslaan", editable=False, max_length=12),
        ),
        migrations.AddField(
            model_name="reservering",
            name="door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="reservering",
            name="gereserveerd_tot",
            field=models.DateTimeField(blank=True, null=True, verbose_name="gereserveerd tot"),
        ),
        migrations.AddField(
            model_name="reservering",
            name="gewijzigd_op",
            field=models.DateTimeField(
                default=datetime(2019, 4, 24, tzinfo=UTC), verbose_name="gewijzigd op"
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reservering",
            name="handeling",
            field=models.CharField(default="overgenomen", max_length=80, verbose_name="laatste handeling"),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="reservering",
            name="past_niet",
            field=models.BooleanField(default=False, verbose_name="paste niet"),
        ),
        migrations.AddField(
            model_name="reservering",
            name="rang_lot",
            field=models.PositiveIntegerField(
                blank=True, editable=False, null=True, verbose_name="rang na loting"
            ),
        ),
        migrations.AddField(
            model_name="reservering",
            name="tijdvak",
            field=models.CharField(default="2019", max_length=40, verbose_name="tijdvak"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="reservering",
            name="volgnr",
            field=models.BigIntegerField(
                db_default=models.Func(
                    models.Value("budget_rang"), function="nextval", output_field=models.BigIntegerField()
                ),
                editable=False,
                unique=True,
                verbose_name="volgnummer",
            ),
        ),
        migrations.AlterField(
            model_name="reservering",
            name="persoon",
            field=models.BinaryField(default=b"", verbose_name="wie"),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="reservering",
            name="status",
            field=models.CharField(
                choices=[
                    ("onvolledig", "Wacht op aanvulling"),
                    ("in_volgorde", "In volgorde van ontvangst"),
                    ("gereserveerd", "Budget gereserveerd"),
                    ("verleend", "Verleend"),
                    ("vervallen", "Vervallen"),
                    ("vrijgegeven", "Vrijgegeven"),
                ],
                max_length=12,
                verbose_name="status",
            ),
        ),
        migrations.AddIndex(
            model_name="reservering",
            index=models.Index(
                condition=models.Q(("status", "in_volgorde")),
                fields=["regeling", "rang_op", "rang_lot", "volgnr"],
                name="reservering_wachtrij",
            ),
        ),
        migrations.AddIndex(
            model_name="reservering",
            index=models.Index(
                condition=models.Q(("status", "in_volgorde")),
                fields=["regeling", "route", "rang_op", "rang_lot", "volgnr"],
                name="reservering_wachtrij_route",
            ),
        ),
        migrations.AddIndex(
            model_name="reservering",
            index=models.Index(
                condition=models.Q(("status", "in_volgorde")),
                fields=["regeling", "gemeente", "rang_op", "rang_lot", "volgnr"],
                name="reservering_wachtrij_gemeente",
            ),
        ),
        migrations.AddIndex(
            model_name="reservering",
            index=models.Index(fields=["regeling", "persoon"], name="reservering_per_persoon"),
        ),
        migrations.AddConstraint(
            model_name="pot",
            constraint=models.UniqueConstraint(
                fields=("regeling", "soort", "periode", "route", "gemeente"),
                name="pot_eenmalig",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="pot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hoogste_trajecten__isnull", True),
                    (
                        "hoogste_trajecten__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("verleend_trajecten"), "+", models.F("gereserveerd_trajecten")
                            ),
                            "-",
                            models.F("uitzondering_trajecten"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="pot_niet_over_trajecten",
                violation_error_message="Er zijn niet genoeg trajecten over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="pot",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("hoogste_cent__isnull", True),
                    (
                        "hoogste_cent__gte",
                        django.db.models.expressions.CombinedExpression(
                            django.db.models.expressions.CombinedExpression(
                                models.F("verleend_cent"), "+", models.F("gereserveerd_cent")
                            ),
                            "-",
                            models.F("uitzondering_cent"),
                        ),
                    ),
                    _connector="OR",
                ),
                name="pot_niet_over_cent",
                violation_error_message="Er is niet genoeg geld over.",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "status__in",
                        ["onvolledig", "in_volgorde", "gereserveerd", "verleend", "vervallen", "vrijgegeven"],
                    )
                ),
                name="reservering_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["in_volgorde", "gereserveerd", "verleend"]), _negated=True),
                    ("rang_op__isnull", False),
                    _connector="OR",
                ),
                name="reservering_in_volgorde_met_rang",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "gereserveerd"), _negated=True),
                    ("gereserveerd_tot__isnull", False),
                    _connector="OR",
                ),
                name="reservering_gereserveerd_met_termijn",
            ),
        ),
        migrations.AddConstraint(
            model_name="reservering",
            constraint=models.CheckConstraint(
                condition=models.Q(("handeling", ""), _negated=True), name="reservering_met_handeling"
            ),
        ),
        migrations.AddField(
            model_name="boeking",
            name="door",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="boeking",
            name="pot",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="boekingen",
                to="budget.pot",
            ),
        ),
        migrations.AddField(
            model_name="boeking",
            name="regeling",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="boekingen",
                to="budget.regeling",
            ),
        ),
        migrations.AddField(
            model_name="boeking",
            name="reservering",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="boekingen",
                to="budget.reservering",
            ),
        ),
        migrations.AddIndex(
            model_name="controle",
            index=models.Index(fields=["-op", "-id"], name="controle_nieuwste_eerst"),
        ),
        migrations.AddField(
            model_name="loting",
            name="getrokken_door",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="loting",
            name="regeling",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="lotingen", to="budget.regeling"
            ),
        ),
        migrations.AddField(
            model_name="loting",
            name="voorbereid_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="potgrens",
            name="pot",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="grenzen", to="budget.pot"
            ),
        ),
        migrations.AddField(
            model_name="potgrens",
            name="versie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="potgrenzen",
                to="budget.regelingversie",
            ),
        ),
        migrations.AddField(
            model_name="uitzondering",
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
            model_name="uitzondering",
            name="reservering",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="uitzondering",
                to="budget.reservering",
            ),
        ),
        migrations.AddField(
            model_name="uitzondering",
            name="voorgesteld_door",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddIndex(
            model_name="boeking",
            index=models.Index(fields=["regeling", "-op", "-id"], name="boeking_per_regeling"),
        ),
        migrations.AddIndex(
            model_name="boeking",
            index=models.Index(fields=["pot", "-op", "-id"], name="boeking_per_pot"),
        ),
        migrations.AddIndex(
            model_name="boeking",
            index=models.Index(fields=["regeling", "soort", "-op", "-id"], name="boeking_per_soort"),
        ),
        migrations.AddConstraint(
            model_name="boeking",
            constraint=models.CheckConstraint(
                condition=models.Q(("van", models.F("naar")), _negated=True), name="boeking_verplaatst_iets"
            ),
        ),
        migrations.AddConstraint(
            model_name="boeking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("naar__in", ["plafond", "uitzondering", "vrij", "gereserveerd", "verleend"]),
                    ("van__in", ["plafond", "uitzondering", "vrij", "gereserveerd", "verleend"]),
                ),
                name="boeking_rekening_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="boeking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "soort__in",
                        [
                            "plafond",
                            "gereserveerd",
                            "verleend",
                            "vrijgegeven",
                            "uitzondering",
                            "gecorrigeerd",
                        ],
                    ),
                    models.Q(("handeling", ""), _negated=True),
                ),
                name="boeking_met_handeling",
            ),
        ),
        migrations.AddConstraint(
            model_name="boeking",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort", "plafond"),
                    models.Q(("reservering__isnull", False), models.Q(("kenmerk", ""), _negated=True)),
                    _connector="OR",
                ),
                name="boeking_met_dossier",
            ),
        ),
        migrations.AddIndex(
            model_name="loting",
            index=models.Index(fields=["regeling", "-voorbereid_op", "id"], name="loting_per_regeling"),
        ),
        migrations.AddConstraint(
            model_name="loting",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["voorbereid", "getrokken"])), name="loting_status_bekend"
            ),
        ),
        migrations.AddConstraint(
            model_name="loting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "voorbereid"),
                    models.Q(
                        ("getrokken_door__isnull", False),
                        ("getrokken_op__isnull", False),
                        models.Q(("getrokken_door", models.F("voorbereid_door")), _negated=True),
                        models.Q(("zaad", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="loting_door_twee",
                violation_error_message="Wie de loting voorbereidde, mag haar niet ook trekken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="loting",
            constraint=models.UniqueConstraint(
                condition=models.Q(("status", "voorbereid")),
                fields=("regeling", "rang_op"),
                name="loting_een_tegelijk",
            ),
        ),
        migrations.AddIndex(
            model_name="potgrens",
            index=models.Index(fields=["pot", "vanaf"], name="potgrens_per_pot"),
        ),
        migrations.AddConstraint(
            model_name="uitzondering",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bevestigd_door__isnull", True), ("bevestigd_op__isnull", True)),
                    models.Q(
                        ("bevestigd_door__isnull", False),
                        ("bevestigd_op__isnull", False),
                        models.Q(("bevestigd_door", models.F("voorgesteld_door")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="uitzondering_door_twee",
                violation_error_message="Wie de uitzondering voorstelde, mag haar niet ook bevestigen.",
            ),
        ),
    ]
