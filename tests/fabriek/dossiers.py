"""A new dossier in a status. `keuzes` are those of `invoer`: route, gemeente, bsn, and any field by its name."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.handelingen import (
    invullen,
    voordragen,
)
from aanvragen.models import Aanvraag, Traject, Verlenging, Voordracht
from aanvragen.regels.statussen import AanvraagStatus, TrajectStatus
from ips_subsidie.kalender.klok import datum_van
from tests.fabriek.bezwaar import ken_alsnog_toe
from tests.fabriek.stappen import (
    beoordeel,
    beslis_verlenging,
    dien_in,
    geef_toestemming,
    invoer,
    ken_toe,
    laat_buiten_behandeling,
    neem_in_behandeling,
    onderteken,
    reserveer_budget,
    start,
    start_niet,
    stop,
    trek_besluit_in,
    trek_in,
    vraag_aanvulling,
    vraag_budget,
    vraag_toestemming,
    vraag_verlenging,
    vul_in,
    weiger_budget,
    weiger_toestemming,
    wijs_af,
)
from tests.fabriek.wereld import NIJMEGEN, NU, NU_B, Wereld, doe, maak_wereld, maak_wereld_b


def concept(wereld: Wereld, nu: datetime = NU) -> Aanvraag:
    """Nothing filled in yet."""
    return doe(invullen.beginnen, None, wereld.behandelaar, nu, regeling=wereld.regeling)


def compleet(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """A concept with everything filled in, and signed by the deelnemer where the regeling asks that."""
    aanvraag = vul_in(wereld, concept(wereld, nu), invoer(wereld, nu=nu, **keuzes), nu)
    return onderteken(wereld, aanvraag, nu) if aanvraag.inhoud.regels.handtekening else aanvraag


def wacht_op_toestemming(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return vraag_toestemming(wereld, compleet(wereld, nu, **keuzes), nu)


def met_toestemming(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """The gemeente gave her toestemming; still to be submitted."""
    return geef_toestemming(wereld, wacht_op_toestemming(wereld, nu, **keuzes), nu)


def klaar_om_in_te_dienen(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """All that stands before submitting, whatever the route."""
    inhoud = wereld.regeling.versie_op(datum_van(nu)).inhoud
    if inhoud.route(keuzes.get("route", "gemeente")).toestemming:
        return met_toestemming(wereld, nu, **keuzes)
    return compleet(wereld, nu, **keuzes)


def ingediend(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return dien_in(wereld, klaar_om_in_te_dienen(wereld, nu, **keuzes), nu)


def onvolledig(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return vraag_aanvulling(wereld, ingediend(wereld, nu, **keuzes), nu)


def in_behandeling(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return neem_in_behandeling(wereld, ingediend(wereld, nu, **keuzes), nu)


def beoordeeld(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """In behandeling, with the advice to grant."""
    return beoordeel(wereld, in_behandeling(wereld, nu, **keuzes), nu)


def budget_gevraagd(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """Part 2 of scheme B is at UWV."""
    return vraag_budget(wereld, beoordeeld(wereld, nu, **keuzes), nu)


def budget_gereserveerd(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """UWV holds the amount; the gemeente may decide."""
    return reserveer_budget(wereld, budget_gevraagd(wereld, nu, **keuzes), nu)


def geen_budget(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """UWV said that there is none: in a world without budget."""
    return weiger_budget(wereld, budget_gevraagd(wereld, nu, **keuzes), nu)


def toegekend(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return ken_toe(wereld, beoordeeld(wereld, nu, **keuzes), nu)


def afgewezen(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return wijs_af(wereld, in_behandeling(wereld, nu, **keuzes), nu)


def buiten_behandeling(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """Decided fifteen days after `nu`: the hersteltermijn has passed then."""
    return laat_buiten_behandeling(wereld, onvolledig(wereld, nu, **keuzes), nu + timedelta(days=15))


def ingetrokken(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return trek_in(wereld, ingediend(wereld, nu, **keuzes), nu)


def vervallen(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return weiger_toestemming(wereld, wacht_op_toestemming(wereld, nu, **keuzes), nu)


def besluit_ingetrokken(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    return trek_besluit_in(wereld, toegekend(wereld, nu, **keuzes), nu)


def alsnog_toegekend(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """Refused, and granted all the same after a gegrond bezwaar."""
    return ken_alsnog_toe(wereld, afgewezen(wereld, nu, **keuzes), nu)


MAAK: dict[AanvraagStatus, Callable[..., Aanvraag]] = {
    AanvraagStatus.CONCEPT: compleet,
    AanvraagStatus.WACHT_OP_TOESTEMMING: wacht_op_toestemming,
    AanvraagStatus.INGEDIEND: ingediend,
    AanvraagStatus.ONVOLLEDIG: onvolledig,
    AanvraagStatus.IN_BEHANDELING: in_behandeling,
    AanvraagStatus.TOEGEKEND: toegekend,
    AanvraagStatus.AFGEWEZEN: afgewezen,
    AanvraagStatus.BUITEN_BEHANDELING: buiten_behandeling,
    AanvraagStatus.INGETROKKEN: ingetrokken,
    AanvraagStatus.VERVALLEN: vervallen,
    AanvraagStatus.BESLUIT_INGETROKKEN: besluit_ingetrokken,
}
# What only a regeling knows in which the gemeente asks UWV for budget.
MAAK_B: dict[AanvraagStatus, Callable[..., Aanvraag]] = {
    AanvraagStatus.BUDGET_GEVRAAGD: budget_gevraagd,
    AanvraagStatus.BUDGET_GERESERVEERD: budget_gereserveerd,
    AanvraagStatus.GEEN_BUDGET: geen_budget,
}


def maak_in(status: AanvraagStatus, **vervang: Any) -> tuple[Wereld, Aanvraag, datetime]:
    """A world, a dossier in it with this status, and the instant at which it was made.

    `vervang` are parameters of IPS-CMD-2019; what only scheme B knows is made there.
    """
    if status in MAAK:
        wereld = maak_wereld(**vervang)
        return wereld, MAAK[status](wereld), NU
    leeg = status == AanvraagStatus.GEEN_BUDGET
    wereld = maak_wereld_b(**({"tijdvakplafond": {"2023": 0}} if leeg else {}))
    return wereld, MAAK_B[status](wereld, NU_B), NU_B


def gestart(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Traject:
    """A traject that was granted and started on the day of `nu`."""
    return start(wereld, toegekend(wereld, nu, **keuzes), nu)


def gestopt(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Traject:
    """Started on the day of `nu`, stopped ninety days later."""
    return stop(wereld, gestart(wereld, nu, **keuzes), nu + timedelta(days=90))


def niet_gestart(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Traject:
    return start_niet(wereld, toegekend(wereld, nu, **keuzes), nu)


MAAK_TRAJECT: dict[TrajectStatus, Callable[..., Traject]] = {
    TrajectStatus.GEPLAND: lambda wereld, nu=NU, **keuzes: toegekend(wereld, nu, **keuzes).traject,
    TrajectStatus.GESTART: gestart,
    TrajectStatus.VOORTIJDIG_BEEINDIGD: gestopt,
    TrajectStatus.NIET_GESTART: niet_gestart,
}


def verlenging_gevraagd(wereld: Wereld, nu: datetime = NU, *, maanden: int = 12, **keuzes: Any) -> Verlenging:
    return vraag_verlenging(wereld, gestart(wereld, nu, **keuzes), nu, maanden=maanden)


def verlengd(wereld: Wereld, nu: datetime = NU, *, maanden: int = 12, **keuzes: Any) -> Traject:
    return beslis_verlenging(wereld, verlenging_gevraagd(wereld, nu, maanden=maanden, **keuzes), nu)


def voordracht(
    wereld: Wereld,
    nu: datetime = NU,
    *,
    gemeente: str = NIJMEGEN,
    bsn: str | None = None,
    uitkering: str = "bijstand",
) -> Voordracht:
    """The gemeente proposes an inwoner to the instelling."""
    return doe(
        voordragen.doen, None, wereld.van_gemeente(gemeente, nu=nu), nu,
        gemeente=wereld.gemeente(gemeente), instelling=wereld.instelling, bsn=bsn or wereld.nieuwe_bsn(),
        voorletters="V.", achternaam="Voorgedragen", geboortedatum=date(1985, 5, 5), uitkering=uitkering,
        akkoord_op=datum_van(nu) - timedelta(days=3), contact_naam="C. Contact", contact_telefoon="024 123 45 67",
    )  # fmt: skip


def uit_voordracht(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Aanvraag:
    """The concept that an instelling began by accepting a voordracht."""
    return doe(
        voordragen.aannemen,
        voordracht(wereld, nu, **keuzes),
        wereld.behandelaar,
        nu,
        regeling=wereld.regeling,
    )
