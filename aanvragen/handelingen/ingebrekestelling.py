"""The ingebrekestelling: sent in the portal or registered by an official, and what time makes of it (Awb 4:17).

What it comes to is derived from the day of receipt and the besluit, whatever ran at night; the acts of the system
write it down and tell who must do something.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.core.files.uploadedfile import UploadedFile

from aanvragen.handelingen.brieven_dwangsom import maak_ontvangstbrief
from aanvragen.handelingen.dossier import behandelt, meld_beslisser, meld_instelling
from aanvragen.handelingen.ontvangst import leg_ontvangst_vast
from aanvragen.handelingen.wachten import Wacht, wachtenden
from aanvragen.models import Aanvraag, Ingebrekestelling, OntvangstSoort
from aanvragen.regels.dwangsom import (
    OPEN_INGEBREKESTELLING,
    IngebrekestellingStatus,
    Stand,
    Waarover,
    Wijze,
    is_prematuur,
    stand_op,
)
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.uploads import bewaar_upload
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.dwangsom import Dwangsom, dwangsom, vaststellen_uiterlijk
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, VOORBEREIDERS, Rol

_NIETS = "Er is niets waarover nog een besluit moet komen."


def dwangsom_van(ingebrekestelling: Ingebrekestelling) -> Dwangsom:
    """The days and the rate that follow from the day of receipt."""
    return dwangsom(ingebrekestelling.ontvangen_op, feestdagen())


def stand_van(ingebrekestelling: Ingebrekestelling, op: date) -> Stand:
    """Where it stands on this day: what is owed until then, and whether more comes on top. Not for a premature one."""
    return stand_op(dwangsom_van(ingebrekestelling), ingebrekestelling.besloten_op, op)


def _iets_te_beslissen(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not wachtenden(aanvraag, datum_van(nu)):
        yield Reden("niets_te_beslissen", _NIETS)


@handeling(
    "ingebrekestelling.indienen",
    titel="In gebreke stellen",
    op=Aanvraag,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_iets_te_beslissen],
    knop="geen",
)
def indienen(
    aanvraag: Aanvraag, actor: Actor, *, waarover: str, toelichting: str = "", nu: datetime
) -> Ingebrekestelling:
    """Say that the besluit is late (Awb 4:17 lid 3). Too early is allowed and told: it then has no effect.

    `waarover` is the code of what waits (`wachten.Wacht`).
    """
    return _leg_vast(
        aanvraag,
        actor,
        waarover,
        nu,
        ontvangen_op=datum_van(nu),
        wijze=Wijze.PORTAAL,
        toelichting=toelichting,
    )


@handeling(
    "ingebrekestelling.registreren",
    titel="Ingebrekestelling registreren",
    op=Aanvraag,
    door=VOORBEREIDERS,
    relatie=behandelt,
    knop="geen",
)
def registreren(
    aanvraag: Aanvraag,
    actor: Actor,
    *,
    waarover: str,
    ontvangen_op: date,
    wijze: str,
    toelichting: str = "",
    upload: UploadedFile | None = None,
    nu: datetime,
) -> Ingebrekestelling:
    """Write down one that came in otherwise, on the day of receipt; also when the besluit was taken since."""
    redenen = []
    if ontvangen_op > datum_van(nu):
        redenen.append(Reden("ontvangen_op", "Kies vandaag of een dag die is geweest.", veld="ontvangen_op"))
    if wijze not in Wijze.values or wijze == Wijze.PORTAAL:
        redenen.append(Reden("wijze", "Kies hoe de ingebrekestelling binnenkwam.", veld="wijze"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    return _leg_vast(
        aanvraag,
        actor,
        waarover,
        nu,
        ontvangen_op=ontvangen_op,
        wijze=wijze,
        toelichting=toelichting,
        bestand=bewaar_upload(upload, code="upload", veld="upload") if upload is not None else None,
    )


def _leg_vast(
    aanvraag: Aanvraag, actor: Actor, waarover: str, nu: datetime, *, ontvangen_op: date, **velden: Any
) -> Ingebrekestelling:
    wacht = _kies(aanvraag, waarover, ontvangen_op)
    vroeg = is_prematuur(ontvangen_op, wacht.termijn_tot, opgeschort=wacht.opgeschort)
    nieuw = Ingebrekestelling(
        aanvraag=aanvraag,
        over=wacht.over,
        status=IngebrekestellingStatus.PREMATUUR if vroeg else IngebrekestellingStatus.LOOPT,
        termijn_tot=wacht.termijn_tot,
        opgeschort=wacht.opgeschort,
        ontvangen_op=ontvangen_op,
        vastgelegd_op=nu,
        vastgelegd_door=actor.persoon,
        **velden,
    )
    if wacht.over is not Waarover.AANVRAAG:
        setattr(nieuw, wacht.over.value, wacht.deel)
    if not vroeg:
        _eis_eerste(nieuw)
        dagen = dwangsom_van(nieuw)
        nieuw.eerste_dag, nieuw.laatste_dag = dagen.eerste_dag, dagen.laatste_dag
    nieuw.save(force_insert=True)
    if not vroeg:
        leg_stand_vast(nieuw, datum_van(nu))
        nieuw.save()
    brief = maak_ontvangstbrief(nieuw, actor, nu)
    if nieuw.wijze == Wijze.PORTAAL:
        leg_ontvangst_vast(aanvraag, OntvangstSoort.INGEBREKESTELLING, brief, actor, nu)
    _meld(nieuw, nu)
    return nieuw


def _kies(aanvraag: Aanvraag, waarover: str, op: date) -> Wacht:
    for wacht in wachtenden(aanvraag, op):
        if wacht.code == waarover:
            return wacht
    tekst = f"Op {op:%d-%m-%Y} hoefde hierover niet (meer) te worden beslist. Kies iets anders, of een andere dag."
    raise HandelingGeweigerd(Reden("waarover", tekst, veld="waarover"))


def _eis_eerste(nieuw: Ingebrekestelling) -> None:
    """One at a time; and a dwangsom of 42 days for one besluit is the most there is (Awb 4:17 lid 1)."""
    deel = {nieuw.over: getattr(nieuw, nieuw.over)} if nieuw.over != Waarover.AANVRAAG else {}
    eerder = Ingebrekestelling.objects.filter(aanvraag=nieuw.aanvraag, over=nieuw.over, **deel)
    for een in eerder.exclude(status=IngebrekestellingStatus.PREMATUUR):
        if een.status in OPEN_INGEBREKESTELLING:
            tekst = f"Hierover loopt al een ingebrekestelling, van {een.ontvangen_op:%d-%m-%Y}."
            raise HandelingGeweigerd(Reden("loopt_al", tekst, veld="waarover"))
        if een.besloten_op is None:
            tekst = "Hierover is al een dwangsom vastgesteld. Voor hetzelfde besluit kan dat maar één keer."
            raise HandelingGeweigerd(Reden("al_vastgesteld", tekst, veld="waarover"))


def leg_stand_vast(ingebrekestelling: Ingebrekestelling, op: date) -> Stand:
    """Write down what is true on this day; once it is certain how much is owed that too, with the term of Awb 4:18."""
    ingebrekestelling.gestopt_op = ingebrekestelling.besloten_op
    stand = stand_van(ingebrekestelling, op)
    ingebrekestelling.status = stand.status
    if stand.klaar and stand.laatste_dag is not None:
        ingebrekestelling.dagen, ingebrekestelling.bedrag_cent = stand.dagen, stand.bedrag_cent
        ingebrekestelling.vaststellen_uiterlijk = vaststellen_uiterlijk(stand.laatste_dag, feestdagen())
    return stand


def _meld(nieuw: Ingebrekestelling, nu: datetime) -> None:
    aanvraag = nieuw.aanvraag
    if nieuw.status == IngebrekestellingStatus.PREMATUUR:
        meld_instelling(aanvraag, "ingebrekestelling", "Een ingebrekestelling is te vroeg: lees de brief", nu)
        return
    meld_instelling(aanvraag, "ingebrekestelling", "Een ingebrekestelling is ontvangen: lees de brief", nu)
    if nieuw.status == IngebrekestellingStatus.LOOPT:
        titel = f"In gebreke gesteld: beslis uiterlijk {dwangsom_van(nieuw).uiterlijk_beslissen:%d-%m-%Y}"
        for beslist in (False, True):
            meld_beslisser(aanvraag, "ingebrekestelling", titel, nu, beslist=beslist)
    elif nieuw.vaststellen_uiterlijk is not None:
        _meld_vast_te_stellen(nieuw, nu)


def _meld_vast_te_stellen(ingebrekestelling: Ingebrekestelling, nu: datetime) -> None:
    titel = f"Stel een dwangsom vast, uiterlijk {ingebrekestelling.vaststellen_uiterlijk:%d-%m-%Y}"
    meld_beslisser(ingebrekestelling.aanvraag, "dwangsom_vaststellen", titel, nu)


# --- what a day or a besluit brings about; every night, for each that is open ---------------------------


def _twee_weken_voorbij(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """The first day of the dwangsom has come, and there was no besluit before it."""
    if stand_van(deel, datum_van(nu)).status != IngebrekestellingStatus.VERBEURD:
        yield Reden("nog_tijd", "Er is nog tijd om te beslissen, of er is op tijd beslist.")


@handeling(
    "ingebrekestelling.verbeuren",
    titel="De dwangsom gaat lopen",
    op=Ingebrekestelling,
    van=[IngebrekestellingStatus.LOOPT],
    naar=IngebrekestellingStatus.VERBEURD,
    door=[Rol.SYSTEEM],
    voorwaarden=[_twee_weken_voorbij],
    knop="geen",
    samen=["aanvraag"],
)
def verbeuren(deel: Ingebrekestelling, actor: Actor, *, nu: datetime) -> Ingebrekestelling:
    """Note that the two weeks passed without a besluit: from today each day costs (Awb 4:17 lid 3)."""
    titel = "Er is nog niet beslist: de dwangsom loopt nu"
    for beslist in (False, True):
        meld_beslisser(deel.aanvraag, "dwangsom_loopt", titel, nu, beslist=beslist)
    return deel


def _op_tijd_beslist(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if stand_van(deel, datum_van(nu)).status != IngebrekestellingStatus.OP_TIJD:
        yield Reden("niet_op_tijd", "Er is nog niet beslist, of niet op tijd.")


@handeling(
    "ingebrekestelling.afsluiten",
    titel="Op tijd beslist",
    op=Ingebrekestelling,
    van=[IngebrekestellingStatus.LOOPT],
    naar=IngebrekestellingStatus.OP_TIJD,
    door=[Rol.SYSTEEM],
    voorwaarden=[_op_tijd_beslist],
    knop="geen",
    samen=["aanvraag"],
)
def afsluiten(deel: Ingebrekestelling, actor: Actor, *, nu: datetime) -> Ingebrekestelling:
    """Close one after which the besluit came within the two weeks: nothing is owed."""
    deel.gestopt_op = deel.besloten_op
    return deel


def _zeker_hoeveel(deel: Ingebrekestelling, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """There is a besluit, or the 42 days are over."""
    if deel.vaststellen_uiterlijk is not None:
        yield Reden("al_berekend", "Het bedrag staat al vast.")
    elif not stand_van(deel, datum_van(nu)).klaar:
        yield Reden("loopt", "De dwangsom loopt nog: het bedrag is nog niet zeker.")


@handeling(
    "ingebrekestelling.afrekenen",
    titel="Dwangsom uitrekenen",
    op=Ingebrekestelling,
    van=[IngebrekestellingStatus.VERBEURD],
    door=[Rol.SYSTEEM],
    voorwaarden=[_zeker_hoeveel],
    knop="geen",
    samen=["aanvraag"],
)
def afrekenen(deel: Ingebrekestelling, actor: Actor, *, nu: datetime) -> Ingebrekestelling:
    """Fix the days and the amount, and by when the dwangsom must be determined (Awb 4:18)."""
    leg_stand_vast(deel, datum_van(nu))
    _meld_vast_te_stellen(deel, nu)
    return deel
