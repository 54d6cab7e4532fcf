"""The dwangsom: determined by a besluit within two weeks, prepared by one and taken by another, and paid (Awb 4:18)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from aanvragen.handelingen.besluit import in_mandaat, neem_besluit
from aanvragen.handelingen.dossier import (
    behandelt,
    eis_tekst,
    meld_beslisser,
    meld_gemeente,
    meld_instelling,
    meld_uwv,
)
from aanvragen.handelingen.ingebrekestelling import leg_stand_vast, stand_van
from aanvragen.models import Besluit, BesluitSoort, Ingebrekestelling
from aanvragen.regels.dwangsom import OPEN_INGEBREKESTELLING, IngebrekestellingStatus, Uitzondering
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import betaaltermijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import BESLISSERS, GEMEENTEROLLEN, VOORBEREIDERS, Rol


def _twee_weken_voorbij(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    stand = stand_van(deel, datum_van(nu))
    if stand.status == IngebrekestellingStatus.OP_TIJD:
        yield Reden("op_tijd", "Er is op tijd beslist. Er is geen dwangsom.")
    elif stand.status == IngebrekestellingStatus.LOOPT:
        yield Reden("nog_tijd", "De twee weken om te beslissen lopen nog. Er is nog geen dwangsom.")


@handeling(
    "dwangsom.voorstellen",
    titel="Dwangsom voorbereiden",
    op=Ingebrekestelling,
    van=OPEN_INGEBREKESTELLING,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_twee_weken_voorbij],
    samen=["aanvraag"],
)
def voorstellen(
    deel: Ingebrekestelling, actor: Actor, *, uitzondering: str = "", motivering: str, nu: datetime
) -> Ingebrekestelling:
    """Propose what is owed, once that is certain; or that nothing is, with the reason (Awb 4:17 lid 6)."""
    eis_tekst(motivering, "Schrijf de motivering. Die komt in de brief.", veld="motivering")
    if uitzondering and uitzondering not in Uitzondering.values:
        raise HandelingGeweigerd(Reden("uitzondering", "Kies een reden uit de lijst.", veld="uitzondering"))
    stand = leg_stand_vast(deel, datum_van(nu))
    if not uitzondering and not stand.klaar:
        tekst = (
            "Het bedrag is nog niet zeker. Neem eerst het besluit waarop wordt gewacht, of wacht 42 dagen."
        )
        raise HandelingGeweigerd(Reden("loopt", tekst))
    deel.uitzondering = uitzondering
    deel.motivering = motivering
    deel.opsteller = actor.persoon
    deel.voorgesteld_op = nu
    titel = "Neem het besluit over een dwangsom"
    meld_beslisser(deel.aanvraag, "dwangsom_voorgesteld", titel, nu, beslist=True)
    return deel


def _voorgesteld(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """Somebody else prepared it."""
    if not deel.is_voorgesteld:
        yield Reden(
            "niet_voorgesteld", "Er is nog geen voorstel. Een collega bereidt het besluit eerst voor."
        )
    elif deel.opsteller_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt dit zelf voorbereid. Een collega moet het besluit nemen.")


def _is_verschuldigd(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if deel.is_voorgesteld and deel.uitzondering:
        yield Reden("voorstel_anders", "Het voorstel is dat er geen dwangsom is.")


def _is_niet_verschuldigd(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if deel.is_voorgesteld and not deel.uitzondering:
        yield Reden("voorstel_anders", "Het voorstel is dat er een dwangsom is.")


@handeling(
    "dwangsom.vaststellen",
    titel="Dwangsom vaststellen",
    op=Ingebrekestelling,
    van=[IngebrekestellingStatus.VERBEURD],
    naar=IngebrekestellingStatus.VASTGESTELD,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_voorgesteld, _is_verschuldigd, in_mandaat],
    knop="primair",
    samen=["aanvraag", "opsteller"],
    gevoelig=True,
)
def vaststellen(deel: Ingebrekestelling, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Determine by a besluit what is owed for deciding too late; it is paid within six weeks (Awb 4:18, 4:87)."""
    if deel.bedrag_cent is None:
        raise HandelingGeweigerd(
            Reden("loopt", "Het bedrag is nog niet zeker. Bereid het besluit opnieuw voor.")
        )
    deel.betaal_uiterlijk = betaaltermijn(datum_van(nu), feestdagen()).laatste_dag
    besluit = _besluit(deel, actor, motivering, nu)
    titel = "Betaal een dwangsom en meld de betaling"
    if deel.aanvraag.gemeente_beslist:
        meld_gemeente(deel.aanvraag, "dwangsom_betalen", titel, nu)
    else:
        meld_uwv(deel.aanvraag, "dwangsom_betalen", titel, nu, rollen=[Rol.UWV_FINANCIEN])
    return besluit


