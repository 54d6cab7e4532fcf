from datetime import date

from django.db import migrations

from gemeenten.laden import INDELING, Tabellen, laad_bestand

# Source: infosheet IPS-CMD 2019; together since 2017 for the scheme for EPA.
WERKBEDRIJF = "WerkBedrijf Rijk van Nijmegen"
WERKBEDRIJF_GEMEENTEN = {
    "0209": "Beuningen",
    "0225": "Druten",
    "0252": "Heumen",
    "0268": "Nijmegen",
    "0296": "Wijchen",
    "0944": "Mook en Middelaar",
    "1945": "Berg en Dal",
}
WERKBEDRIJF_VAN = date(2017, 1, 1)


def laad_gemeenten(apps, schema_editor):
    laad_bestand(
        INDELING,
        Tabellen(
            apps.get_model("gemeenten", "Gemeente"),
            apps.get_model("gemeenten", "GemeenteOpvolging"),
            apps.get_model("toegang", "Organisatie"),
        ),
    )


def laad_werkbedrijf(apps, schema_editor):
    organisatie, _ = apps.get_model("toegang", "Organisatie").objects.get_or_create(
        naam=WERKBEDRIJF, soort="samenwerkingsverband"
    )
    verband, _ = apps.get_model("gemeenten", "Samenwerkingsverband").objects.get_or_create(
        organisatie=organisatie
    )
    gemeente, deelname = apps.get_model("gemeenten", "Gemeente"), apps.get_model("gemeenten", "Deelname")
    for code in WERKBEDRIJF_GEMEENTEN:
        deelname.objects.get_or_create(
            verband=verband, gemeente=gemeente.objects.get(code=code), geldig_van=WERKBEDRIJF_VAN
        )


class Migration(migrations.Migration):
    dependencies = [("gemeenten", "0001_initial")]

    operations = [
        migrations.RunPython(laad_gemeenten, migrations.RunPython.noop),
        migrations.RunPython(laad_werkbedrijf, migrations.RunPython.noop),
    ]
