"""After a gegrond bezwaar: a refused aanvraag granted all the same, by two officials, beyond a pot if need be.

Judged as at the primary moment (Awb 4:25 lid 3): whoever took the place since keeps it, and the place that was
refused wrongly comes on top. The ground of the refusal does not matter; only where there is no room does the engine
go beyond the limit, and says so in the grootboek.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from django.urls import reverse

from aanvragen.handelingen.beslissen import SCHAARSTE
from aanvragen.handelingen.besluit import in_mandaat, verleen
from aanvragen.handelingen.dossier import (
    behandelt,
    beslisser_naam,
    meld_beslisser,
    meld_betrokken_gemeente,
    meld_instelling,
    toestemming_van_toen,
)
from aanvragen.models import Aanvraag, Besluit, BesluitSoort
from aanvragen.regels.statussen import AanvraagStatus
from budget.handelingen import uitzondering as uitzonderingen
from budget.models import Boeking, Pot, Rekening, Uitzondering
from ips_subsidie.berichten.uitbak import plaats
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.models import Organisatie
from ips_subsidie.toegang.rollen import BESLISSERS, VOORBEREIDERS, OrganisatieSoort, Rol

KENMERK_MAX = 40
TITEL_MAX = 200
# Who must know that more was granted than the limit.
_BOVEN_DE_GRENS = {
    OrganisatieSoort.UWV: (Rol.UWV_FINANCIEN, Rol.UWV_BESLISSER),
    OrganisatieSoort.MINISTERIE: (Rol.MINISTERIE,),
}


def voorstel_van(aanvraag: Aanvraag) -> Uitzondering | None:
    """What was proposed after the bezwaar, and by whom."""
    return Uitzondering.objects.filter(reservering__aanvraag=aanvraag).first()


def afwijzing_van(aanvraag: Aanvraag) -> Besluit:
    """The refusal in first instance; every aanvraag that is afgewezen has one."""
    return aanvraag.besluiten.get(soort=BesluitSoort.AFWIJZING)


def _toestemming_herleeft(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """The gemeente pays her share: what she gave before the refusal counts again, what she withdrew does not."""
    if aanvraag.inhoud.route(aanvraag.route).toestemming and toestemming_van_toen(aanvraag) is None:
        yield Reden(
            "geen_toestemming",
            "De gemeente had geen toestemming gegeven, of had die ingetrokken. Zonder toestemming van de gemeente "
            "kan deze aanvraag niet worden toegekend.",
            grond=True,
        )


@handeling(
    "aanvraag.alsnog_voorstellen",
    titel="Alsnog toekennen voorstellen",
    op=Aanvraag,
    van=[AanvraagStatus.AFGEWEZEN],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_toestemming_herleeft],
)
def alsnog_voorstellen(
    aanvraag: Aanvraag, actor: Actor, *, bezwaar_kenmerk: str, beslist_op: date, motivering: str, nu: datetime
) -> Uitzondering:
    """Record that a bezwaar against the refusal was gegrond, and propose to grant after all (Awb 7:11, 4:25 lid 3).

    `beslist_op` is the day of the beslissing op bezwaar, not before the refusal and not in the future. A
    second proposal replaces the first, as long as nobody decided on it.
    """
    assert aanvraag.reservering is not None
    redenen = list(_bezwaren_tegen_voorstel(aanvraag, bezwaar_kenmerk, beslist_op, motivering, nu))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    voorstel = uitzonderingen.stel_voor(
        aanvraag.reservering,
        actor,
        bezwaar_kenmerk=bezwaar_kenmerk.strip(),
        beslist_op=beslist_op,
        motivering=motivering,
        nu=nu,
    )
    meld_beslisser(
        aanvraag,
        "alsnog_voorgesteld",
        "Bezwaar gegrond: neem het besluit om alsnog toe te kennen",
        nu,
        beslist=True,
    )
    return voorstel


def _bezwaren_tegen_voorstel(
    aanvraag: Aanvraag, kenmerk: str, beslist_op: date, motivering: str, nu: datetime
) -> Iterable[Reden]:
    if not kenmerk.strip():
        yield Reden("bezwaar_kenmerk", "Vul het kenmerk van het bezwaar in.", veld="bezwaar_kenmerk")
    elif len(kenmerk.strip()) > KENMERK_MAX:
        yield Reden(
            "bezwaar_kenmerk", f"Een kenmerk heeft hoogstens {KENMERK_MAX} tekens.", veld="bezwaar_kenmerk"
        )
    afgewezen = afwijzing_van(aanvraag).dagtekening
    if beslist_op > datum_van(nu):
        yield Reden("beslist_op", "Kies vandaag of een dag die is geweest.", veld="beslist_op")
    elif beslist_op < afgewezen:
        yield Reden(
            "beslist_op",
            f"De aanvraag is afgewezen op {afgewezen:%d-%m-%Y}. Over het bezwaar is daarna beslist.",
            veld="beslist_op",
        )
    if not motivering.strip():
        yield Reden("motivering", "Schrijf waarom het bezwaar gegrond is.", veld="motivering")
    yield from _was_ook_vol(aanvraag)


def _was_ook_vol(aanvraag: Aanvraag) -> Iterable[Reden]:
    """Refused on another ground while it was full as well: the duty to refuse held then, and holds (Awb 4:25 lid 3)."""
    assert aanvraag.reservering is not None
    afwijzing = afwijzing_van(aanvraag)
    if SCHAARSTE & set(afwijzing.gronden):
        return  # that it was full is what the bezwaar was about
    vol = uitzonderingen.vol_op(aanvraag.reservering, afwijzing.bekendgemaakt_op)
    if vol:
        waar = ", ".join(_potnaam(pot, aanvraag) for pot in vol)
        yield Reden(
            "was_ook_vol",
            f"Op de dag van de afwijzing was er ook geen plaats ({waar}). Toekennen kan dan niet, ook al was de grond "
            "van de afwijzing niet juist (artikel 4:25, derde lid, van de Awb).",
            grond=True,
        )


def _voorgesteld(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """A reviewer proposed it, and somebody else decides."""
    voorstel = voorstel_van(aanvraag)
    if voorstel is None:
        yield Reden(
            "niet_voorgesteld",
            "Er is nog geen voorstel. Een beoordelaar legt eerst vast dat het bezwaar gegrond is.",
        )
    elif voorstel.voorgesteld_door_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt dit zelf voorgesteld. Een collega moet het besluit nemen.")


def _niet_wie_weigerde(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """What came of a bezwaar is not for who took the besluit against which it was made (Awb 10:3 lid 3)."""
    if afwijzing_van(aanvraag).ondertekenaar_id == actor.gebruiker_id:
        yield Reden(
            "zelf_afgewezen", "U hebt deze aanvraag zelf afgewezen. Een collega moet dit besluit nemen."
        )


@handeling(
    "aanvraag.alsnog_toekennen",
    titel="Alsnog toekennen",
    op=Aanvraag,
    van=[AanvraagStatus.AFGEWEZEN],
    naar=AanvraagStatus.TOEGEKEND,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_voorgesteld, _niet_wie_weigerde, _toestemming_herleeft, in_mandaat],
)
def alsnog_toekennen(aanvraag: Aanvraag, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Grant after a gegrond bezwaar, as at the primary moment: a new besluit in the place of the refusal (T34).

    The toestemming of the gemeente that lapsed with the refusal counts again. Beyond a pot only where there is no
    room; then UWV and the ministerie hear of it.
    """
    reservering, voorstel = aanvraag.reservering, voorstel_van(aanvraag)
    assert reservering is not None
    assert voorstel is not None
    uitzonderingen.bevestig(reservering, actor, nu)
    besluit = verleen(
        aanvraag,
        actor,
        toestemming_van_toen(aanvraag),
        motivering=motivering,
        nu=nu,
        opsteller_id=voorstel.voorgesteld_door_id,
        vorig_besluit=afwijzing_van(aanvraag),
    )
    titel = f"{beslisser_naam(aanvraag)} heeft een aanvraag na bezwaar alsnog toegekend"
    meld_instelling(aanvraag, "alsnog_toegekend", f"{titel}: start het traject", nu)
    meld_betrokken_gemeente(aanvraag, "alsnog_toegekend", titel, nu)
    _meld_boven_de_grens(aanvraag, nu)
    return besluit


def _meld_boven_de_grens(aanvraag: Aanvraag, nu: datetime) -> None:
    """Tell UWV and the ministerie of each pot where this went beyond the limit; no word of the client."""
    assert aanvraag.reservering is not None
    geboekt = Boeking.objects.filter(reservering=aanvraag.reservering, van=Rekening.UITZONDERING)
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
