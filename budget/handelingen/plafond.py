"""Changing a limit: a new version of the regeling, with the day of publication, the source and the reason."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from budget.handelingen.laden import laad_regeling
from budget.models import Regeling, RegelingVersie
from budget.regels.inlezen import RegelingFout
from budget.regels.wijzigen import ParameterFout, met_parameters
from ips_subsidie.handelingen.kern import handeling
from ips_subsidie.handelingen.weigering import HandelingGeweigerd, Reden
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.toegang.rollen import Rol


@handeling(
    "plafond.wijzigen",
    titel="Plafond wijzigen",
    door=[Rol.UWV_FINANCIEN],
    maakt="budget.regelingversie",
    gevoelig=True,
)
def wijzigen(
    actor: Actor,
    *,
    regeling: Regeling,
    grenzen: Mapping[str, int | None],
    gepubliceerd_op: date,
    bron: str,
    reden: str,
    nu: datetime,
) -> RegelingVersie:
    """Raise or lower a limit; what was received before the publication keeps the old one (Awb 4:25, 4:27).

    `grenzen` by the names of the regeling: `plafond_trajecten`, `plafond_bedrag_cent`, `sub_plafond_<route>`,
    `cap_per_gemeente`; None takes the limit away.
    """
    redenen = [
        Reden(veld, tekst, veld=veld)
        for veld, waarde, tekst in (
            ("bron", bron, "Schrijf waar de wijziging staat, bijvoorbeeld in welke Staatscourant."),
            ("reden", reden, "Schrijf waarom de grens verandert."),
        )
        if not waarde.strip()
    ]
    if redenen:
        raise HandelingGeweigerd(*redenen)
    laatste = regeling.versies.latest("nummer")
    try:
        tekst = met_parameters(laatste.tekst, grenzen)
        versie, nieuw = laad_regeling(
            tekst,
            reden=reden,
            nu=nu,
            # A version that waits for its day goes on waiting; the limits hold at once.
            geldig_vanaf=max(datum_van(nu), laatste.geldig_vanaf),
            door_id=actor.gebruiker_id,
            gepubliceerd_op=gepubliceerd_op,
            bron=bron,
        )
    except (ParameterFout, RegelingFout) as fout:
        raise HandelingGeweigerd(Reden("grens", f"Deze grens kan niet: {fout}.", veld="grens")) from fout
    if not nieuw:
        raise HandelingGeweigerd(
            Reden("geen_wijziging", "Deze grens geldt al. Kies een andere.", veld="grens")
        )
    return versie
