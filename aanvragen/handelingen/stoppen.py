"""The stopbericht: deel 1 of the instelling, deel 2 of the gemeente where she decides, processing, taking back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from aanvragen.handelingen.brieven_einde import maak_stopbericht
from aanvragen.handelingen.dossier import (
    behandelt,
    eis_tekst,
    meld_beslisser,
    meld_gemeente,
    meld_instelling,
    meld_uwv,
)
from aanvragen.handelingen.traject import nog_verleend
from aanvragen.handelingen.verslag import heeft_verslag, schort_op, vraag_verslag
from aanvragen.models import Stopbericht, Traject
from aanvragen.models.traject import StopReden
from aanvragen.regels.statussen import LEVEND_STOPBERICHT, AanvraagStatus, StopberichtStatus, TrajectStatus
from aanvragen.regels.traject import bezwaren_tegen_stop
from budget.handelingen import verplichtingen
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import GEMEENTEROLLEN, INSTELLINGSROLLEN, Rol

_NIET_BEVESTIGD = "Het traject is gestopt en het stopbericht is nog niet bevestigd."


def _nog_geen_verslag(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if heeft_verslag(traject):
        yield Reden(
            "verslag_ingediend", "U stuurde al een verslag over het hele traject. Stoppen kan niet meer."
        )


@handeling(
    "traject.stoppen",
    titel="Traject eerder stoppen",
    op=Traject,
    van=[TrajectStatus.GESTART],
    naar=TrajectStatus.VOORTIJDIG_BEEINDIGD,
    door=INSTELLINGSROLLEN,
    voorwaarden=[nog_verleend, _nog_geen_verslag],
    knop="gevaar",
)
def stoppen(
    traject: Traject,
    actor: Actor,
    *,
    gestopt_op: date,
    stop_reden: str,
    toelichting: str = "",
    nu: datetime,
) -> Traject:
    """Report an early end, with its last day: stopbericht deel 1. The place stays used (T33).

    Where the gemeente decides she confirms it first, and until then nothing is paid (T72); where UWV decides it
    is confirmed at once. The day may lie before the besluit (T62), never outside the traject (T73).
    """
    _kan_stoppen(traject, gestopt_op, stop_reden, nu)
    traject.gestopt_op = gestopt_op
    traject.stop_reden = stop_reden
    stopbericht = Stopbericht.objects.create(
        traject=traject,
        datum_einde=gestopt_op,
        reden=stop_reden,
        toelichting=toelichting,
        gemeld_op=nu,
        gemeld_door=actor.persoon,
    )
    maak_stopbericht(stopbericht, nu, deel=1, door=str(actor.persoon))
    aanvraag = traject.aanvraag
    if stop_reden == StopReden.AKKOORD:
        aanvraag.akkoord_ingetrokken_op = nu
        aanvraag.save(update_fields=["akkoord_ingetrokken_op"])
    if aanvraag.gemeente_beslist:
        assert aanvraag.reservering is not None
        verplichtingen.blokkeer(aanvraag.reservering, _NIET_BEVESTIGD, nu)
        meld_gemeente(aanvraag, "traject_gestopt", "Bevestig dat een traject is gestopt", nu)
        meld_uwv(aanvraag, "traject_gestopt", "Een traject is gestopt, nog niet bevestigd", nu, rollen=_GELD)
        return traject
    stopbericht.status = StopberichtStatus.BEVESTIGD
    stopbericht.bevestigd_op = nu
    stopbericht.save(update_fields=["status", "bevestigd_op"])
    vraag_verslag(traject, nu)
    meld_uwv(
        aanvraag, "traject_gestopt", "Een traject is eerder gestopt", nu, rollen=[Rol.UWV_BEOORDELAAR, *_GELD]
    )
    meld_gemeente(aanvraag, "traject_gestopt", "Een traject is eerder gestopt", nu)
    return traject


def _kan_stoppen(traject: Traject, gestopt_op: date, stop_reden: str, nu: datetime) -> None:
    """Raises HandelingGeweigerd for a day outside the traject or a reason that there isn't."""
    assert traject.startdatum is not None
    assert traject.laatste_dag is not None
    redenen = bezwaren_tegen_stop(
        gestopt_op=gestopt_op, start=traject.startdatum, laatste=traject.laatste_dag, op=datum_van(nu)
    )
    if stop_reden not in StopReden.values:
        redenen.append(Reden("stop_reden", "Kies waarom het traject stopt.", veld="stop_reden"))
    if redenen:
        raise HandelingGeweigerd(*redenen)


