"""The beslissing op bezwaar: proposed by one, taken by another, with all that follows from it (Awb 7:11)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from aanvragen.handelingen.besluit import in_mandaat, neem_besluit
from aanvragen.handelingen.bezwaar import gevolgen
from aanvragen.handelingen.bezwaar.delen import SAMEN, meld_behandelaar, meld_indiener, niet_betrokken
from aanvragen.handelingen.dossier import behandelt, beslisser_naam, eis_tekst
from aanvragen.models import Besluit, BesluitSoort, Bezwaar
from aanvragen.models.besluit import Rechtsmiddel
from aanvragen.regels.bezwaar import Afzien, BezwaarStatus, Gevolg, Uitkomst, gevolgen_bij, herroept
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import BESLISSERS, VOORBEREIDERS

_ALLEEN_BIJ = {
    Afzien.NIET_ONTVANKELIJK: Uitkomst.NIET_ONTVANKELIJK,
    Afzien.ONGEGROND: Uitkomst.ONGEGROND,
    Afzien.VOLLEDIG: Uitkomst.GEGROND,
}


def _gehoord(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if bezwaar.gehoord_op is None and not bezwaar.afgezien:
        tekst = "Hoor eerst de indiener, of leg vast waarom dat niet hoeft (artikel 7:2 en 7:3 van de Awb)."
        yield Reden("niet_gehoord", tekst)


def _geadviseerd(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if bezwaar.commissie and not bezwaar.advies:
        yield Reden(
            "geen_advies", "De adviescommissie heeft nog niet geadviseerd. Leg eerst haar advies vast."
        )


@handeling(
    "bezwaar.voorstellen",
    titel="Beslissing voorstellen",
    op=Bezwaar,
    van=[BezwaarStatus.HOORZITTING, BezwaarStatus.VOORGESTELD],
    naar=BezwaarStatus.VOORGESTELD,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _gehoord, _geadviseerd],
    knop="primair",
    samen=SAMEN,
)
def voorstellen(
    bezwaar: Bezwaar,
    actor: Actor,
    *,
    uitkomst: str,
    motivering: str,
    gevolg: str = "",
    bedrag_cent: int | None = None,
    nu: datetime,
) -> Bezwaar:
    """Propose what to decide and what follows from it; a colleague decides (four eyes). A second replaces the first.

    `bedrag_cent` is what the subsidie is set on instead, only for a higher vaststelling.
    """
    redenen = list(_tegen_uitkomst(bezwaar, uitkomst, nu))
    if uitkomst == Uitkomst.GEGROND and not redenen:
        redenen += _tegen_gevolg(bezwaar, gevolg, bedrag_cent)
    if not motivering.strip():
        redenen.append(Reden("motivering", "Schrijf de motivering. Die komt in de brief.", veld="motivering"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    bezwaar.uitkomst = uitkomst
    bezwaar.gevolg = gevolg if uitkomst == Uitkomst.GEGROND else ""
    bezwaar.bedrag_cent = bedrag_cent if bezwaar.gevolg == Gevolg.HOGER_VASTSTELLEN else None
    bezwaar.motivering = motivering
    bezwaar.opsteller = actor.persoon
    bezwaar.voorgesteld_op = nu
    meld_behandelaar(bezwaar, "bezwaar_voorgesteld", "Neem een beslissing op bezwaar", nu, beslist=True)
    return bezwaar


def _tegen_uitkomst(bezwaar: Bezwaar, uitkomst: str, nu: datetime) -> Iterable[Reden]:
    if uitkomst not in Uitkomst.values:
        yield Reden("uitkomst", "Kies wat de beslissing wordt.", veld="uitkomst")
        return
    inhoudelijk = uitkomst != Uitkomst.NIET_ONTVANKELIJK
    if inhoudelijk and bezwaar.te_laat and not bezwaar.verschoonbaar:
        tekst = "Het bezwaar kwam te laat en dat is niet te verontschuldigen. Dan is het niet-ontvankelijk."
        yield Reden("te_laat", tekst, veld="uitkomst")
    elif inhoudelijk and not bezwaar.gronden:
        tekst = "Er zijn geen gronden. Dan is het bezwaar niet-ontvankelijk (artikel 6:6 van de Awb)."
        yield Reden("geen_gronden", tekst, veld="uitkomst")
    past = _ALLEEN_BIJ.get(Afzien(bezwaar.afgezien)) if bezwaar.afgezien else None
    if past is not None and past != uitkomst:
        waarom = bezwaar.get_afgezien_display().lower()
        tekst = f"Er is niet gehoord om deze reden: “{waarom}”. Daar past deze beslissing niet bij."
        yield Reden("afgezien", tekst, veld="uitkomst")


def _tegen_gevolg(bezwaar: Bezwaar, gevolg: str, bedrag_cent: int | None) -> Iterable[Reden]:
    if gevolg not in gevolgen_bij(bezwaar.besluit.soort):
        yield Reden("gevolg", "Kies wat er met het besluit gebeurt.", veld="gevolg")
        return
    yield from gevolgen.bezwaren_tegen(bezwaar, Gevolg(gevolg), bedrag_cent)


def _vier_ogen(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if bezwaar.opsteller_id == actor.gebruiker_id:
        yield Reden("vier_ogen", "U hebt dit zelf voorgesteld. Een collega moet de beslissing nemen.")


@handeling(
    "bezwaar.terugleggen",
    titel="Terugleggen bij de behandelaar",
    op=Bezwaar,
    van=[BezwaarStatus.VOORGESTELD],
    naar=BezwaarStatus.HOORZITTING,
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _vier_ogen],
    samen=SAMEN,
    direct=True,
)
def terugleggen(bezwaar: Bezwaar, actor: Actor, *, nu: datetime) -> Bezwaar:
    """Give it back to who treats it: what was proposed won't do. That one proposes anew."""
    meld_behandelaar(bezwaar, "bezwaar_teruggelegd", "Een voorstel op een bezwaar is teruggelegd", nu)
    return bezwaar


