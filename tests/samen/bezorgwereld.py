"""The dossiers of test_bezorgen: `python -m tests.samen.bezorgwereld AANTAL`, in an empty, migrated database.

Half of them were taken up by Anna; Bert is her colleague, Daan reads once a day, Cora left.
"""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import django

PERSONEN = ("anna", "bert", "cora", "daan")


def maak(aantal: int) -> dict[str, str]:
    """Make them; returns the last day of their beslistermijn, and the instant at which a reminder is due."""
    from aanvragen.models import Aanvraag
    from ips_subsidie.berichten.models import Voorkeur
    from ips_subsidie.kalender.klok import klok_op
    from ips_subsidie.toegang.models import Gebruiker, Lidmaatschap
    from ips_subsidie.toegang.rollen import Rol
    from tests import fabriek
    from tests.prestaties.veel import vermenigvuldig

    with klok_op(fabriek.NU):
        wereld = fabriek.maak_wereld()
        eerste = fabriek.ingediend(wereld, route="uwv")
        laatste_dag = eerste.beslis_uiterlijk
        assert laatste_dag is not None
        vermenigvuldig(eerste, aantal - 1)
        Lidmaatschap.objects.filter(rol=Rol.UWV_BEOORDELAAR).update(geldig_tot=fabriek.NU.date())
        leden = {}
        for naam in PERSONEN:
            actor = fabriek.maak_actor(Rol.UWV_BEOORDELAAR, wereld.uwv, naam.title())
            Gebruiker.objects.filter(pk=actor.gebruiker_id).update(email=f"{naam}@voorbeeld.example")
            leden[naam] = actor
    Lidmaatschap.objects.filter(gebruiker=leden["cora"].persoon).update(geldig_tot=fabriek.NU.date())
    Voorkeur.objects.create(
        gebruiker=leden["daan"].persoon, groep="herinnering", wijze="dagelijks", gewijzigd_op=fabriek.NU
    )
    nummers = list(Aanvraag.objects.order_by("kenmerk").values_list("pk", flat=True))
    Aanvraag.objects.update(beslis_uiterlijk=laatste_dag)
    Aanvraag.objects.filter(pk__in=nummers[::2]).update(
        opgepakt_door=leden["anna"].persoon, opgepakt_op=fabriek.NU
    )
    return {"dag": str(laatste_dag - timedelta(days=10))}


if __name__ == "__main__":
    django.setup()
    print(json.dumps(maak(int(sys.argv[1]))))
