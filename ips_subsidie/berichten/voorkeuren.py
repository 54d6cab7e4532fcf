"""How a person wants their mails. What the law demands is always mailed at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from ips_subsidie.berichten.groepen import Groep, Wijze
from ips_subsidie.berichten.models import Voorkeur
from ips_subsidie.logboek.models import Soort
from ips_subsidie.logboek.schrijven import Onderwerp, regel, schrijf
from ips_subsidie.toegang.actor import Actor

KIESBAAR = tuple(groep for groep in Groep if groep is not Groep.WETTELIJK)


def voorkeuren_van(actor: Actor) -> dict[Groep, Wijze]:
    """What this person chose for each group, or `direct`."""
    gekozen = dict(Voorkeur.objects.filter(gebruiker=actor.persoon).order_by().values_list("groep", "wijze"))
    return {groep: Wijze(gekozen.get(groep, Wijze.DIRECT)) for groep in KIESBAAR}


@transaction.atomic
def stel_in(actor: Actor, keuzes: Mapping[str, str], *, nu: datetime) -> None:
    """Choose for these groups. Raises ValidationError for what the law demands, and for what isn't there."""
    for groep, wijze in keuzes.items():
        if groep not in Groep.values or wijze not in Wijze.values:
            raise ValidationError("Kies een van de mogelijkheden uit de lijst.")
        if groep not in KIESBAAR and wijze != Wijze.DIRECT:
            raise ValidationError("Deze mails schrijft de wet voor. U kunt ze niet uitzetten.")
    Voorkeur.objects.bulk_create(
        [
            Voorkeur(gebruiker=actor.persoon, groep=groep, wijze=wijze, gewijzigd_op=nu)
            for groep, wijze in keuzes.items()
        ],
        update_conflicts=True,
        unique_fields=["gebruiker", "groep"],
        update_fields=["wijze", "gewijzigd_op"],
    )
    onderwerp = Onderwerp("berichten.voorkeur", str(actor.gebruiker_id))
    schrijf([regel(actor, Soort.HANDELING, "bericht.voorkeuren", onderwerp, op=nu, gegevens=dict(keuzes))])