@handeling(
    "bezwaar.beslissen",
    titel="Op het bezwaar beslissen",
    op=Bezwaar,
    van=[BezwaarStatus.VOORGESTELD],
    door=BESLISSERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _vier_ogen, in_mandaat],
    knop="primair",
    samen=(*SAMEN, "opsteller", "aanvraag__regeling"),
    gevoelig=True,
)
def beslissen(bezwaar: Bezwaar, actor: Actor, *, motivering: str, nu: datetime) -> Besluit:
    """Decide as proposed: the beslissing with its letter, and when gegrond what it does to dossier, traject and budget.

    Raises HandelingGeweigerd when what was proposed can't be done any more.
    """
    eis_tekst(motivering, "Schrijf de motivering. Die komt in de brief.", veld="motivering")
    dossier = gevolgen.vergrendel_dossier(bezwaar)
    # The dossier may have changed since the proposal.
    if bezwaar.uitkomst == Uitkomst.GEGROND:
        redenen = list(gevolgen.bezwaren_tegen(bezwaar, Gevolg(bezwaar.gevolg), bezwaar.bedrag_cent))
        if redenen:
            raise HandelingGeweigerd(*redenen)
    besluit = neem_besluit(
        dossier,
        actor,
        BesluitSoort.BESLISSING_OP_BEZWAAR,
        motivering=motivering,
        nu=nu,
        opsteller_id=bezwaar.opsteller_id,
        rechtsmiddel=Rechtsmiddel.BEROEP,
        vorig_besluit=bezwaar.besluit,
        herroept=herroept(bezwaar.uitkomst, bezwaar.gevolg),
        gronden=[deel for deel in (bezwaar.uitkomst, bezwaar.gevolg) if deel],
        brief={"bezwaar": bezwaar},
    )
    bezwaar.motivering = motivering
    bezwaar.besluit_op_bezwaar = besluit
    bezwaar.status = BezwaarStatus(bezwaar.uitkomst)
    if besluit.herroept:
        gevolgen.voer_uit(bezwaar, dossier, actor, nu)
    titel = f"{beslisser_naam(dossier)} heeft op een bezwaar beslist ({datum_van(nu):%d-%m-%Y})"
    meld_indiener(bezwaar, "bezwaar_beslist", titel, nu)
    return besluit
