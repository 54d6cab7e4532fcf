import uuid

import django.db.models.deletion
import django.db.models.expressions
import django.db.models.functions.text
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("budget", "0008_regeling_b"),
        ("gemeenten", "0003_mandaat"),
        ("opslag", "0004_xml"),
        ("toegang", "0004_functie"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Betaalbatch",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("berichtnummer", models.CharField(max_length=35, unique=True, verbose_name="berichtnummer")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("gemaakt", "Klaar voor de bank"),
                            ("uitgevoerd", "Uitgevoerd"),
                            ("vervallen", "Vervallen"),
                        ],
                        default="gemaakt",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("aantal", models.PositiveIntegerField(verbose_name="aantal betalingen")),
                ("totaal_cent", models.PositiveBigIntegerField(verbose_name="totaal in centen")),
                ("uitvoeren_op", models.DateField(verbose_name="uitvoeren op")),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
                ("afgerond_op", models.DateTimeField(blank=True, null=True, verbose_name="afgerond op")),
                ("reden", models.CharField(blank=True, max_length=500, verbose_name="waarom vervallen")),
                (
                    "afgerond_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "bestand",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="opslag.bestand"
                    ),
                ),
                (
                    "gemaakt_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "betaalbatch",
                "verbose_name_plural": "betaalbatches",
                "ordering": ("-gemaakt_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Betaalverplichting",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "debiteur",
                    models.CharField(
                        choices=[("uwv", "UWV"), ("gemeente", "Gemeente")],
                        max_length=10,
                        verbose_name="wie betaalt",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("geblokkeerd", "Betalingen staan stil"),
                            ("afgesloten", "Afgesloten"),
                        ],
                        default="open",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("bedrag_cent", models.PositiveBigIntegerField(verbose_name="bedrag in centen")),
                (
                    "vastgesteld_cent",
                    models.PositiveBigIntegerField(
                        blank=True, null=True, verbose_name="vastgesteld in centen"
                    ),
                ),
                (
                    "gefactureerd_cent",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="gefactureerd in centen"
                    ),
                ),
                (
                    "betaald_cent",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="betaald in centen"
                    ),
                ),
                (
                    "teruggevorderd_cent",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="teruggevorderd in centen"
                    ),
                ),
                (
                    "inkooporder_nodig",
                    models.BooleanField(default=False, verbose_name="pas factureren na een inkooporder"),
                ),
                (
                    "betaaltermijn_dagen",
                    models.PositiveSmallIntegerField(default=30, verbose_name="betaaltermijn in dagen"),
                ),
                (
                    "geblokkeerd_om",
                    models.CharField(blank=True, max_length=300, verbose_name="waarom betalingen stilstaan"),
                ),
                ("ontstaan_op", models.DateTimeField(verbose_name="ontstaan op")),
                (
                    "crediteur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verplichtingen",
                        to="toegang.organisatie",
                    ),
                ),
                (
                    "gemeente",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verplichtingen",
                        to="gemeenten.gemeente",
                    ),
                ),
                (
                    "reservering",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="verplichtingen",
                        to="budget.reservering",
                    ),
                ),
            ],
            options={
                "verbose_name": "betaalverplichting",
                "verbose_name_plural": "betaalverplichtingen",
                "ordering": ("-ontstaan_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Betaalmoment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("volgnummer", models.PositiveSmallIntegerField(verbose_name="volgnummer")),
                ("code", models.CharField(max_length=40, verbose_name="code")),
                ("naam", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "bij",
                    models.CharField(
                        choices=[
                            ("verlening", "verlening"),
                            ("inkooporder", "inkooporder"),
                            ("start", "start"),
                            ("vaststelling", "vaststelling"),
                        ],
                        max_length=12,
                        verbose_name="opeisbaar bij",
                    ),
                ),
                ("bedrag_cent", models.PositiveBigIntegerField(verbose_name="bedrag in centen")),
                (
                    "gefactureerd_cent",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="gefactureerd in centen"
                    ),
                ),
                ("opeisbaar_op", models.DateField(blank=True, null=True, verbose_name="opeisbaar vanaf")),
                (
                    "verplichting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="betaalmomenten",
                        to="budget.betaalverplichting",
                    ),
                ),
            ],
            options={
                "verbose_name": "betaalmoment",
                "verbose_name_plural": "betaalmomenten",
                "ordering": ("verplichting", "volgnummer"),
            },
        ),
        migrations.CreateModel(
            name="Factuur",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                (
                    "soort",
                    models.CharField(
                        choices=[("factuur", "Factuur"), ("credit", "Creditfactuur")],
                        default="factuur",
                        max_length=8,
                        verbose_name="soort",
                    ),
                ),
                ("nummer", models.CharField(max_length=35, verbose_name="factuurnummer")),
                ("factuurdatum", models.DateField(verbose_name="factuurdatum")),
                (
                    "bedrag_cent",
                    models.PositiveBigIntegerField(verbose_name="bedrag in centen, inclusief btw"),
                ),
                ("btw_cent", models.PositiveBigIntegerField(default=0, verbose_name="waarvan btw in centen")),
                (
                    "gecrediteerd_cent",
                    models.PositiveBigIntegerField(
                        default=0, editable=False, verbose_name="gecrediteerd in centen"
                    ),
                ),
                ("betaald_cent", models.PositiveBigIntegerField(default=0, verbose_name="betaald in centen")),
                ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("in_controle", "In controle"),
                            ("gecontroleerd", "Gecontroleerd"),
                            ("goedgekeurd", "Goedgekeurd"),
                            ("afgekeurd", "Afgekeurd"),
                            ("betaald", "Betaald"),
                            ("gecorrigeerd", "Gecorrigeerd"),
                        ],
                        default="in_controle",
                        max_length=14,
                        verbose_name="status",
                    ),
                ),
                ("ontvangen_op", models.DateTimeField(verbose_name="ontvangen op")),
                ("betalen_uiterlijk", models.DateField(verbose_name="betalen uiterlijk")),
                (
                    "gecontroleerd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="gecontroleerd op"),
                ),
                (
                    "goedgekeurd_op",
                    models.DateTimeField(blank=True, null=True, verbose_name="goedgekeurd op"),
                ),
                (
                    "reden",
                    models.CharField(
                        blank=True, max_length=1000, verbose_name="reden van de afkeuring of het krediet"
                    ),
                ),
                ("betaald_op", models.DateField(blank=True, null=True, verbose_name="betaald op")),
                (
                    "bestand",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="opslag.bestand"
                    ),
                ),
                (
                    "betaalbatch",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facturen",
                        to="budget.betaalbatch",
                    ),
                ),
                (
                    "betaalmoment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facturen",
                        to="budget.betaalmoment",
                    ),
                ),
                (
                    "crediteert",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="creditfacturen",
                        to="budget.factuur",
                    ),
                ),
                (
                    "crediteur",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facturen",
                        to="toegang.organisatie",
                    ),
                ),
                (
                    "gecontroleerd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "goedgekeurd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ingediend_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verplichting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="facturen",
                        to="budget.betaalverplichting",
                    ),
                ),
            ],
            options={
                "verbose_name": "factuur",
                "verbose_name_plural": "facturen",
                "ordering": ("-ontvangen_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Inkooporder",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("nummer", models.CharField(max_length=30, unique=True, verbose_name="nummer")),
                ("bedrag_cent", models.PositiveBigIntegerField(verbose_name="bedrag in centen")),
                ("geplaatst_op", models.DateField(verbose_name="geplaatst op")),
                (
                    "geplaatst_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "reservering",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="inkooporder",
                        to="budget.reservering",
                    ),
                ),
            ],
            options={
                "verbose_name": "inkooporder",
                "verbose_name_plural": "inkooporders",
                "ordering": ("-geplaatst_op", "nummer"),
            },
        ),
        migrations.CreateModel(
            name="Terugvordering",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("bedrag_cent", models.PositiveBigIntegerField(verbose_name="bedrag in centen")),
                ("reden", models.CharField(max_length=500, verbose_name="reden")),
                (
                    "status",
                    models.CharField(
                        choices=[("open", "Open"), ("voldaan", "Voldaan"), ("ingetrokken", "Ingetrokken")],
                        default="open",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("ontstaan_op", models.DateTimeField(verbose_name="ontstaan op")),
                ("uiterlijk", models.DateField(verbose_name="betalen uiterlijk")),
                ("afgerond_op", models.DateField(blank=True, null=True, verbose_name="afgerond op")),
                ("toelichting", models.CharField(blank=True, max_length=1000, verbose_name="toelichting")),
                (
                    "afgerond_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "verplichting",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="terugvorderingen",
                        to="budget.betaalverplichting",
                    ),
                ),
            ],
            options={
                "verbose_name": "terugvordering",
                "verbose_name_plural": "terugvorderingen",
                "ordering": ("-ontstaan_op", "id"),
            },
        ),
        migrations.CreateModel(
            name="Bankrekening",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("iban", models.CharField(max_length=34, verbose_name="IBAN")),
                ("tenaamstelling", models.CharField(max_length=70, verbose_name="op naam van")),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("wacht", "Wacht op bevestiging"),
                            ("bevestigd", "Bevestigd"),
                            ("afgewezen", "Afgewezen"),
                            ("vervallen", "Vervallen"),
                        ],
                        default="wacht",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("vastgelegd_op", models.DateTimeField(verbose_name="vastgelegd op")),
                ("bevestigd_op", models.DateTimeField(blank=True, null=True, verbose_name="bevestigd op")),
                (
                    "reden",
                    models.CharField(blank=True, max_length=500, verbose_name="reden van de afwijzing"),
                ),
                (
                    "bevestigd_door",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bankrekeningen",
                        to="toegang.organisatie",
                    ),
                ),
                (
                    "vastgelegd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "bankrekening",
                "verbose_name_plural": "bankrekeningen",
                "ordering": ("-vastgelegd_op", "id"),
                "indexes": [
                    models.Index(fields=["-vastgelegd_op", "id"], name="bankrekening_nieuwste_eerst"),
                    models.Index(
                        condition=models.Q(("status", "wacht")),
                        fields=["vastgelegd_op", "id"],
                        name="bankrekening_wacht",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("status__in", ["wacht", "bevestigd", "afgewezen", "vervallen"])),
                        name="bankrekening_status_bekend",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("iban__regex", "^[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}$")),
                        name="bankrekening_iban_vorm",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "bevestigd"), _negated=True),
                            models.Q(
                                ("bevestigd_door__isnull", False),
                                ("bevestigd_op__isnull", False),
                                models.Q(("bevestigd_door", models.F("vastgelegd_door")), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="bankrekening_bevestigd_door_een_ander",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "bevestigd")),
                        fields=("organisatie",),
                        name="bankrekening_een_bevestigd",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("status", "wacht")),
                        fields=("organisatie",),
                        name="bankrekening_een_wacht",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="betaalbatch",
            index=models.Index(fields=["-gemaakt_op", "id"], name="betaalbatch_nieuwste_eerst"),
        ),
        migrations.AddConstraint(
            model_name="betaalbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["gemaakt", "uitgevoerd", "vervallen"])),
                name="betaalbatch_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(("aantal__gt", 0), ("totaal_cent__gt", 0)), name="betaalbatch_niet_leeg"
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalbatch",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("status", "gemaakt"),
                    models.Q(("afgerond_door__isnull", False), ("afgerond_op__isnull", False)),
                    _connector="OR",
                ),
                name="betaalbatch_afgerond_door_iemand",
            ),
        ),
        migrations.AddIndex(
            model_name="betaalverplichting",
            index=models.Index(fields=["crediteur", "-ontstaan_op", "id"], name="verplichting_per_crediteur"),
        ),
        migrations.AddIndex(
            model_name="betaalverplichting",
            index=models.Index(
                condition=models.Q(("debiteur", "uwv"), ("inkooporder_nodig", True), ("status", "open")),
                fields=["ontstaan_op", "id"],
                name="verplichting_te_bestellen",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.UniqueConstraint(
                fields=("reservering", "debiteur"), name="verplichting_een_per_debiteur"
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("debiteur__in", ["uwv", "gemeente"]),
                    ("status__in", ["open", "geblokkeerd", "afgesloten"]),
                ),
                name="verplichting_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(("bedrag_cent__gt", 0)), name="verplichting_bedrag_positief"
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(("gefactureerd_cent__lte", models.F("bedrag_cent"))),
                name="verplichting_niet_te_veel_factuur",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("vastgesteld_cent__isnull", True),
                    ("vastgesteld_cent__lte", models.F("bedrag_cent")),
                    _connector="OR",
                ),
                name="verplichting_vastgesteld_binnen_bedrag",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(("teruggevorderd_cent__lte", models.F("betaald_cent"))),
                name="verplichting_terug_binnen_betaald",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "betaald_cent__lte",
                        django.db.models.expressions.CombinedExpression(
                            models.F("bedrag_cent"), "+", models.F("teruggevorderd_cent")
                        ),
                    )
                ),
                name="verplichting_niet_te_veel_betaald",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalverplichting",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "geblokkeerd"), _negated=True),
                    models.Q(("geblokkeerd_om", ""), _negated=True),
                    _connector="OR",
                ),
                name="verplichting_geblokkeerd_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalmoment",
            constraint=models.UniqueConstraint(
                fields=("verplichting", "volgnummer"), name="betaalmoment_eenmalig"
            ),
        ),
        migrations.AddConstraint(
            model_name="betaalmoment",
            constraint=models.CheckConstraint(
                condition=models.Q(("gefactureerd_cent__lte", models.F("bedrag_cent"))),
                name="betaalmoment_niet_te_veel_factuur",
            ),
        ),
        migrations.AddIndex(
            model_name="factuur",
            index=models.Index(fields=["crediteur", "-ontvangen_op", "id"], name="factuur_per_crediteur"),
        ),
        migrations.AddIndex(
            model_name="factuur",
            index=models.Index(fields=["-ontvangen_op", "id"], name="factuur_nieuwste_eerst"),
        ),
        migrations.AddIndex(
            model_name="factuur",
            index=models.Index(
                condition=models.Q(("status__in", ["in_controle", "gecontroleerd"])),
                fields=["betalen_uiterlijk", "id"],
                name="factuur_te_doen",
            ),
        ),
        migrations.AddIndex(
            model_name="factuur",
            index=models.Index(
                condition=models.Q(("betaalbatch__isnull", True), ("status", "goedgekeurd")),
                fields=["betalen_uiterlijk", "id"],
                name="factuur_te_betalen",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.UniqueConstraint(
                models.F("crediteur"),
                django.db.models.functions.text.Upper("nummer"),
                name="factuur_nummer_eenmalig",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("soort__in", ["factuur", "credit"]),
                    (
                        "status__in",
                        [
                            "in_controle",
                            "gecontroleerd",
                            "goedgekeurd",
                            "afgekeurd",
                            "betaald",
                            "gecorrigeerd",
                        ],
                    ),
                ),
                name="factuur_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("bedrag_cent__gt", 0),
                    ("btw_cent__lte", models.F("bedrag_cent")),
                    models.Q(("nummer", ""), _negated=True),
                ),
                name="factuur_bedrag_positief",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("crediteert__isnull", True), ("soort", "factuur")),
                    models.Q(
                        ("betaalbatch__isnull", True),
                        ("betaald_cent", 0),
                        ("crediteert__isnull", False),
                        ("soort", "credit"),
                    ),
                    _connector="OR",
                ),
                name="factuur_credit_van_een_factuur",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(("gecrediteerd_cent__lte", models.F("bedrag_cent"))),
                name="factuur_credit_binnen_bedrag",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(("betaald_cent__lte", models.F("bedrag_cent"))),
                name="factuur_betaald_binnen_bedrag",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["gecontroleerd", "goedgekeurd", "betaald"]), _negated=True),
                    models.Q(("gecontroleerd_door__isnull", False), ("gecontroleerd_op__isnull", False)),
                    _connector="OR",
                ),
                name="factuur_gecontroleerd_door_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status__in", ["goedgekeurd", "betaald"]), _negated=True),
                    models.Q(("goedgekeurd_door__isnull", False), ("goedgekeurd_op__isnull", False)),
                    _connector="OR",
                ),
                name="factuur_goedgekeurd_door_iemand",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("goedgekeurd_door__isnull", True),
                    models.Q(("goedgekeurd_door", models.F("gecontroleerd_door")), _negated=True),
                    _connector="OR",
                ),
                name="factuur_goedgekeurd_door_een_ander",
                violation_error_message="Wie de factuur controleerde, mag haar niet ook goedkeuren.",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "betaald"), _negated=True),
                    models.Q(("betaald_cent__gt", 0), ("betaald_op__isnull", False)),
                    _connector="OR",
                ),
                name="factuur_betaald_met_dag",
            ),
        ),
        migrations.AddConstraint(
            model_name="factuur",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "afgekeurd"), _negated=True),
                    models.Q(("reden", ""), _negated=True),
                    _connector="OR",
                ),
                name="factuur_afgekeurd_met_reden",
            ),
        ),
        migrations.AddConstraint(
            model_name="inkooporder",
            constraint=models.CheckConstraint(
                condition=models.Q(("bedrag_cent__gt", 0)), name="inkooporder_bedrag_positief"
            ),
        ),
        migrations.AddConstraint(
            model_name="inkooporder",
            constraint=models.CheckConstraint(
                condition=models.Q(("nummer", ""), _negated=True), name="inkooporder_met_nummer"
            ),
        ),
        migrations.AddIndex(
            model_name="terugvordering",
            index=models.Index(fields=["-ontstaan_op", "id"], name="terugvordering_nieuwste_eerst"),
        ),
        migrations.AddConstraint(
            model_name="terugvordering",
            constraint=models.CheckConstraint(
                condition=models.Q(("status__in", ["open", "voldaan", "ingetrokken"])),
                name="terugvordering_status_bekend",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugvordering",
            constraint=models.CheckConstraint(
                condition=models.Q(("bedrag_cent__gt", 0), models.Q(("reden", ""), _negated=True)),
                name="terugvordering_bedrag_positief",
            ),
        ),
        migrations.AddConstraint(
            model_name="terugvordering",
            constraint=models.CheckConstraint(
                condition=models.Q(("status", "open"), ("afgerond_op__isnull", False), _connector="OR"),
                name="terugvordering_met_dag",
            ),
        ),
    ]
