"""Hearing before a verlening is withdrawn: the voornemen, what the instelling says of it, and letting it go.

The intrekking itself is a besluit (`beslissen.besluit_intrekken`). No hearing where the instelling itself said that
the traject does not start: those are its own facts (Awb 4:8). For a subsidie the law has no other exception (4:12).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from aanvragen.handelingen.brieven_dwangsom import maak_voornemen_intrekken, maak_zienswijzekopie
from aanvragen.handelingen.dossier import (
    behandelt,
    beslisser_naam,
    eis_tekst,
    meld_beslisser,
    meld_instelling,
)
from aanvragen.models import Aanvraag, Intrekkingsvoornemen
from aanvragen.regels.intrekking import IntrekReden, VoornemenStatus
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus, VaststellingStatus
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.kalender.termijnen import Termijn, eigen_termijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, VOORBEREIDERS


def levend_voornemen(aanvraag: Aanvraag) -> Intrekkingsvoornemen | None:
    """The voornemen that stands. Asked once a row, which is read anew under the lock.

    A page that read along that there is none (`heeft_voornemen`) asks nothing more.
    """
    if "_voornemen" not in aanvraag.__dict__:
        gevonden = None
        if aanvraag.__dict__.get("heeft_voornemen", True):
            gevonden = aanvraag.intrekkingsvoornemens.levend().select_related("opsteller").first()
        if gevonden is not None:
            gevonden.aanvraag = aanvraag
        aanvraag.__dict__["_voornemen"] = gevonden
    uit: Intrekkingsvoornemen | None = aanvraag.__dict__["_voornemen"]
    return uit


def is_zelf_gemeld(aanvraag: Aanvraag) -> bool:
    """Did the instelling itself say that the traject does not start?"""
    traject = getattr(aanvraag, "traject", None)
    return traject is not None and traject.status == TrajectStatus.NIET_GESTART


def zienswijzetermijn(aanvraag: Aanvraag, vanaf: date) -> Termijn:
    """Until when the instelling can react: the days of the regeling, and then an ordinary day."""
    return eigen_termijn(
        vanaf,
        feestdagen(),
        dagen=aanvraag.inhoud.termijnen.zienswijze_dagen,
        wat="de dag van het voornemen",
        grondslag="Awb artikel 4:8",
    )


def niet_vastgesteld(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """What was vastgesteld is no longer withdrawn by Awb 4:48."""
    vaststelling = getattr(getattr(aanvraag, "traject", None), "vaststelling", None)
    if vaststelling is not None and vaststelling.status == VaststellingStatus.VASTGESTELD:
        yield Reden(
            "vastgesteld", "De subsidie is al vastgesteld. Het besluit kan niet meer worden ingetrokken."
        )


def gehoord(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    """The instelling reacted to a voornemen, or the last day for it has passed; or it told the facts itself."""
    if is_zelf_gemeld(aanvraag):
        return
    voornemen = levend_voornemen(aanvraag)
    if voornemen is None:
        yield Reden(
            "niet_gehoord",
            "De instelling kan eerst reageren (artikel 4:8 van de Awb). Een beoordelaar stuurt daarvoor een voornemen.",
        )
    elif voornemen.kan_reageren(datum_van(nu)):
        yield Reden(
            "zienswijze_loopt",
            f"De instelling kan nog reageren tot en met {voornemen.zienswijze_tot:%d-%m-%Y}.",
        )


def _hoeft(aanvraag: Aanvraag, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if is_zelf_gemeld(aanvraag):
        tekst = "De instelling meldde zelf dat het traject niet doorgaat. Het besluit kan meteen worden ingetrokken."
        yield Reden("zelf_gemeld", tekst)
    elif levend_voornemen(aanvraag) is not None:
        yield Reden("loopt_al", "Er loopt al een voornemen om dit besluit in te trekken.")


@handeling(
    "aanvraag.voornemen_intrekken",
    titel="Voornemen om in te trekken",
    op=Aanvraag,
    van=[AanvraagStatus.TOEGEKEND],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_vastgesteld, _hoeft],
    knop="gevaar",
)
def voornemen_intrekken(
    aanvraag: Aanvraag, actor: Actor, *, reden: str, motivering: str, nu: datetime
) -> Intrekkingsvoornemen:
    """Tell the instelling that the verlening may be withdrawn, and why; it can react first (Awb 4:8, 4:48)."""
    if reden not in IntrekReden.values:
        raise HandelingGeweigerd(Reden("reden", "Kies waarom u wilt intrekken.", veld="reden"))
    eis_tekst(motivering, "Schrijf de motivering. Die komt in de brief.", veld="motivering")
    voornemen = Intrekkingsvoornemen.objects.create(
        aanvraag=aanvraag,
        reden=reden,
        motivering=motivering,
        opsteller=actor.persoon,
        voorgenomen_op=nu,
        zienswijze_tot=zienswijzetermijn(aanvraag, datum_van(nu)).laatste_dag,
    )
    maak_voornemen_intrekken(voornemen, actor, nu)
    titel = f"Voornemen om in te trekken: geef uw reactie tot en met {voornemen.zienswijze_tot:%d-%m-%Y}"
    meld_instelling(aanvraag, "intrekking_voornemen", titel, nu)
    return voornemen


def _nog_verleend(deel: Intrekkingsvoornemen, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if deel.aanvraag.status != AanvraagStatus.TOEGEKEND:
        yield Reden("besluit_ingetrokken", "Het besluit is al ingetrokken.")


def _nog_geen_zienswijze(deel: Intrekkingsvoornemen, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if deel.zienswijze_op is not None:
        yield Reden("al_gegeven", "U gaf uw reactie al.")


@handeling(
    "intrekking.zienswijze_geven",
    titel="Reageren op het voornemen om in te trekken",
    op=Intrekkingsvoornemen,
    van=[VoornemenStatus.VOORGENOMEN],
    door=INSTELLINGSROLLEN,
    voorwaarden=[_nog_verleend, _nog_geen_zienswijze],
    knop="primair",
    samen=["aanvraag"],
)
def zienswijze_geven(
    deel: Intrekkingsvoornemen, actor: Actor, *, zienswijze: str, nu: datetime
) -> Intrekkingsvoornemen:
    """Say what one thinks of the voornemen; one that comes late counts as long as nothing was decided (Awb 4:8)."""
    eis_tekst(zienswijze, "Schrijf wat u van het voornemen vindt.", veld="zienswijze")
    deel.zienswijze = zienswijze
    deel.zienswijze_op = nu
    deel.zienswijze_door = actor.persoon
    maak_zienswijzekopie(deel.aanvraag, "het voornemen om de subsidie in te trekken", zienswijze, actor, nu)
    titel = "Er is een reactie op een voornemen om in te trekken"
    for beslist in (False, True):
        meld_beslisser(deel.aanvraag, "zienswijze_ontvangen", titel, nu, beslist=beslist)
    return deel


@handeling(
    "intrekking.afzien",
    titel="Niet intrekken",
    op=Intrekkingsvoornemen,
    van=[VoornemenStatus.VOORGENOMEN],
    naar=VoornemenStatus.AFGEZIEN,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[_nog_verleend],
    samen=["aanvraag"],
)
def afzien(deel: Intrekkingsvoornemen, actor: Actor, *, nu: datetime) -> Intrekkingsvoornemen:
    """Let the voornemen go: the verlening stays as it was."""
    deel.afgezien_op = nu
    titel = f"{beslisser_naam(deel.aanvraag)} trekt een besluit toch niet in"
    meld_instelling(deel.aanvraag, "intrekking_afgezien", titel, nu)
    return deel