_GELD = (Rol.UWV_FINANCIEN,)


@handeling(
    "stopbericht.bevestigen",
    titel="Stopbericht bevestigen",
    op=Stopbericht,
    van=[StopberichtStatus.VERZONDEN],
    naar=StopberichtStatus.BEVESTIGD,
    door=GEMEENTEROLLEN,
    relatie=behandelt,
    knop="primair",
    direct=True,
)
def bevestigen(stopbericht: Stopbericht, actor: Actor, *, nu: datetime) -> Stopbericht:
    """Confirm the stopbericht to UWV: deel 2. From now on the verslag is asked, and what is due can be paid again."""
    aanvraag = stopbericht.dossier
    assert aanvraag.reservering is not None
    stopbericht.bevestigd_op = nu
    stopbericht.bevestigd_door = actor.persoon
    maak_stopbericht(stopbericht, nu, deel=2, door=str(actor.persoon))
    verplichtingen.deblokkeer(aanvraag.reservering, nu)
    if aanvraag.status == AanvraagStatus.TOEGEKEND:
        vraag_verslag(_vergrendeld(stopbericht), nu)
    meld_uwv(aanvraag, "stopbericht_bevestigd", "Verwerk een stopbericht", nu, rollen=_GELD)
    meld_instelling(aanvraag, "stopbericht_bevestigd", "De gemeente bevestigde een stopbericht", nu)
    return stopbericht


@handeling(
    "stopbericht.verwerken",
    titel="Stopbericht verwerken",
    op=Stopbericht,
    van=[StopberichtStatus.BEVESTIGD],
    naar=StopberichtStatus.VERWERKT,
    door=[Rol.UWV_FINANCIEN],
    knop="primair",
    direct=True,
    gevoelig=True,
)
def verwerken(stopbericht: Stopbericht, actor: Actor, *, nu: datetime) -> Stopbericht:
    """Say that UWV has dealt with it in its payments; it leaves the worklist."""
    stopbericht.verwerkt_op = nu
    stopbericht.verwerkt_door = actor.persoon
    return stopbericht


def _kan_terug(stopbericht: Stopbericht, actor: Actor, nu: datetime) -> Iterable[Reden]:
    yield from nog_verleend(stopbericht.traject, actor, nu)
    if heeft_verslag(stopbericht.traject):
        yield Reden(
            "verslag_ingediend",
            "De instelling stuurde al een verslag over dit traject. Terugdraaien kan niet meer.",
        )


@handeling(
    "stopbericht.herroepen",
    titel="Stopbericht terugdraaien",
    op=Stopbericht,
    van=LEVEND_STOPBERICHT,
    naar=StopberichtStatus.HERROEPEN,
    door=[Rol.UWV_BESLISSER],
    voorwaarden=[_kan_terug],
    knop="gevaar",
    gevoelig=True,
)
def herroepen(stopbericht: Stopbericht, actor: Actor, *, reden: str, nu: datetime) -> Stopbericht:
    """Take a stopbericht back that was a mistake: the traject runs again, to the last day it had."""
    eis_tekst(reden, "Schrijf waarom het stopbericht niet klopt.", veld="reden")
    aanvraag = stopbericht.dossier
    assert aanvraag.reservering is not None
    if stopbericht.status == StopberichtStatus.VERZONDEN:
        verplichtingen.deblokkeer(aanvraag.reservering, nu)
    stopbericht.herroepen_op = nu
    stopbericht.herroepen_door = actor.persoon
    stopbericht.herroep_reden = reden
    traject = _vergrendeld(stopbericht)
    traject.status = TrajectStatus.GESTART
    traject.gestopt_op = None
    traject.stop_reden = ""
    traject.versie += 1
    traject.save(update_fields=["status", "gestopt_op", "stop_reden", "versie"])
    schort_op(traject, nu)
    meld_instelling(aanvraag, "stopbericht_herroepen", "Een stopbericht is teruggedraaid", nu)
    meld_gemeente(aanvraag, "stopbericht_herroepen", "Een stopbericht is teruggedraaid", nu)
    meld_beslisser(aanvraag, "stopbericht_herroepen", "Een stopbericht is teruggedraaid", nu)
    return stopbericht


def _vergrendeld(stopbericht: Stopbericht) -> Traject:
    """The traject under its own lock, knowing its aanvraag."""
    traject = Traject.objects.select_for_update(of=("self",)).get(pk=stopbericht.traject_id)
    traject.aanvraag = stopbericht.dossier
    return traject
