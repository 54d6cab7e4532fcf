"""The letters of the end of a traject: stopbericht, the request for the verslag, its copy, voornemen, vaststelling."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from aanvragen.handelingen.briefdelen import bewaar, briefkop, ondertekening
from aanvragen.models import (
    Aanvraag,
    Beeindigingsverslag,
    Besluit,
    BesluitSoort,
    Brief,
    Stopbericht,
    Vaststelling,
)
from aanvragen.models.traject import Traject
from aanvragen.models.vaststelling import LagerReden
from aanvragen.models.verslag import Uitkomst
from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import gegevens_einde as e
from ips_subsidie.brieven.opmaak import datum_voluit
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor

AMBTSHALVE = "ambtshalve"
_PORTAAL = ("IPS-subsidieportaal", "Automatisch gemaakt")
_BRON = {
    LagerReden.NIET_UITGEVOERD: "artikel 4:46, tweede lid, onder a, van de Algemene wet bestuursrecht",
    LagerReden.VERPLICHTING: "artikel 4:46, tweede lid, onder b, van de Algemene wet bestuursrecht",
    LagerReden.ONJUISTE_GEGEVENS: "artikel 4:46, tweede lid, onder c, van de Algemene wet bestuursrecht",
    LagerReden.ONJUIST_VERLEEND: "artikel 4:46, tweede lid, onder d, van de Algemene wet bestuursrecht",
}
_GROND_AMBTSHALVE = g.Grond(
    code=AMBTSHALVE,
    tekst="Wij kregen geen beëindigingsverslag, ook niet binnen de tweede termijn.",
    bron="artikel 4:44, vierde lid, en artikel 4:47 van de Algemene wet bestuursrecht",
)


def maak_stopbericht(stopbericht: Stopbericht, nu: datetime, *, deel: int, door: str) -> Brief:
    """Deel 1 from the instelling to who decides, or deel 2 from the gemeente to UWV (domain text, 6.4)."""
    aanvraag = stopbericht.dossier
    kop = briefkop(aanvraag, datum_van(nu))
    instelling, beslisser, uwv = kop["geadresseerde"], kop["afzender"], g.Partij(naam="UWV")
    partijen = (instelling, beslisser) if deel == 1 else (beslisser, uwv)
    return bewaar(
        aanvraag,
        e.Stopbericht(
            **kop | {"afzender": partijen[0], "geadresseerde": partijen[1]},
            deel=deel,
            instelling=aanvraag.instelling.naam,
            besluit_kenmerk=aanvraag.kenmerk,
            laatste_dag_traject=stopbericht.datum_einde,
            reden=stopbericht.get_reden_display(),
            toelichting=stopbericht.toelichting,
            gemeld_op=stopbericht.gemeld_op,
            bevestigd_op=stopbericht.bevestigd_op if deel == 2 else None,
            door=door,
        ),
        f"Stopbericht, deel {deel}",
        nu,
    )


def maak_verslagverzoek(vaststelling: Vaststelling, nu: datetime, *, actor: Actor | None = None) -> Brief:
    """Ask for the verslag; a second time, by an official, with a term (Awb 4:44 lid 3)."""
    aanvraag, traject = vaststelling.dossier, vaststelling.traject
    einde = traject.einde
    assert einde is not None
    naam, functie = (str(actor.persoon), "Beoordelaar") if actor is not None else _PORTAAL
    return bewaar(
        aanvraag,
        e.Verslagverzoek(
            **briefkop(aanvraag, datum_van(nu)),
            laatste_dag_traject=einde,
            gestopt=traject.gestopt_op is not None,
            uiterste_dag=vaststelling.verslag_tot,
            eerder_gevraagd_op=vaststelling.verslag_gevraagd_op if vaststelling.termijn_tot else None,
            ondertekening=ondertekening(aanvraag, naam, functie),
        ),
        "Tweede verzoek om het beëindigingsverslag"
        if vaststelling.termijn_tot
        else "Verzoek om het beëindigingsverslag",
        nu,
    )


def maak_verslagkopie(verslag: Beeindigingsverslag, nu: datetime) -> Brief:
    """The copy of what was sent, with the instant of receipt (Awb 2:17)."""
    aanvraag = verslag.traject.aanvraag
    return bewaar(
        aanvraag,
        e.Verslagkopie(
            **briefkop(aanvraag, datum_van(nu)),
            ontvangen_op=verslag.ingediend_op,
            ingediend_door=str(verslag.ingediend_door),
            secties=tuple(
                g.Sectie(titel=titel, rijen=tuple(g.Rij(vraag=v, antwoord=a) for v, a in rijen))
                for titel, rijen in verslagsecties(verslag)
            ),
        ),
        "Kopie van het beëindigingsverslag",
        nu,
    )


def verslagsecties(verslag: Beeindigingsverslag) -> list[tuple[str, list[tuple[str, str]]]]:
    """The verslag as questions and answers; what wasn't asked is left out."""
    traject = verslag.traject
    begonnen = datum_voluit(verslag.begonnen_op) if verslag.begonnen_op else ""
    uitkomst = [("Resultaat", verslag.get_uitkomst_display())]
    if verslag.uitkomst == Uitkomst.WERK:
        uitkomst += [
            ("Sector", verslag.get_sector_display()),
            ("Uren per week", str(verslag.uren_per_week)),
            ("Soort contract", verslag.get_contract_display()),
            ("Begonnen op", begonnen),
        ]
    elif verslag.uitkomst == Uitkomst.OPLEIDING:
        uitkomst += [("Opleiding", verslag.opleiding), ("Begonnen op", begonnen)]
    periode = [
        ("Begin", datum_voluit(traject.startdatum) if traject.startdatum else ""),
        ("Einde", datum_voluit(traject.einde) if traject.einde else ""),
        ("Reden van het einde", verslag.get_reden_einde_display()),
    ]
    begeleiding = [("Wat er is gedaan", verslag.activiteiten), ("Verdere steun", verslag.vervolg)]
    return [("Periode", periode), ("Wat het traject opleverde", uitkomst), ("Begeleiding", begeleiding)]


