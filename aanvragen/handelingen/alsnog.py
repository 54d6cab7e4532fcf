"""After a gegrond bezwaar against a refusal: granted all the same, or treated anew with the rank it had.

Judged as at the primary moment (Awb 4:25 lid 3): whoever took the place since keeps it, and the place that was
refused wrongly comes on top. The ground of the refusal does not matter; only where there is no room does the engine
go beyond the limit, and says so in the grootboek. Part of `bezwaar.beslissen`; no acts of their own.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.urls import reverse

from aanvragen.handelingen.beslissen import SCHAARSTE
from aanvragen.handelingen.beslistermijn import termijn_van
from aanvragen.handelingen.besluit import verleen
from aanvragen.handelingen.dossier import (
    beslisser_naam,
    meld_beslisser,
    meld_betrokken_gemeente,
    meld_instelling,
    toestemming_van_toen,
)
from aanvragen.models import Aanvraag, Beoordeling, Besluit, Bezwaar
from aanvragen.models.besluit import BesluitSoort, Rechtsmiddel
from aanvragen.regels.statussen import AanvraagStatus, ToestemmingStatus
from budget.handelingen import uitzondering as uitzonderingen
from budget.models import Boeking, Pot, Rekening
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.brieven import gegevens as g
from ips_subsidie.handelingen.weigering import Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import OrganisatieSoort, Rol

TITEL_MAX = 200
# Who must know that more was granted than the limit.
_BOVEN_DE_GRENS = {
    OrganisatieSoort.UWV: (Rol.UWV_FINANCIEN, Rol.UWV_BESLISSER),
    OrganisatieSoort.MINISTERIE: (Rol.MINISTERIE,),
}


def bezwaren_tegen_alsnog(aanvraag: Aanvraag, weigering: Besluit) -> Iterable[Reden]:
    """Why this refusal can't become a grant."""
    # The gemeente pays her share: what she gave before the refusal counts again, what she withdrew does not.
    if aanvraag.inhoud.route(aanvraag.route).toestemming and toestemming_van_toen(aanvraag) is None:
        yield Reden(
            "geen_toestemming",
            "De gemeente had geen toestemming gegeven, of had die ingetrokken. Zonder toestemming van de gemeente "
            "kan deze aanvraag niet worden toegekend.",
            grond=True,
        )
    vol = was_ook_vol(aanvraag, weigering)
    if vol:
        waar = ", ".join(_potnaam(pot, aanvraag) for pot in vol)
        yield Reden(
            "was_ook_vol",
            f"Op de dag van de afwijzing was er ook geen plaats ({waar}). Toekennen kan dan niet, ook al was de grond "
            "van de afwijzing niet juist (artikel 4:25, derde lid, van de Awb).",
            grond=True,
        )


def was_ook_vol(aanvraag: Aanvraag, weigering: Besluit) -> list[Pot]:
    """Refused on another ground while it was full as well: the duty to refuse held then, and holds (Awb 4:25 lid 3)."""
    assert aanvraag.reservering is not None
    if weigering.soort == BesluitSoort.AFWIJZING and SCHAARSTE & set(weigering.gronden):
        return []  # that it was full is what the bezwaar was about
    return uitzonderingen.vol_op(aanvraag.reservering, weigering.bekendgemaakt_op)


