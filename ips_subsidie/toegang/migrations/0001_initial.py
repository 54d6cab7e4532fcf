import uuid

import django.contrib.postgres.constraints
import django.contrib.postgres.fields.ranges
import django.db.models.deletion
import django.db.models.functions.text
import pgtrigger.compiler
import pgtrigger.migrations
from django.conf import settings
from django.contrib.postgres.operations import BtreeGistExtension
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("opslag", "0002_alleen_toevoegen"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("pghistory", "0007_auto_20250421_0444"),
    ]

    operations = [
        # gist over uuid and text, for the exclusion of a lidmaatschap that overlaps itself
        BtreeGistExtension(),
        migrations.CreateModel(
            name="Gebruiker",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                (
                    "is_superuser",
                    models.BooleanField(
                        default=False,
                        help_text="Designates that this user has all permissions without explicitly assigning them.",
                        verbose_name="superuser status",
                    ),
                ),
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254, unique=True, verbose_name="e-mailadres")),
                ("naam", models.CharField(max_length=120, verbose_name="naam")),
                ("is_active", models.BooleanField(default=True, verbose_name="actief")),
                ("is_staff", models.BooleanField(default=False, verbose_name="mag in het beheer")),
                (
                    "aangemaakt_op",
                    models.DateTimeField(editable=False, null=True, verbose_name="aangemaakt op"),
                ),
                (
                    "groups",
                    models.ManyToManyField(
                        blank=True,
                        help_text="The groups this user belongs to. A user will get all permissions granted to each of their groups.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.group",
                        verbose_name="groups",
                    ),
                ),
                (
                    "user_permissions",
                    models.ManyToManyField(
                        blank=True,
                        help_text="Specific permissions for this user.",
                        related_name="user_set",
                        related_query_name="user",
                        to="auth.permission",
                        verbose_name="user permissions",
                    ),
                ),
            ],
            options={
                "verbose_name": "gebruiker",
                "verbose_name_plural": "gebruikers",
                "ordering": ("naam", "email"),
            },
        ),
        migrations.CreateModel(
            name="Lidmaatschap",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("behandelaar", "Behandelaar"),
                            ("instellingsbeheerder", "Beheerder van de instelling"),
                            ("gemeentemedewerker", "Medewerker van de gemeente"),
                            ("gemeentebeslisser", "Beslisser van de gemeente"),
                            ("uwv_beoordelaar", "Beoordelaar bij UWV"),
                            ("uwv_beslisser", "Beslisser bij UWV"),
                            ("uwv_financien", "Financiën bij UWV"),
                            ("ministerie", "Ministerie"),
                            ("beheerder", "Beheerder"),
                        ],
                        max_length=24,
                        verbose_name="rol",
                    ),
                ),
                ("geldig_van", models.DateField(verbose_name="geldig van")),
                ("geldig_tot", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lidmaatschappen",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "lidmaatschap",
                "verbose_name_plural": "lidmaatschappen",
                "ordering": ("organisatie__naam", "rol", "pk"),
            },
        ),
        migrations.CreateModel(
            name="Organisatie",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("naam", models.CharField(max_length=200, verbose_name="naam")),
                (
                    "soort",
                    models.CharField(
                        choices=[
                            ("instelling", "Ggz-instelling"),
                            ("gemeente", "Gemeente"),
                            ("samenwerkingsverband", "Samenwerkingsverband"),
                            ("uwv", "UWV"),
                            ("ministerie", "Ministerie"),
                            ("beheer", "Beheer"),
                        ],
                        max_length=24,
                        verbose_name="soort",
                    ),
                ),
            ],
            options={
                "verbose_name": "organisatie",
                "verbose_name_plural": "organisaties",
                "ordering": ("naam", "id"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            (
                                "soort__in",
                                [
                                    "instelling",
                                    "gemeente",
                                    "samenwerkingsverband",
                                    "uwv",
                                    "ministerie",
                                    "beheer",
                                ],
                            )
                        ),
                        name="organisatie_soort_bekend",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="LidmaatschapGeschiedenis",
            fields=[
                ("pgh_id", models.AutoField(primary_key=True, serialize=False)),
                ("pgh_created_at", models.DateTimeField(auto_now_add=True)),
                ("pgh_label", models.TextField(help_text="The event label.")),
                ("id", models.BigIntegerField()),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("behandelaar", "Behandelaar"),
                            ("instellingsbeheerder", "Beheerder van de instelling"),
                            ("gemeentemedewerker", "Medewerker van de gemeente"),
                            ("gemeentebeslisser", "Beslisser van de gemeente"),
                            ("uwv_beoordelaar", "Beoordelaar bij UWV"),
                            ("uwv_beslisser", "Beslisser bij UWV"),
                            ("uwv_financien", "Financiën bij UWV"),
                            ("ministerie", "Ministerie"),
                            ("beheerder", "Beheerder"),
                        ],
                        max_length=24,
                        verbose_name="rol",
                    ),
                ),
                ("geldig_van", models.DateField(verbose_name="geldig van")),
                ("geldig_tot", models.DateField(blank=True, null=True, verbose_name="geldig tot")),
                (
                    "gebruiker",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "pgh_context",
                    models.ForeignKey(
                        db_constraint=False,
                        null=True,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        to="pghistory.context",
                    ),
                ),
                (
                    "pgh_obj",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="events",
                        to="toegang.lidmaatschap",
                    ),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.DO_NOTHING,
                        related_name="+",
                        related_query_name="+",
                        to="toegang.organisatie",
                    ),
                ),
            ],
            options={
                "abstract": False,
            },
        ),
        migrations.AddField(
            model_name="lidmaatschap",
            name="organisatie",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="lidmaatschappen",
                to="toegang.organisatie",
            ),
        ),
        migrations.CreateModel(
            name="Uitnodiging",
            fields=[
                (
                    "id",
                    models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False),
                ),
                ("email", models.EmailField(max_length=254, verbose_name="e-mailadres")),
                (
                    "rol",
                    models.CharField(
                        choices=[
                            ("behandelaar", "Behandelaar"),
                            ("instellingsbeheerder", "Beheerder van de instelling"),
                            ("gemeentemedewerker", "Medewerker van de gemeente"),
                            ("gemeentebeslisser", "Beslisser van de gemeente"),
                            ("uwv_beoordelaar", "Beoordelaar bij UWV"),
                            ("uwv_beslisser", "Beslisser bij UWV"),
                            ("uwv_financien", "Financiën bij UWV"),
                            ("ministerie", "Ministerie"),
                            ("beheerder", "Beheerder"),
                        ],
                        max_length=24,
                        verbose_name="rol",
                    ),
                ),
                ("gemaakt_op", models.DateTimeField(verbose_name="gemaakt op")),
                ("verloopt_op", models.DateTimeField(verbose_name="verloopt op")),
                ("gebruikt_op", models.DateTimeField(blank=True, null=True, verbose_name="gebruikt op")),
                (
                    "gemaild_op",
                    models.DateTimeField(blank=True, editable=False, null=True, verbose_name="gemaild op"),
                ),
                (
                    "organisatie",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="uitnodigingen",
                        to="toegang.organisatie",
                    ),
                ),
                (
                    "uitgenodigd_door",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "uitnodiging",
                "verbose_name_plural": "uitnodigingen",
                "ordering": ("-gemaakt_op", "pk"),
            },
        ),
        migrations.AddConstraint(
            model_name="gebruiker",
            constraint=models.UniqueConstraint(
                django.db.models.functions.text.Lower("email"), name="gebruiker_email_eenmalig"
            ),
        ),
        migrations.AddIndex(
            model_name="lidmaatschap",
            index=models.Index(fields=["organisatie", "rol"], name="lidmaatschap_per_rol"),
        ),
        migrations.AddConstraint(
            model_name="lidmaatschap",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("geldig_tot__isnull", True), ("geldig_tot__gte", models.F("geldig_van")), _connector="OR"
                ),
                name="lidmaatschap_einde_na_begin",
            ),
        ),
        migrations.AddConstraint(
            model_name="lidmaatschap",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                expressions=[
                    ("gebruiker", "="),
                    ("organisatie", "="),
                    ("rol", "="),
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
                name="lidmaatschap_niet_dubbel",
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lidmaatschap",
            trigger=pgtrigger.compiler.Trigger(
                name="insert_insert",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    func='INSERT INTO "toegang_lidmaatschapgeschiedenis" ("gebruiker_id", "geldig_tot", "geldig_van", "id", "organisatie_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol") VALUES (NEW."gebruiker_id", NEW."geldig_tot", NEW."geldig_van", NEW."id", NEW."organisatie_id", _pgh_attach_context(), NOW(), \'insert\', NEW."id", NEW."rol"); RETURN NULL;',
                    hash="d87ae290894c35ba540d147cef1e6df6495de229",
                    operation="INSERT",
                    pgid="pgtrigger_insert_insert_954e6",
                    table="toegang_lidmaatschap",
                    when="AFTER",
                ),
            ),
        ),
        pgtrigger.migrations.AddTrigger(
            model_name="lidmaatschap",
            trigger=pgtrigger.compiler.Trigger(
                name="update_update",
                sql=pgtrigger.compiler.UpsertTriggerSql(
                    condition="WHEN (OLD.* IS DISTINCT FROM NEW.*)",
                    func='INSERT INTO "toegang_lidmaatschapgeschiedenis" ("gebruiker_id", "geldig_tot", "geldig_van", "id", "organisatie_id", "pgh_context_id", "pgh_created_at", "pgh_label", "pgh_obj_id", "rol") VALUES (NEW."gebruiker_id", NEW."geldig_tot", NEW."geldig_van", NEW."id", NEW."organisatie_id", _pgh_attach_context(), NOW(), \'update\', NEW."id", NEW."rol"); RETURN NULL;',
                    hash="bd659d78c5157286e57e8ef86f2976b267a98f15",
                    operation="UPDATE",
                    pgid="pgtrigger_update_update_27f37",
                    table="toegang_lidmaatschap",
                    when="AFTER",
                ),
            ),
        ),
        migrations.AddConstraint(
            model_name="uitnodiging",
            constraint=models.CheckConstraint(
                condition=models.Q(("verloopt_op__gt", models.F("gemaakt_op"))),
                name="uitnodiging_verloopt_later",
            ),
        ),
    ]