def maak_voornemen(vaststelling: Vaststelling, actor: Actor, nu: datetime) -> Brief:
    """Less than was verleend: what is intended and why, and until when the instelling can say something."""
    aanvraag = vaststelling.dossier
    assert vaststelling.voorgesteld_cent is not None
    assert vaststelling.zienswijze_tot is not None
    return bewaar(
        aanvraag,
        e.VoornemenLager(
            **briefkop(aanvraag, datum_van(nu)),
            verleend_cent=vaststelling.verleend_cent,
            voorgenomen_cent=vaststelling.voorgesteld_cent,
            gronden=_gronden(vaststelling),
            motivering=vaststelling.motivering,
            zienswijze_tot=vaststelling.zienswijze_tot,
            ondertekening=ondertekening(aanvraag, str(actor.persoon), "Beoordelaar"),
        ),
        "Voornemen om de subsidie lager vast te stellen",
        nu,
    )


def vaststellingsbrief(
    aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any], *, vaststelling: Vaststelling,
    betaald_cent: int = 0, terug_cent: int = 0,
) -> e.Vaststelling:  # fmt: skip
    """The besluit on what the subsidie comes to: conform, lower or ambtshalve (Awb 4:42, 4:46, 4:47)."""
    traject: Traject = vaststelling.traject
    # After a bezwaar it takes the place of another vaststelling.
    verlening = aanvraag.besluiten.get(soort=BesluitSoort.VERLENING)
    delen = [g.Deelbedrag(betaler="Het Rijk", bedrag_cent=besluit.rijk_cent)]
    if verlening.gemeente_cent:
        delen.append(g.Deelbedrag(betaler=f"Gemeente {aanvraag.gemeente}", bedrag_cent=besluit.gemeente_cent))
    return e.Vaststelling(
        **kop,
        besluit_kenmerk=aanvraag.kenmerk,
        besluit_datum=verlening.dagtekening,
        startdatum=_dag(traject.startdatum),
        laatste_dag_traject=_dag(traject.einde),
        verleend_cent=vaststelling.verleend_cent,
        vastgesteld_cent=besluit.bedrag_cent,
        verdeling=tuple(delen),
        gronden=_gronden(vaststelling),
        ambtshalve=vaststelling.ambtshalve,
        zienswijze=vaststelling.zienswijze,
        betaald_cent=betaald_cent,
        terug_te_betalen_cent=terug_cent,
    )


def _gronden(vaststelling: Vaststelling) -> tuple[g.Grond, ...]:
    """Why it is lower, and that there was no verslag."""
    uit = []
    if vaststelling.is_lager:
        reden = LagerReden(vaststelling.reden)
        uit.append(g.Grond(code=reden.value, tekst=f"{reden.label}.", bron=_BRON[reden]))
    if vaststelling.ambtshalve:
        uit.append(_GROND_AMBTSHALVE)
    return tuple(uit)


def _dag(dag: date | None) -> date:
    assert dag is not None
    return dag
