"""The traject: start, what happens in it, an early end."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from aanvragen.handelingen.dossier import eis_tekst, meld_gemeente, meld_uwv
from aanvragen.models import Traject, Trajectgebeurtenis
from aanvragen.models.traject import GebeurtenisSoort, StopReden
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus
from aanvragen.regels.traject import bezwaren_tegen_start, laatste_dag
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import INSTELLINGSROLLEN, Rol


def _nog_verleend(traject: Traject, actor: Actor, nu: datetime) -> Iterable[Reden]:
    if traject.aanvraag.status != AanvraagStatus.TOEGEKEND:
        yield Reden(
            "besluit_ingetrokken", "Het besluit is ingetrokken. Er is geen subsidie meer voor dit traject."
        )


@handeling(
    "traject.starten",
    titel="Start doorgeven",
    op=Traject,
    van=[TrajectStatus.GEPLAND],
    naar=TrajectStatus.GESTART,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_nog_verleend],
    knop="primair",
)
def starten(traject: Traject, actor: Actor, *, startdatum: date, nu: datetime) -> Traject:
    """Report the start. Not before the dagtekening of the besluit; the last day follows (A-REG art. 1, U-17)."""
    redenen = bezwaren_tegen_start(startdatum, traject.vroegste_start, datum_van(nu))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    traject.startdatum = startdatum
    traject.laatste_dag = laatste_dag(startdatum, traject.maanden)
    meld_uwv(traject.aanvraag, "traject_gestart", "Een traject is gestart", nu, rollen=[Rol.UWV_FINANCIEN])
    meld_gemeente(traject.aanvraag, "traject_gestart", "Een traject is gestart", nu)
    return traject


@handeling(
    "traject.niet_starten",
    titel="Traject gaat niet door",
    op=Traject,
    van=[TrajectStatus.GEPLAND],
    naar=TrajectStatus.NIET_GESTART,
    door=INSTELLINGSROLLEN,
    knop="gevaar",
)
def niet_starten(traject: Traject, actor: Actor, *, toelichting: str, nu: datetime) -> Traject:
    """Report that the traject will not start; UWV then withdraws the besluit."""
    eis_tekst(toelichting, "Schrijf kort waarom.", veld="toelichting")
    meld_uwv(
        traject.aanvraag,
        "traject_niet_gestart",
        "Een traject gaat niet door: trek het besluit in",
        nu,
        rollen=[Rol.UWV_BESLISSER],
    )
    meld_gemeente(traject.aanvraag, "traject_niet_gestart", "Een traject gaat niet door", nu)
    return traject


@handeling(
    "traject.stoppen",
    titel="Traject eerder stoppen",
    op=Traject,
    van=[TrajectStatus.GESTART],
    naar=TrajectStatus.VOORTIJDIG_BEEINDIGD,
    door=INSTELLINGSROLLEN,
    voorwaarden=[_nog_verleend],
    knop="gevaar",
)
def stoppen(traject: Traject, actor: Actor, *, gestopt_op: date, stop_reden: str, nu: datetime) -> Traject:
    """Report an early end, with its last day. The place stays used (T33)."""
    assert traject.startdatum is not None
    assert traject.laatste_dag is not None
    redenen = []
    if not traject.startdatum <= gestopt_op <= traject.laatste_dag:
        redenen.append(
            Reden(
                "stopdatum",
                f"Kies een dag van {traject.startdatum:%d-%m-%Y} tot en met {traject.laatste_dag:%d-%m-%Y}.",
                veld="gestopt_op",
            )
        )
    elif gestopt_op > datum_van(nu):
        redenen.append(
            Reden("stopdatum", "Geef het stoppen door op de dag zelf of daarna.", veld="gestopt_op")
        )
    if stop_reden not in StopReden.values:
        redenen.append(Reden("stop_reden", "Kies waarom het traject stopt.", veld="stop_reden"))
    if redenen:
        raise HandelingGeweigerd(*redenen)
    traject.gestopt_op = gestopt_op
    traject.stop_reden = stop_reden
    meld_uwv(
        traject.aanvraag,
        "traject_gestopt",
        "Een traject is eerder gestopt",
        nu,
        rollen=[Rol.UWV_BEOORDELAAR, Rol.UWV_FINANCIEN],
    )
    meld_gemeente(traject.aanvraag, "traject_gestopt", "Een traject is eerder gestopt", nu)
    return traject


@handeling(
    "traject.gebeurtenis_melden",
    titel="Gebeurtenis melden",
    op=Traject,
    van=[TrajectStatus.GESTART],
    door=INSTELLINGSROLLEN,
)
def gebeurtenis_melden(
    traject: Traject, actor: Actor, *, soort: str, datum: date, toelichting: str, nu: datetime
) -> Trajectgebeurtenis:
    """Record what happened: work, a move, another trajectbegeleider. Nothing that was granted changes (T46, T74)."""
    assert traject.startdatum is not None
    redenen = []
    if soort not in GebeurtenisSoort.values:
        redenen.append(Reden("soort", "Kies wat er is gebeurd.", veld="soort"))
    if not traject.startdatum <= datum <= datum_van(nu):
        redenen.append(
            Reden("datum", "Kies een dag sinds de start van het traject, tot en met vandaag.", veld="datum")
        )
    if redenen:
        raise HandelingGeweigerd(*redenen)
    return Trajectgebeurtenis.objects.create(
        traject=traject,
        soort=soort,
        datum=datum,
        toelichting=toelichting,
        gemeld_op=nu,
        gemeld_door=actor.persoon,
    )
