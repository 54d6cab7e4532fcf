"""One besluit in first instance, one verlening, one intrekking: also when an afwijzing is followed by a verlening."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("aanvragen", "0005_aanvulling_gevraagd_door")]

    operations = [
        migrations.RemoveConstraint(model_name="besluit", name="besluit_een_per_aanvraag"),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(
                    ("soort__in", ["verlening", "afwijzing", "buiten_behandeling"]),
                    ("vorig_besluit__isnull", True),
                ),
                fields=("aanvraag",),
                name="besluit_een_in_eerste_aanleg",
                violation_error_message="Over deze aanvraag is al beslist.",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("soort__in", ["afwijzing", "buiten_behandeling"]), _negated=True),
                    ("vorig_besluit__isnull", True),
                    _connector="OR",
                ),
                name="besluit_weigering_in_eerste_aanleg",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("soort", "verlening")),
                fields=("aanvraag",),
                name="besluit_een_verlening",
                violation_error_message="Deze aanvraag is al toegekend.",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.UniqueConstraint(
                condition=models.Q(("soort", "intrekking")),
                fields=("aanvraag",),
                name="besluit_een_intrekking",
                violation_error_message="Dit besluit is al ingetrokken.",
            ),
        ),
        migrations.AddConstraint(
            model_name="besluit",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("soort", "intrekking"), _negated=True),
                    ("vorig_besluit__isnull", False),
                    _connector="OR",
                ),
                name="besluit_intrekking_van_een_besluit",
            ),
        ),
    ]
