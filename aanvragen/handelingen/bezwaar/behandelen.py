"""Treating a bezwaar: in time or excused, what is missing, the hearing, the advice, putting it off, sending it on."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from aanvragen.handelingen.bezwaar.delen import SAMEN, meld_indiener, niet_betrokken
from aanvragen.handelingen.brieven_bezwaar import maak_herstelverzuim, maak_uitnodiging, maak_verdaging
from aanvragen.handelingen.dossier import behandelt, beslisser_naam, eis_tekst
from aanvragen.models import Bezwaar, Storing
from aanvragen.models.ingebrekestelling import stop_telling
from aanvragen.regels.bezwaar import OPEN_BEZWAAR, Afzien, BezwaarStatus, Verschoning
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.feestdagen import alle as feestdagen
from ips_subsidie.kalender.klok import begin_van_dag, datum_van, einde_van_dag
from ips_subsidie.kalender.rekenen import is_werkdag
from ips_subsidie.kalender.termijnen import Termijn, eigen_termijn
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import VOORBEREIDERS

HERSTEL_DAGEN = 14
HERSTEL_MAX_DAGEN = 91
UITSTEL_MAX_DAGEN = 182
# One may send documents until ten days before the hearing (Awb 7:4 lid 1), so it is not sooner than this.
HOREN_NIET_EERDER_DAGEN = 10


def voorgestelde_hersteltermijn(op: date) -> Termijn:
    """The last day that is proposed for what is missing in a bezwaar (Awb 6:6)."""
    return eigen_termijn(
        op,
        feestdagen(),
        dagen=HERSTEL_DAGEN,
        wat="de dag van de vraag om aan te vullen",
        grondslag="Awb artikel 6:6",
    )


def storing_op_laatste_dag(bezwaar: Bezwaar) -> bool:
    """Was the portal down on the last day for bezwaar? That is a ground to excuse it (Awb 2:21, 6:11)."""
    dag = bezwaar.besluit.bezwaar_tot
    return Storing.objects.filter(van__lt=einde_van_dag(dag), tot__gt=begin_van_dag(dag)).exists()


def _nog_vrij(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if bezwaar.opgepakt_door_id == actor.gebruiker_id:
        yield Reden("al_opgepakt", "U behandelt dit bezwaar al.")


@handeling(
    "bezwaar.oppakken",
    titel="Bezwaar oppakken",
    op=Bezwaar,
    van=OPEN_BEZWAAR,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _nog_vrij],
    direct=True,
    samen=SAMEN,
)
def oppakken(bezwaar: Bezwaar, actor: Actor, *, nu: datetime) -> Bezwaar:
    """Claim the bezwaar, also from a colleague, so that it is clear who treats it."""
    bezwaar.opgepakt_door = actor.persoon
    return bezwaar


def _herstel_voorbij(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    wacht = bezwaar.status == BezwaarStatus.ONTVANKELIJKHEID and bezwaar.herstel_tot is not None
    if wacht and bezwaar.herstel_tot is not None and datum_van(nu) <= bezwaar.herstel_tot:
        tekst = f"De indiener kan de gronden nog sturen tot en met {bezwaar.herstel_tot:%d-%m-%Y}."
        yield Reden("herstel_loopt", tekst)


def _gronden_gevraagd(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if not bezwaar.gronden and bezwaar.herstel_tot is None:
        tekst = (
            "Er staat niet waarom de indiener het niet eens is. Vraag daar eerst om (artikel 6:6 van de Awb)."
        )
        yield Reden("geen_gronden", tekst)


@handeling(
    "bezwaar.ontvankelijkheid",
    titel="Ontvankelijkheid beoordelen",
    op=Bezwaar,
    van=[BezwaarStatus.ONTVANGEN, BezwaarStatus.ONTVANKELIJKHEID],
    naar=BezwaarStatus.HOORZITTING,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _herstel_voorbij, _gronden_gevraagd],
    knop="primair",
    samen=SAMEN,
)
def ontvankelijkheid(
    bezwaar: Bezwaar,
    actor: Actor,
    *,
    commissie: bool = False,
    verschoonbaar: bool | None = None,
    verschoning: str = "",
    toelichting: str = "",
    nu: datetime,
) -> Bezwaar:
    """Say whether it was in time, of a late one whether that is excused (Awb 6:11), and whether a commissie advises.

    With a commissie there are twelve weeks to decide and not six (Awb 7:10, 7:13).
    """
    if bezwaar.te_laat:
        redenen = list(_bezwaren_tegen_verschoning(bezwaar, verschoonbaar, verschoning, toelichting))
        if redenen:
            raise HandelingGeweigerd(*redenen)
        bezwaar.verschoonbaar = verschoonbaar
        bezwaar.verschoning = verschoning if verschoonbaar else ""
        bezwaar.verschoning_toelichting = toelichting
    bezwaar.commissie = commissie
    bezwaar.opgepakt_door = bezwaar.opgepakt_door or actor.persoon
    bezwaar.herbereken()
    return bezwaar


def _bezwaren_tegen_verschoning(
    bezwaar: Bezwaar, verschoonbaar: bool | None, verschoning: str, toelichting: str
) -> Iterable[Reden]:
    if verschoonbaar is None:
        tekst = "Het bezwaar kwam te laat. Kies of dat te verontschuldigen is."
        yield Reden("verschoonbaar", tekst, veld="verschoonbaar")
        return
    if verschoonbaar and verschoning not in Verschoning.values:
        yield Reden("verschoning", "Kies waarom het te laat mocht komen.", veld="verschoning")
    elif verschoonbaar and verschoning == Verschoning.STORING and not storing_op_laatste_dag(bezwaar):
        tekst = "Op de laatste dag voor bezwaar is geen storing vastgelegd. Kies een andere reden."
        yield Reden("geen_storing", tekst, veld="verschoning")
    if not toelichting.strip():
        yield Reden("toelichting", "Schrijf waarom u dit vindt.", veld="toelichting")


def _nog_niet_gevraagd(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if bezwaar.herstel_tot is not None:
        yield Reden("al_gevraagd", "U vroeg al om een aanvulling. Dat kan één keer.")


@handeling(
    "bezwaar.herstel_vragen",
    titel="Gronden vragen",
    op=Bezwaar,
    van=[BezwaarStatus.ONTVANGEN],
    naar=BezwaarStatus.ONTVANKELIJKHEID,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _nog_niet_gevraagd],
    samen=SAMEN,
)
def herstel_vragen(bezwaar: Bezwaar, actor: Actor, *, wat: str, termijn_tot: date, nu: datetime) -> Bezwaar:
    """Ask for what is missing, up to and including `termijn_tot`; the term stands still meanwhile (Awb 6:6, 7:10)."""
    eis_tekst(wat, "Schrijf wat er ontbreekt.", veld="wat")
    if not 1 <= (termijn_tot - datum_van(nu)).days <= HERSTEL_MAX_DAGEN:
        tekst = f"Kies een dag na vandaag, binnen {HERSTEL_MAX_DAGEN} dagen."
        raise HandelingGeweigerd(Reden("termijn_tot", tekst, veld="termijn_tot"))
    bezwaar.opgepakt_door = bezwaar.opgepakt_door or actor.persoon
    bezwaar.herstel_gevraagd_op = datum_van(nu)
    bezwaar.herstel_tot = termijn_tot
    bezwaar.herbereken()
    maak_herstelverzuim(bezwaar, actor, wat, nu)
    titel = f"Vul uw bezwaar aan, uiterlijk {termijn_tot:%d-%m-%Y}"
    meld_indiener(bezwaar, "bezwaar_herstel", titel, nu)
    return bezwaar


@handeling(
    "bezwaar.hoorzitting_plannen",
    titel="Hoorzitting plannen",
    op=Bezwaar,
    van=[BezwaarStatus.HOORZITTING],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken],
    knop="primair",
    samen=SAMEN,
)
def hoorzitting_plannen(
    bezwaar: Bezwaar, actor: Actor, *, op: datetime, plaats: str, nu: datetime
) -> Bezwaar:
    """Invite the indiener to be heard; a later call moves the hearing (Awb 7:2). `op` is an aware instant."""
    eis_tekst(plaats, "Schrijf waar de hoorzitting is, of dat die per videogesprek is.", veld="plaats")
    if (datum_van(op) - datum_van(nu)).days < HOREN_NIET_EERDER_DAGEN:
        tekst = (
            f"Kies een dag over minstens {HOREN_NIET_EERDER_DAGEN} dagen: zo lang van tevoren kan de indiener nog "
            "stukken sturen (artikel 7:4 van de Awb)."
        )
        raise HandelingGeweigerd(Reden("op", tekst, veld="op"))
    if not is_werkdag(datum_van(op), feestdagen()):
        raise HandelingGeweigerd(Reden("op", "Kies een werkdag voor de hoorzitting.", veld="op"))
    bezwaar.hoorzitting_op = op
    bezwaar.hoorzitting_plaats = plaats.strip()
    bezwaar.gehoord_op, bezwaar.afgezien = None, ""
    maak_uitnodiging(bezwaar, actor, nu)
    titel = f"U wordt gehoord over een bezwaar op {datum_van(op):%d-%m-%Y}"
    meld_indiener(bezwaar, "bezwaar_hoorzitting", titel, nu)
    return bezwaar


@handeling(
    "bezwaar.gehoord",
    titel="Verslag van het horen vastleggen",
    op=Bezwaar,
    van=[BezwaarStatus.HOORZITTING],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken],
    samen=SAMEN,
)
def gehoord(bezwaar: Bezwaar, actor: Actor, *, op: date, verslag: str, nu: datetime) -> Bezwaar:
    """Record that the indiener was heard, and what was said (Awb 7:7)."""
    eis_tekst(verslag, "Schrijf wat er is gezegd.", veld="verslag")
    if not datum_van(bezwaar.ontvangen_op) <= op <= datum_van(nu):
        tekst = "Kies een dag sinds het bezwaar binnenkwam, tot en met vandaag."
        raise HandelingGeweigerd(Reden("op", tekst, veld="op"))
    bezwaar.gehoord_op = op
    bezwaar.verslag = verslag
    bezwaar.afgezien = ""
    return bezwaar


@handeling(
    "bezwaar.afzien",
    titel="Afzien van horen",
    op=Bezwaar,
    van=[BezwaarStatus.HOORZITTING],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken],
    samen=SAMEN,
)
def afzien(bezwaar: Bezwaar, actor: Actor, *, reden: str, toelichting: str = "", nu: datetime) -> Bezwaar:
    """Record why nobody need be heard (Awb 7:3); the beslissing must agree with it."""
    if reden not in Afzien.values:
        raise HandelingGeweigerd(Reden("reden", "Kies waarom horen niet hoeft.", veld="reden"))
    bezwaar.afgezien = reden
    bezwaar.verslag = toelichting
    bezwaar.gehoord_op = bezwaar.hoorzitting_op = None
    return bezwaar


@handeling(
    "bezwaar.advies_vastleggen",
    titel="Advies vastleggen",
    op=Bezwaar,
    van=[BezwaarStatus.HOORZITTING, BezwaarStatus.VOORGESTELD],
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken],
    samen=SAMEN,
)
def advies_vastleggen(bezwaar: Bezwaar, actor: Actor, *, advies: str, nu: datetime) -> Bezwaar:
    """Keep the advice of the adviescommissie (Awb 7:13), or of who treats it."""
    eis_tekst(advies, "Schrijf het advies.", veld="advies")
    bezwaar.advies = advies
    return bezwaar


def _op_tijd_verdaagd(bezwaar: Bezwaar, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if datum_van(nu) > bezwaar.beslis_uiterlijk:
        tekst = (
            f"De termijn liep tot en met {bezwaar.beslis_uiterlijk:%d-%m-%Y}. Uitstellen kan niet meer: beslis zo "
            "snel mogelijk."
        )
        yield Reden("te_laat", tekst)


@handeling(
    "bezwaar.verdagen",
    titel="Beslissing uitstellen",
    op=Bezwaar,
    van=OPEN_BEZWAAR,
    door=VOORBEREIDERS,
    relatie=behandelt,
    voorwaarden=[niet_betrokken, _op_tijd_verdaagd],
    samen=SAMEN,
)
def verdagen(
    bezwaar: Bezwaar, actor: Actor, *, reden: str, instemming_tot: date | None = None, nu: datetime
) -> Bezwaar:
    """Put the beslissing off, before the term has passed: once by six weeks (Awb 7:10 lid 3), or as agreed (lid 4).

    `instemming_tot` is the last day to which the indiener agreed.
    """
    eis_tekst(reden, "Schrijf waarom er meer tijd nodig is. Dat staat in de brief.", veld="reden")
    if instemming_tot is None and bezwaar.is_verdaagd:
        tekst = "De beslissing is al een keer uitgesteld. Verder uitstel kan alleen als de indiener instemt."
        raise HandelingGeweigerd(Reden("al_verdaagd", tekst, veld="instemming_tot"))
    if instemming_tot is None:
        bezwaar.verdaagd_op = datum_van(nu)
    else:
        hoogstens = bezwaar.beslis_uiterlijk + timedelta(days=UITSTEL_MAX_DAGEN)
        if not bezwaar.beslis_uiterlijk < instemming_tot <= hoogstens:
            tekst = f"Kies een dag na {bezwaar.beslis_uiterlijk:%d-%m-%Y}, en uiterlijk {hoogstens:%d-%m-%Y}."
            raise HandelingGeweigerd(Reden("instemming_tot", tekst, veld="instemming_tot"))
        bezwaar.uitstel_tot = instemming_tot
    bezwaar.herbereken()
    maak_verdaging(bezwaar, actor, reden, nu, met_instemming=instemming_tot is not None)
    wie, dag = beslisser_naam(bezwaar.aanvraag), bezwaar.beslis_uiterlijk
    meld_indiener(
        bezwaar, "bezwaar_verdaagd", f"{wie} beslist later op een bezwaar: uiterlijk {dag:%d-%m-%Y}", nu
    )
    return bezwaar


@handeling(
    "bezwaar.doorzenden",
    titel="Bezwaar doorzenden",
    op=Bezwaar,
    van=[BezwaarStatus.ONTVANGEN, BezwaarStatus.ONTVANKELIJKHEID],
    naar=BezwaarStatus.DOORGEZONDEN,
    door=VOORBEREIDERS,
    relatie=behandelt,
    samen=SAMEN,
)
def doorzenden(bezwaar: Bezwaar, actor: Actor, *, naar: str, nu: datetime) -> Bezwaar:
    """Send it on to who must decide on it, and tell the indiener; the day of receipt here counts there (Awb 6:15)."""
    eis_tekst(naar, "Schrijf naar wie u het bezwaar doorzendt.", veld="naar")
    bezwaar.doorgezonden_op = nu
    stop_telling(bezwaar.aanvraag, datum_van(nu), bezwaar=bezwaar)
    bezwaar.doorgezonden_naar = naar.strip()
    meld_indiener(bezwaar, "bezwaar_doorgezonden", "Een bezwaar is doorgezonden naar wie erover beslist", nu)
    return bezwaar
