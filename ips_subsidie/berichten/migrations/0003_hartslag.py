"""The heartbeat of the worker, and one question about what waits: asked for nobody, so without anyone's rows."""

from django.db import migrations, models

# As the owner: readiness is asked without a login, and then the policies show no row.
HEEN = """
CREATE FUNCTION berichten_stand(OUT hartslag timestamptz, OUT oudste timestamptz)
LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
  SELECT (SELECT op FROM berichten_hartslag WHERE naam = 'werk'),
    least(
      (SELECT gemaakt_op FROM berichten_bericht WHERE uitgezet_op IS NULL ORDER BY id LIMIT 1),
      (SELECT volgende_poging_op FROM berichten_verzending WHERE status = 'klaar'
       ORDER BY volgende_poging_op, id LIMIT 1))
$$;
REVOKE ALL ON FUNCTION berichten_stand() FROM PUBLIC, app;
GRANT EXECUTE ON FUNCTION berichten_stand() TO app;
REVOKE DELETE, TRUNCATE ON berichten_hartslag FROM app;
"""
TERUG = "DROP FUNCTION berichten_stand();"


class Migration(migrations.Migration):
    dependencies = [("berichten", "0002_precies_een_keer")]

    operations = [
        migrations.CreateModel(
            name="Hartslag",
            fields=[
                (
                    "naam",
                    models.CharField(max_length=20, primary_key=True, serialize=False, verbose_name="naam"),
                ),
                ("op", models.DateTimeField(verbose_name="laatst geslagen op")),
            ],
            options={
                "verbose_name": "hartslag",
                "verbose_name_plural": "hartslagen",
                "ordering": ("naam",),
            },
        ),
        migrations.RunSQL(HEEN, TERUG),
    ]