def ken_toe(bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Besluit:
    """Grant as at the primary moment: a new besluit in the place of the refusal (T34).

    The toestemming of the gemeente that lapsed with the refusal counts again. Beyond a pot only where there is no
    room; then UWV and the ministerie hear of it.
    """
    assert aanvraag.reservering is not None
    stel_voor(bezwaar, aanvraag, actor, nu)
    uitzonderingen.bevestig(aanvraag.reservering, actor, nu)
    besluit = verleen(
        aanvraag,
        actor,
        toestemming_van_toen(aanvraag),
        motivering=bezwaar.motivering,
        nu=nu,
        opsteller_id=bezwaar.opsteller_id,
        vorig_besluit=bezwaar.besluit,
        rechtsmiddel=Rechtsmiddel.BEROEP,
        brief={
            "bezwaar": g.Bezwaar(
                afgewezen_op=bezwaar.besluit.dagtekening, gegrond_op=datum_van(nu), kenmerk=bezwaar.kenmerk
            )
        },
    )
    aanvraag.status = AanvraagStatus.TOEGEKEND
    titel = f"{beslisser_naam(aanvraag)} heeft een aanvraag na bezwaar alsnog toegekend"
    meld_instelling(aanvraag, "alsnog_toegekend", f"{titel}: start het traject", nu)
    meld_betrokken_gemeente(aanvraag, "alsnog_toegekend", titel, nu)
    meld_boven_de_grens(aanvraag, nu)
    return besluit


def heropen(bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime) -> None:
    """Treat the aanvraag anew, with the rank and the toestemming it had; the beslistermijn begins again.

    When it is granted in the end it may go beyond a pot, unless there was no room at the primary moment either.
    """
    assert aanvraag.reservering is not None
    stel_voor(bezwaar, aanvraag, actor, nu, boven_grens=not was_ook_vol(aanvraag, bezwaar.besluit))
    uitzonderingen.heropen(aanvraag.reservering, actor, nu)
    toestemming = toestemming_van_toen(aanvraag)
    if toestemming is not None:
        toestemming.status = ToestemmingStatus.GEBRUIKT
        toestemming.save(update_fields=["status"])
    # What was found before led to the refusal that is no more; the logboek keeps that it was done.
    Beoordeling.objects.filter(aanvraag=aanvraag).delete()
    aanvraag.opschortingen.filter(hervat_op__isnull=True).update(hervat_op=datum_van(nu))
    aanvraag.status = AanvraagStatus.IN_BEHANDELING
    aanvraag.beslist_op = None
    aanvraag.heropend_op = nu
    aanvraag.beslis_uiterlijk = termijn_van(aanvraag).laatste_dag
    aanvraag.hersteltermijn_tot = None
    aanvraag.opgepakt_door = aanvraag.opgepakt_op = None
    meld_beslisser(aanvraag, "heropend", "Bezwaar gegrond: behandel een aanvraag opnieuw", nu)
    meld_instelling(aanvraag, "heropend", "Een aanvraag wordt na bezwaar opnieuw behandeld", nu)
    meld_betrokken_gemeente(aanvraag, "heropend", "Een aanvraag wordt na bezwaar opnieuw behandeld", nu)


def stel_voor(
    bezwaar: Bezwaar, aanvraag: Aanvraag, actor: Actor, nu: datetime, *, boven_grens: bool = True
) -> None:
    """Say to the budget what the bezwaar says: who proposed it, and on which day it was decided."""
    assert aanvraag.reservering is not None
    assert bezwaar.voorgesteld_op is not None
    uitzonderingen.stel_voor(
        aanvraag.reservering,
        actor,
        bezwaar_kenmerk=bezwaar.kenmerk,
        beslist_op=datum_van(nu),
        motivering=bezwaar.motivering,
        nu=bezwaar.voorgesteld_op,
        boven_grens=boven_grens,
        door=bezwaar.opsteller,
    )


def meld_boven_de_grens(aanvraag: Aanvraag, nu: datetime) -> None:
    """Tell UWV and the ministerie of each pot where this went beyond the limit; no word of the client."""
    assert aanvraag.reservering is not None
    geboekt = Boeking.objects.filter(reservering=aanvraag.reservering, van=Rekening.UITZONDERING, op=nu)
    vol = [boeking.pot for boeking in geboekt.select_related("pot").order_by("pk")]
    if not vol:
        return
    # A pot of a tijdvak goes by the same name as that of the whole regeling.
    namen = dict.fromkeys(_potnaam(pot, aanvraag) for pot in vol)
    titel = f"Na een gegrond bezwaar is meer toegekend dan de grens: {', '.join(namen)}"
    for soort, rollen in _BOVEN_DE_GRENS.items():
        plaats(
            Organisatie.objects.filter(soort=soort).values_list("pk", flat=True),
            rollen,
            soort="boven_de_grens",
            titel=titel[:TITEL_MAX],
            pad=reverse("budget:overzicht"),
            onderwerp_id=str(aanvraag.pk),
            nu=nu,
        )


def _potnaam(pot: Pot, aanvraag: Aanvraag) -> str:
    if pot.gemeente_id is not None:
        return f"gemeente {aanvraag.gemeente}"
    return aanvraag.inhoud.route(pot.route).naam if pot.route else "hele regeling"
