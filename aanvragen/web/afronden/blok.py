"""The end of a traject on the page of its dossier: what stands there, what can be done, who is aan zet."""

from __future__ import annotations

from datetime import date
from typing import Any

from aanvragen.handelingen.brieven_einde import verslagsecties
from aanvragen.handelingen.dossier import behandelt
from aanvragen.models import Aanvraag, Beeindigingsverslag, Stopbericht, Traject, Vaststelling
from aanvragen.regels.statussen import AanvraagStatus, Partij, StopberichtStatus, VaststellingStatus
from aanvragen.web.afronden.hulp import stoprijen, voorstelrijen
from aanvragen.web.afronden.lijsten import STOPBERICHT_SOORT, VASTSTELLING_SOORT, wacht_op_zienswijze, wanneer
from aanvragen.web.dossier.stand import Stand
from ips_subsidie.kalender.klok import vandaag
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.onderdelen import Rij
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro

Deel = Stopbericht | Vaststelling


def delen_van(traject: Traject | None) -> list[Deel]:
    """The living stopbericht and the vaststelling, each knowing the traject, so that their acts ask nothing again.

    None, and no query, for a traject that still runs; `haal_dossier` brings the vaststelling along.
    """
    if traject is None or not traject.is_afgelopen(vandaag()):
        return []
    stopbericht = traject.levend_stopbericht if traject.gestopt_op is not None else None
    vaststelling: Vaststelling | None = getattr(traject, "vaststelling", None)
    delen: list[Deel] = [deel for deel in (stopbericht, vaststelling) if deel is not None]
    for deel in delen:
        deel.traject = traject
    return delen


def met_handelingen(aanvraag: Aanvraag, delen: list[Deel]) -> list[Deel]:
    """Those that something can still be done on: when the besluit was withdrawn nothing is vastgesteld any more."""
    toegekend = aanvraag.status == AanvraagStatus.TOEGEKEND
    return [deel for deel in delen if toegekend or isinstance(deel, Stopbericht)]


def einde_blok(aanvraag: Aanvraag, delen: list[Deel], actor: Actor) -> dict[str, Any] | None:
    """What the page shows of `delen_van`; None where there is nothing.

    The verslag and what is prepared are for the instelling and for who decides: the other party sees the outcome.
    """
    if not delen:
        return None
    stopbericht = next((d for d in delen if isinstance(d, Stopbericht)), None)
    vaststelling = next((d for d in delen if isinstance(d, Vaststelling)), None)
    betrokken = actor.is_instelling or behandelt(aanvraag, actor)
    return {
        "stopbericht": {
            "status": stopbericht.get_status_display(),
            "soort": STOPBERICHT_SOORT[StopberichtStatus(stopbericht.status)],
            "rijen": stoprijen(stopbericht),
        }
        if stopbericht
        else None,
        "vaststelling": _vaststelling(vaststelling, actor, betrokken) if vaststelling else None,
        "verslag": _verslag(vaststelling) if vaststelling and betrokken else [],
    }


def _vaststelling(vaststelling: Vaststelling, actor: Actor, betrokken: bool) -> dict[str, Any]:
    status = VaststellingStatus(vaststelling.status)
    besluit = vaststelling.besluit
    rijen = [
        Rij("Verleend", euro(vaststelling.verleend_cent)),
        Rij("Vastgesteld", euro(besluit.bedrag_cent) if besluit else ""),
        Rij("Vastgesteld op", datum(besluit.dagtekening) if besluit else ""),
        Rij("Verslag gevraagd op", datum(vaststelling.verslag_gevraagd_op)),
        Rij("Stand", "" if besluit else wanneer(vaststelling, vandaag())),
    ]
    # What is only prepared is not the instelling's to see; a voornemen is sent to it, and so is.
    voornemen = status is VaststellingStatus.VOORGENOMEN_LAGER
    if besluit is None and betrokken and (not actor.is_instelling or voornemen):
        prive = () if not actor.is_instelling else ("Voorgesteld door",)
        rijen += [
            rij
            for rij in voorstelrijen(vaststelling)
            if rij.sleutel != "Verleend" and rij.sleutel not in prive
        ]
    return {
        "status": _status_voor(status, actor),
        "soort": VASTSTELLING_SOORT[status] if not _verborgen(status, actor) else "info",
        "rijen": [rij for rij in rijen if not rij.leeg],
    }


def _verborgen(status: VaststellingStatus, actor: Actor) -> bool:
    return actor.is_instelling and status is VaststellingStatus.VOORGESTELD


def _status_voor(status: VaststellingStatus, actor: Actor) -> str:
    """To the instelling what is prepared reads as what it sent."""
    return str(VaststellingStatus.VERSLAG_ONTVANGEN.label if _verborgen(status, actor) else status.label)


def _verslag(vaststelling: Vaststelling) -> list[tuple[str, list[Rij]]]:
    verslag: Beeindigingsverslag | None = getattr(vaststelling.traject, "verslag", None)
    if verslag is None:
        return []
    verslag.traject = vaststelling.traject
    return [
        (titel, [Rij(vraag, antwoord) for vraag, antwoord in rijen])
        for titel, rijen in verslagsecties(verslag)
    ]


def stand_einde(aanvraag: Aanvraag, delen: list[Deel], op: date) -> Stand | None:
    """Who is aan zet after the end, for `stand_van`; None where the traject runs, never began or lost its besluit."""
    if aanvraag.status != AanvraagStatus.TOEGEKEND:
        return None
    beslisser = Partij.GEMEENTE if aanvraag.gemeente_beslist else Partij.UWV
    wie = "De gemeente" if aanvraag.gemeente_beslist else "UWV"
    for deel in delen:
        if isinstance(deel, Stopbericht) and deel.status == StopberichtStatus.VERZONDEN:
            taak = f"Het traject is gestopt op {datum(deel.datum_einde)}. {wie} bevestigt dat."
            return Stand("Stop gemeld", "let_op", beslisser, taak)
    vaststelling = next((d for d in delen if isinstance(d, Vaststelling)), None)
    if vaststelling is None:
        return None
    status = VaststellingStatus(vaststelling.status)
    uiterlijk = vaststelling.beslis_uiterlijk
    if status is VaststellingStatus.VASTGESTELD:
        return Stand(
            "Vastgesteld", "goed", Partij.NIEMAND, "De subsidie is vastgesteld. U kunt bezwaar maken."
        )
    if status is VaststellingStatus.VERSLAG_GEVRAAGD and op <= vaststelling.verslag_tot:
        taak = "Stuur het beëindigingsverslag."
        return Stand("Verslag gevraagd", "let_op", Partij.INSTELLING, taak, vaststelling.verslag_tot)
    if status is VaststellingStatus.VERSLAG_GEVRAAGD:
        taak = f"Het verslag kwam niet op tijd. {wie} bepaalt wat er nu gebeurt."
        return Stand("Verslag te laat", "let_op", beslisser, taak, uiterlijk)
    if status is VaststellingStatus.VOORGENOMEN_LAGER and wacht_op_zienswijze(vaststelling, op):
        taak = "Er is een voornemen om het bedrag lager vast te stellen. U kunt reageren."
        return Stand("Voornemen", "let_op", Partij.INSTELLING, taak, vaststelling.zienswijze_tot)
    return Stand("Verslag ontvangen", "info", beslisser, f"{wie} stelt de subsidie vast.", uiterlijk)
