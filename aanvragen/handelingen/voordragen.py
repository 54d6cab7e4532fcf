"""The voordracht: a gemeente begins, the instelling stays aanvrager (S0; T48)."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.urls import reverse

from aanvragen.handelingen.dossier import eis_tekst
from aanvragen.handelingen.invullen import nieuw_concept
from aanvragen.models import Aanvraag, Deelnemer, GgzInstelling, Voordracht
from aanvragen.models.aanvraag import Initiatief
from aanvragen.regels.statussen import VoordrachtStatus
from budget.models import Regeling
from gemeenten.models import Gemeente, gemeenten_voor
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol


@handeling(
    "voordracht.doen",
    titel="Inwoner voordragen",
    door=GEMEENTEROLLEN,
    maakt="aanvragen.voordracht",
)
def doen(
    actor: Actor,
    *,
    gemeente: Gemeente,
    instelling: GgzInstelling,
    bsn: str,
    voorletters: str,
    achternaam: str,
    geboortedatum: date,
    uitkering: str,
    akkoord_op: date,
    contact_naam: str,
    contact_telefoon: str,
    nu: datetime,
) -> Voordracht:
    """Propose an inwoner, who agreed, to an instelling that offers IPS. No health data (domain text, 1.6)."""
    redenen = []
    if not gemeenten_voor(actor).filter(pk=gemeente.pk).exists():
        redenen.append(
            Reden(
                "niet_uw_gemeente",
                "U kunt alleen inwoners van uw eigen gemeente voordragen.",
                veld="gemeente",
            )
        )
    if not GgzInstelling.objects.biedt_ips_op(datum_van(nu)).filter(pk=instelling.pk).exists():
        redenen.append(
            Reden("geen_ips", "Deze instelling biedt nu geen IPS. Kies een andere.", veld="instelling")
        )
    if akkoord_op > datum_van(nu):
        redenen.append(Reden("akkoord", "De inwoner moet al akkoord zijn.", veld="akkoord_op"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    assert actor.organisatie is not None
    voordracht = Voordracht.objects.create(
        gemeente=gemeente, organisatie=actor.organisatie, instelling=instelling, bsn=bsn,
        voorletters=voorletters, achternaam=achternaam, geboortedatum=geboortedatum, uitkering=uitkering,
        akkoord_op=akkoord_op, contact_naam=contact_naam, contact_telefoon=contact_telefoon,
        gedaan_op=nu, gedaan_door=actor.persoon,
    )  # fmt: skip
    _meld(
        voordracht,
        instelling.organisatie_id,
        INSTELLINGSROLLEN,
        "voordracht_gedaan",
        "Een gemeente draagt iemand voor: reageer",
        nu,
    )
    return voordracht


@handeling(
    "voordracht.aannemen",
    titel="Aannemen en aanvraag beginnen",
    op=Voordracht,
    van=[VoordrachtStatus.GEDAAN],
    naar=VoordrachtStatus.AANGENOMEN,
    door=INSTELLINGSROLLEN,
    knop="primair",
)
def aannemen(voordracht: Voordracht, actor: Actor, *, regeling: Regeling, nu: datetime) -> Aanvraag:
    """Begin the aanvraag with what the gemeente gave. From here it is the gemeente route, as any other."""
    aanvraag = nieuw_concept(regeling, voordracht.instelling, actor, nu, Initiatief.GEMEENTE)
    aanvraag.gemeente = voordracht.gemeente
    aanvraag.uitkering = voordracht.uitkering
    route = aanvraag.inhoud.route_bij_uitkering(voordracht.uitkering)
    aanvraag.route = route.code if route else ""
    aanvraag.save()
    Deelnemer.objects.create(
        aanvraag=aanvraag,
        bsn=voordracht.bsn,
        voorletters=voordracht.voorletters,
        achternaam=voordracht.achternaam,
        geboortedatum=voordracht.geboortedatum,
    )
    voordracht.aanvraag = aanvraag
    voordracht.beantwoord_op = nu
    _meld(
        voordracht,
        voordracht.organisatie_id,
        GEMEENTEROLLEN,
        "voordracht_aangenomen",
        "Een instelling nam uw voordracht aan",
        nu,
    )
    return aanvraag


@handeling(
    "voordracht.afwijzen",
    titel="Niet aannemen",
    op=Voordracht,
    van=[VoordrachtStatus.GEDAAN],
    naar=VoordrachtStatus.AFGEWEZEN,
    door=INSTELLINGSROLLEN,
    knop="gevaar",
)
def afwijzen(voordracht: Voordracht, actor: Actor, *, antwoord: str, nu: datetime) -> Voordracht:
    """Decline, with an answer that holds no health data."""
    eis_tekst(antwoord, "Schrijf kort een antwoord aan de gemeente.", veld="antwoord")
    voordracht.antwoord = antwoord
    voordracht.beantwoord_op = nu
    _meld(
        voordracht,
        voordracht.organisatie_id,
        GEMEENTEROLLEN,
        "voordracht_afgewezen",
        "Een instelling nam uw voordracht niet aan",
        nu,
    )
    return voordracht


@handeling(
    "voordracht.intrekken",
    titel="Voordracht intrekken",
    op=Voordracht,
    van=[VoordrachtStatus.GEDAAN],
    naar=VoordrachtStatus.INGETROKKEN,
    door=GEMEENTEROLLEN,
    knop="gevaar",
)
def intrekken(voordracht: Voordracht, actor: Actor, *, nu: datetime) -> Voordracht:
    """Withdraw a voordracht that was not answered yet."""
    _meld(
        voordracht,
        voordracht.instelling.organisatie_id,
        INSTELLINGSROLLEN,
        "voordracht_ingetrokken",
        "Een voordracht is ingetrokken",
        nu,
    )
    return voordracht


def _meld(
    voordracht: Voordracht,
    organisatie_id: UUID,
    rollen: tuple[Rol, ...],
    soort: str,
    titel: str,
    nu: datetime,
) -> None:
    plaats(
        [organisatie_id],
        rollen,
        soort=soort,
        titel=titel,
        pad=reverse("aanvragen:voordracht", args=[voordracht.pk]),
        onderwerp_id=f"{voordracht.pk}",
        nu=nu,
    )
