"""The end of a traject: an existing one a step further, through the acts."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from aanvragen.handelingen import stoppen, vaststellen, verslag
from aanvragen.models import Besluit, Stopbericht, Traject, Vaststelling
from ips_subsidie.kalender.klok import datum_van
from ips_subsidie.toegang.rollen import Rol
from tests.fabriek.dossiers import gestopt
from tests.fabriek.wereld import NU, Wereld, doe

WERK: dict[str, Any] = {
    "uitkomst": "werk", "sector": "horeca", "uren_per_week": 24, "contract": "tijdelijk",
}  # fmt: skip


def bevestig_stop(wereld: Wereld, traject: Traject, nu: datetime) -> Stopbericht:
    """Deel 2, by the gemeente that decides."""
    stopbericht = traject.stopberichten.get(status="verzonden")
    actor = wereld.voorbereider(traject.aanvraag, nu)
    doe(stoppen.bevestigen, stopbericht, actor, nu)
    return Stopbericht.objects.get(pk=stopbericht.pk)


def verwerk_stop(wereld: Wereld, traject: Traject, nu: datetime) -> Stopbericht:
    stopbericht = traject.stopberichten.get(status="bevestigd")
    doe(stoppen.verwerken, stopbericht, wereld.met(Rol.UWV_FINANCIEN), nu)
    return Stopbericht.objects.get(pk=stopbericht.pk)


def draai_stop_terug(wereld: Wereld, traject: Traject, nu: datetime) -> Traject:
    stopbericht = traject.stopberichten.exclude(status="herroepen").get()
    doe(stoppen.herroepen, stopbericht, wereld.beslisser, nu, reden="De verkeerde deelnemer.")
    return Traject.objects.get(pk=traject.pk)


def stuur_verslag(wereld: Wereld, traject: Traject, nu: datetime, **over: Any) -> Vaststelling:
    """Send the verslag: work since the start, unless `over` says otherwise."""
    invoer: dict[str, Any] = {
        **WERK, "begonnen_op": traject.startdatum, "activiteiten": "Gesprekken met werkgevers.", **over,
    }  # fmt: skip
    doe(verslag.verslag_indienen, traject, wereld.behandelaar, nu, **invoer)
    return Vaststelling.objects.get(traject=traject)


def stel_termijn(
    wereld: Wereld, vaststelling: Vaststelling, nu: datetime, tot: date | None = None
) -> Vaststelling:
    actor = wereld.voorbereider(vaststelling.dossier, nu)
    doe(
        vaststellen.termijn_stellen, vaststelling, actor, nu,
        termijn_tot=tot or datum_van(nu) + timedelta(days=14),
    )  # fmt: skip
    return Vaststelling.objects.get(pk=vaststelling.pk)


def stel_voor(
    wereld: Wereld, vaststelling: Vaststelling, nu: datetime, *, bedrag_cent: int | None = None
) -> Vaststelling:
    """Propose the whole amount, or less."""
    actor = wereld.voorbereider(vaststelling.dossier, nu)
    if bedrag_cent is None:
        doe(vaststellen.voorstellen, vaststelling, actor, nu, motivering="Alles is gedaan.")
    else:
        doe(
            vaststellen.lager_voorstellen, vaststelling, actor, nu,
            bedrag_cent=bedrag_cent, reden="niet_uitgevoerd", motivering="Het traject stopte eerder.",
        )  # fmt: skip
    return Vaststelling.objects.get(pk=vaststelling.pk)


def geef_zienswijze(wereld: Wereld, vaststelling: Vaststelling, nu: datetime) -> Vaststelling:
    doe(
        vaststellen.zienswijze_geven, vaststelling, wereld.behandelaar, nu,
        zienswijze="Wij deden meer dan u denkt.",
    )  # fmt: skip
    return Vaststelling.objects.get(pk=vaststelling.pk)


def stel_vast(wereld: Wereld, vaststelling: Vaststelling, nu: datetime) -> Besluit:
    actor = wereld.besluitnemer(vaststelling.dossier, nu)
    doe(vaststellen.vaststellen, vaststelling, actor, nu, motivering="Zoals voorgesteld.")
    return Vaststelling.objects.get(pk=vaststelling.pk).besluit


def vastgesteld(wereld: Wereld, nu: datetime = NU, **keuzes: Any) -> Vaststelling:
    """Granted at `nu`, stopped ninety days later, and vastgesteld on the whole amount."""
    traject = gestopt(wereld, nu, **keuzes)
    later = nu + timedelta(days=91)
    if traject.aanvraag.gemeente_beslist:
        bevestig_stop(wereld, traject, later)
    besluit = stel_vast(wereld, stel_voor(wereld, stuur_verslag(wereld, traject, later), later), later)
    return besluit.vaststelling
