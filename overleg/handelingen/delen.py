"""What the acts of the overleg share: who may be invited, which functie is asked for, and who is told."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q
from django.urls import reverse

from gemeenten.models import Deelname
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Functie, OrganisatieSoort
from overleg.models import Reeks

# A mail of each of a hundred meetings would be read by nobody; one of the series is.
_ROLLEN = {
    OrganisatieSoort.INSTELLING: INSTELLINGSROLLEN,
    OrganisatieSoort.GEMEENTE: GEMEENTEROLLEN,
    OrganisatieSoort.SAMENWERKINGSVERBAND: GEMEENTEROLLEN,
}


def uit_te_nodigen(organisatie: Organisatie, dag: date) -> list[Organisatie]:
    """Whom this gemeente or verband may invite on `dag`.

    The instellingen that offer IPS then, the gemeenten of the verband, and the verbanden that the gemeente is in.
    """
    from aanvragen.models import GgzInstelling

    deelnames = Deelname.objects.geldig_op(dag)
    van_het_verband = deelnames.filter(verband__organisatie=organisatie)
    van_de_gemeente = deelnames.filter(gemeente__organisatie=organisatie)
    mag = (
        Q(pk__in=GgzInstelling.objects.biedt_ips_op(dag).values("organisatie"))
        | Q(pk__in=van_het_verband.values("gemeente__organisatie"))
        | Q(pk__in=van_de_gemeente.values("verband__organisatie"))
    )
    return list(Organisatie.objects.filter(mag).exclude(pk=organisatie.pk).order_by("naam", "id"))


def eis_uitnodigbaar(gekozen: Iterable[Organisatie], organisatie: Organisatie, dag: date) -> None:
    """Raises HandelingGeweigerd when nobody is invited, or somebody who has nothing to do with this regio."""
    nummers = {een.pk for een in gekozen}
    if not nummers:
        raise HandelingGeweigerd(
            Reden("deelnemers", "Kies minstens een deelnemer aan het overleg.", veld="deelnemers")
        )
    if nummers - {een.pk for een in uit_te_nodigen(organisatie, dag)}:
        raise HandelingGeweigerd(
            Reden("deelnemers", "Kies alleen deelnemers uit de lijst.", veld="deelnemers")
        )


def eis_functie(actor: Actor, *functies: Functie) -> Iterable[Reden]:
    """The reason when the actor's functie is another; what it orders here is the work, not a right over dossiers."""
    if actor.functie not in functies:
        namen = " of ".join(functie.label for functie in functies)
        yield Reden(
            "functie",
            f"Dit doet wie de functie {namen} heeft. Een beslisser geeft een collega die functie bij “Collega’s”.",
        )


def meld_deelnemers(
    reeks: Reeks, actor: Actor, soort: str, titel: str, nu: datetime, *, naam: str, nummer: UUID
) -> None:
    """Tell the others who take part; `titel` names nobody, `naam` and `nummer` are those of the page."""
    anderen = reeks.deelnemers.filter(vertrokken_op__isnull=True).exclude(organisatie=actor.organisatie)
    for deelnemer in anderen.select_related("organisatie"):
        plaats(
            [deelnemer.organisatie_id],
            _ROLLEN[OrganisatieSoort(deelnemer.organisatie.soort)],
            soort=soort,
            titel=titel,
            pad=reverse(naam, args=[nummer]),
            onderwerp_id=str(nummer),
            nu=nu,
        )
