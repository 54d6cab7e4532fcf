"""The letters of a besluit that comes too late, and of a voornemen to withdraw."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from aanvragen.handelingen.briefdelen import bewaar, briefkop, ondertekening
from aanvragen.handelingen.ontvangst import leg_ontvangst_vast
from aanvragen.models import (
    Aanvraag,
    Besluit,
    BesluitSoort,
    Brief,
    Ingebrekestelling,
    Intrekkingsvoornemen,
    OntvangstSoort,
)
from aanvragen.regels.dwangsom import UITZONDERING_BRON, IngebrekestellingStatus, Uitzondering
from aanvragen.regels.intrekking import INTREKREDEN_BRON, IntrekReden
from ips_subsidie.brieven import gegevens as g
from ips_subsidie.brieven import gegevens_dwangsom as d
from ips_subsidie.kalender.dwangsom import dwangsom
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor


def maak_ontvangstbrief(ingebrekestelling: Ingebrekestelling, actor: Actor, nu: datetime) -> Brief:
    """The receipt of an ingebrekestelling, with what it means (Awb 4:17 lid 4, 4:3a)."""
    aanvraag = ingebrekestelling.aanvraag
    gevolg: dict[str, Any] = {"stappen": ()}
    if ingebrekestelling.status != IngebrekestellingStatus.PREMATUUR:
        dagen = dwangsom(ingebrekestelling.ontvangen_op, feestdagen())
        gevolg = {
            "stappen": dagen.stappen,
            "uiterlijk_beslissen": dagen.uiterlijk_beslissen,
            "eerste_dag": dagen.eerste_dag,
            "hoogstens_cent": dagen.maximum_cent,
        }
    van_ons = not actor.is_instelling
    return bewaar(
        aanvraag,
        d.IngebrekestellingOntvangen(
            **briefkop(aanvraag, datum_van(nu)),
            waarover=waarover_van(ingebrekestelling),
            ontvangen_op=ingebrekestelling.ontvangen_op,
            termijn_tot=ingebrekestelling.termijn_tot,
            opgeschort=ingebrekestelling.opgeschort,
            toelichting=ingebrekestelling.toelichting,
            ondertekening=ondertekening(
                aanvraag,
                str(actor.persoon) if van_ons else "IPS-subsidieportaal",
                "Beoordelaar" if van_ons else "Automatisch gemaakt",
            ),
            **gevolg,
        ),
        "Ontvangst van een ingebrekestelling",
        nu,
    )


def waarover_van(ingebrekestelling: Ingebrekestelling) -> str:
    """What there must be a besluit about, within a sentence: “de aanvraag”."""
    woorden: str = ingebrekestelling.get_over_display()
    return f"{woorden[:1].lower()}{woorden[1:]}"


def dwangsombrief(
    aanvraag: Aanvraag, besluit: Besluit, kop: dict[str, Any], *, ingebrekestelling: Ingebrekestelling
) -> d.Dwangsom:
    """The besluit on what is owed, or that nothing is."""
    dagen = dwangsom(ingebrekestelling.ontvangen_op, feestdagen())
    aantal = (ingebrekestelling.dagen or 0) if besluit.bedrag_cent else 0
    artikelen = ("artikel 4:17 en artikel 4:18 van de Algemene wet bestuursrecht",)
    return d.Dwangsom(
        **kop | {"grondslag": (*kop["grondslag"], *artikelen)},
        waarover=waarover_van(ingebrekestelling),
        termijn_tot=ingebrekestelling.termijn_tot,
        ingebrekestelling_op=ingebrekestelling.ontvangen_op,
        eerste_dag=dagen.eerste_dag,
        beslist_op=ingebrekestelling.gestopt_op,
        bedrag_cent=besluit.bedrag_cent,
        dagen=aantal,
        dagbedragen=tuple(
            d.Dagbedrag(dagen=hoeveel, per_dag_cent=cent, samen_cent=hoeveel * cent)
            for hoeveel, cent in dagen.per_periode(aantal)
        ),
        laatste_dag=dagen.dag(aantal) if aantal else None,
        betalen_uiterlijk=ingebrekestelling.betaal_uiterlijk if aantal else None,
        gronden=tuple(_uitzondering(code) for code in besluit.gronden),
    )


def _uitzondering(code: str) -> g.Grond:
    reden = Uitzondering(code)
    return g.Grond(code=reden.value, tekst=f"{reden.label}.", bron=UITZONDERING_BRON[reden])


def maak_voornemen_intrekken(voornemen: Intrekkingsvoornemen, actor: Actor, nu: datetime) -> Brief:
    """What is intended and why, and until when the instelling can say something."""
    aanvraag = voornemen.aanvraag
    verlening = aanvraag.besluiten.get(soort=BesluitSoort.VERLENING)
    return bewaar(
        aanvraag,
        d.VoornemenIntrekken(
            **briefkop(aanvraag, datum_van(nu)),
            besluit_kenmerk=aanvraag.kenmerk,
            besluit_datum=verlening.dagtekening,
            verleend_cent=verlening.bedrag_cent,
            gronden=(intrekgrond(voornemen),),
            motivering=voornemen.motivering,
            zienswijze_tot=voornemen.zienswijze_tot,
            ondertekening=ondertekening(aanvraag, str(actor.persoon), "Beoordelaar"),
        ),
        "Voornemen om de subsidie in te trekken",
        nu,
    )


def intrekgrond(voornemen: Intrekkingsvoornemen) -> g.Grond:
    """Why, as the voornemen and the intrekking that comes of it name it."""
    reden = IntrekReden(voornemen.reden)
    return g.Grond(code=reden.value, tekst=f"{reden.label}.", bron=INTREKREDEN_BRON[reden])


def maak_zienswijzekopie(aanvraag: Aanvraag, waarover: str, tekst: str, actor: Actor, nu: datetime) -> None:
    """The zienswijze word for word, and the proof that it came in (Awb 2:17)."""
    kopie = bewaar(
        aanvraag,
        d.Zienswijzekopie(
            **briefkop(aanvraag, datum_van(nu)),
            waarover=waarover,
            ontvangen_op=nu,
            ingediend_door=str(actor.persoon),
            zienswijze=tekst,
        ),
        "Kopie van de zienswijze",
        nu,
    )
    leg_ontvangst_vast(aanvraag, OntvangstSoort.ZIENSWIJZE, kopie, actor, nu)