@handeling(
    "dwangsom.niet_verschuldigd",
    titel="Vaststellen dat er geen dwangsom is",
    op=Ingebrekestelling,
    van=OPEN_INGEBREKESTELLING,
    naar=IngebrekestellingStatus.NIET_VERSCHULDIGD,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[_voorgesteld, _is_niet_verschuldigd, in_mandaat],
    samen=["aanvraag", "opsteller"],
    gevoelig=True,
)
def niet_verschuldigd(deel: Ingebrekestelling, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Decide that nothing is owed, though it was too late, for one of the reasons of Awb 4:17 lid 6."""
    return _besluit(deel, actor, motivering, nu)


def _besluit(deel: Ingebrekestelling, actor: Actor, motivering: str, nu: datetime) -> Besluit:
    besluit = neem_besluit(
        deel.aanvraag,
        actor,
        BesluitSoort.DWANGSOM,
        motivering=motivering,
        nu=nu,
        opsteller_id=deel.opsteller_id,
        brief={"ingebrekestelling": deel},
        **besluitvelden(deel),
    )
    deel.besluit = besluit
    meld_instelling(deel.aanvraag, "dwangsom", "Er is een besluit over een dwangsom: lees de brief", nu)
    return besluit


def besluitvelden(deel: Ingebrekestelling) -> dict[str, Any]:
    """What the besluit holds of the proposal; for the preview too.

    In mandaat the besluit is that of who gave it, and so is the debt (Awb 10:2).
    """
    bedrag = 0 if deel.uitzondering else deel.bedrag_cent or 0
    van_gemeente = deel.aanvraag.gemeente_beslist and not deel.aanvraag.inhoud.instantie.mandaat
    return {
        "bedrag_cent": bedrag,
        "rijk_cent": 0 if van_gemeente else bedrag,
        "gemeente_cent": bedrag if van_gemeente else 0,
        "gronden": [deel.uitzondering] if deel.uitzondering else [],
    }


def _nog_te_betalen(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if deel.betaald_op is not None:
        yield Reden("al_betaald", f"De betaling van {deel.betaald_op:%d-%m-%Y} is al gemeld.")


@handeling(
    "dwangsom.betaald_melden",
    titel="Betaling van de dwangsom melden",
    op=Ingebrekestelling,
    van=[IngebrekestellingStatus.VASTGESTELD],
    door=(Rol.UWV_FINANCIEN, *GEMEENTEROLLEN),
    relatie=behandelt,
    voorwaarden=[_nog_te_betalen],
    knop="primair",
    samen=["aanvraag", "besluit"],
    gevoelig=True,
)
def betaald_melden(
    deel: Ingebrekestelling, actor: Actor, *, betaald_op: date, nu: datetime
) -> Ingebrekestelling:
    """Record that the dwangsom was paid, on a day from the besluit up to today (Awb 4:87)."""
    assert deel.besluit is not None
    if not deel.besluit.dagtekening <= betaald_op <= datum_van(nu):
        tekst = f"Kies een dag van {deel.besluit.dagtekening:%d-%m-%Y} tot en met vandaag."
        raise HandelingGeweigerd(Reden("betaald_op", tekst, veld="betaald_op"))
    deel.betaald_op = betaald_op
    meld_instelling(deel.aanvraag, "dwangsom_betaald", "Een dwangsom is betaald", nu)
    return deel
