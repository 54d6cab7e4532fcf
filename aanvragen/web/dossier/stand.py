"""Where a dossier stands for who looks at it: public words, who is aan zet, what to do and by when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import OuterRef, Subquery

from aanvragen.models import Aanvraag, Toestemming, Traject
from aanvragen.models.aanvraag import AanvraagQuerySet
from aanvragen.regels.statussen import (
    LEVENDE_TOESTEMMING,
    AanvraagStatus,
    Fase,
    Partij,
    ToestemmingStatus,
    TrajectStatus,
)
from ips_subsidie.toegang.actor import Actor
from ips_subsidie.vormgeving.templatetags.opmaak import datum, euro


@dataclass(frozen=True)
class Stand:
    """One status as it is shown. `uiterlijk` is the last day for who is aan zet, None when there is none."""

    tekst: str
    badge: str
    partij: Partij
    taak: str
    uiterlijk: date | None = None

    @classmethod
    def van(cls, fase: Fase, uiterlijk: date | None = None) -> Stand:
        return cls(fase.tekst, fase.badge, fase.aan_zet, fase.taak, uiterlijk)


# While the status is “wacht op toestemming”, what the gemeente did says whose turn it is.
_NA_TOESTEMMING = Stand(
    "Toestemming gegeven",
    "info",
    Partij.INSTELLING,
    "De gemeente gaf toestemming. Verstuur de aanvraag naar UWV.",
)
_ZONDER_TOESTEMMING = Stand(
    "Toestemming ingetrokken", "let_op", Partij.INSTELLING,
    "De gemeente trok de toestemming in. Vraag opnieuw toestemming, of trek de aanvraag in.",
)  # fmt: skip


def met_toestemming(aanvragen: AanvraagQuerySet) -> AanvraagQuerySet:
    """With `toestemming_nu`: the status of the toestemming that lives, for `stand_van`, in the same query."""
    levend = Toestemming.objects.filter(aanvraag=OuterRef("pk"), status__in=LEVENDE_TOESTEMMING)
    return aanvragen.annotate(toestemming_nu=Subquery(levend.order_by().values("status")[:1]))


def stand_van(
    aanvraag: Aanvraag,
    toestemming_nu: str | None,
    op: date,
    *,
    bezwaar_tot: date | None = None,
    verlenging_open: bool = False,
) -> Stand:
    """The stand on day `op`, from the status and what hangs under it."""
    status = aanvraag.status
    if status == AanvraagStatus.WACHT_OP_TOESTEMMING:
        return _bij_toestemming(aanvraag, toestemming_nu)
    if status == AanvraagStatus.TOEGEKEND:
        return _bij_traject(aanvraag, getattr(aanvraag, "traject", None), op, verlenging_open)
    uiterlijk = {
        AanvraagStatus.CONCEPT: _einde_tijdvak(aanvraag),
        AanvraagStatus.INGEDIEND: aanvraag.beslis_uiterlijk,
        AanvraagStatus.IN_BEHANDELING: aanvraag.beslis_uiterlijk,
        AanvraagStatus.ONVOLLEDIG: aanvraag.hersteltermijn_tot,
        AanvraagStatus.BUDGET_GEVRAAGD: aanvraag.beslis_uiterlijk,
        AanvraagStatus.BUDGET_GERESERVEERD: aanvraag.beslis_uiterlijk,
        AanvraagStatus.GEEN_BUDGET: aanvraag.beslis_uiterlijk,
    }.get(AanvraagStatus(status), bezwaar_tot)
    return Stand.van(aanvraag.fase, uiterlijk)


def _bij_toestemming(aanvraag: Aanvraag, toestemming_nu: str | None) -> Stand:
    einde = _einde_tijdvak(aanvraag)
    if toestemming_nu == ToestemmingStatus.GEVRAAGD:
        return Stand.van(aanvraag.fase, einde)
    basis = _ZONDER_TOESTEMMING if toestemming_nu is None else _NA_TOESTEMMING
    return Stand(basis.tekst, basis.badge, basis.partij, basis.taak, einde)


def _bij_traject(aanvraag: Aanvraag, traject: Traject | None, op: date, verlenging_open: bool) -> Stand:
    fase = aanvraag.fase
    beslisser = Partij.GEMEENTE if aanvraag.gemeente_beslist else Partij.UWV
    wie = "De gemeente" if aanvraag.gemeente_beslist else "UWV"
    if traject is None or traject.status == TrajectStatus.GEPLAND:
        return Stand.van(fase)
    if traject.status == TrajectStatus.NIET_GESTART:
        taak = f"Het traject gaat niet door. {wie} trekt het besluit in."
        return Stand(fase.tekst, fase.badge, beslisser, taak)
    if verlenging_open:
        return Stand(fase.tekst, fase.badge, beslisser, f"{wie} beslist over het verzoek om verlenging.")
    if traject.status == TrajectStatus.VOORTIJDIG_BEEINDIGD:
        taak = f"Het traject is gestopt op {datum(traject.gestopt_op)}."
        return Stand(fase.tekst, fase.badge, Partij.NIEMAND, taak)
    if traject.laatste_dag is not None and op > traject.laatste_dag:
        taak = f"Het traject is afgelopen op {datum(traject.laatste_dag)}."
        return Stand(fase.tekst, fase.badge, Partij.NIEMAND, taak)
    taak = "Het traject loopt. Meld het als er iets verandert."
    return Stand(fase.tekst, fase.badge, Partij.INSTELLING, taak, traject.laatste_dag)


def _einde_tijdvak(aanvraag: Aanvraag) -> date:
    return max(tijdvak.tot_en_met for tijdvak in aanvraag.inhoud.tijdvakken)


def naam_van(partij: Partij, aanvraag: Aanvraag) -> str:
    """Which instelling or gemeente it is."""
    if partij is Partij.INSTELLING:
        return aanvraag.instelling.naam
    if partij is Partij.GEMEENTE and aanvraag.gemeente_organisatie is not None:
        return aanvraag.gemeente_organisatie.naam
    return str(partij.value)


def is_aan_zet(partij: Partij, actor: Actor) -> bool:
    return (
        (partij is Partij.INSTELLING and actor.is_instelling)
        or (partij is Partij.GEMEENTE and actor.is_gemeente)
        or (partij is Partij.UWV and actor.is_uwv)
    )


def wie_beslist(aanvraag: Aanvraag) -> str:
    """The gemeente about her toestemming and UWV about the subsidie, or the gemeente about all of it."""
    route = aanvraag.routeregels
    if route is not None and route.gemeente_beslist:
        wie = f"De gemeente {aanvraag.gemeente}" if aanvraag.gemeente else "De gemeente"
        mandaat = aanvraag.inhoud.instantie.mandaat
        return f"{wie}, namens {mandaat}" if mandaat else wie
    if route is not None and route.toestemming and aanvraag.ontvangen_op is None:
        return "Eerst de gemeente over de toestemming, daarna UWV over de subsidie"
    return "UWV"


def wie_betaalt(aanvraag: Aanvraag) -> str:
    route = aanvraag.routeregels
    if route is None:
        return "Dat hangt af van de route"
    bedrag = route.bedrag_voor(aanvraag.doelgroep)
    if not bedrag.bedrag_cent:
        return "Dat hangt af van de doelgroep"
    delen = []
    if bedrag.rijk_cent:
        delen.append(
            f"UWV: {euro(bedrag.rijk_cent)}"
            if route.gemeente_beslist
            else f"Het Rijk: {euro(bedrag.rijk_cent)}"
        )
    if bedrag.gemeente_cent:
        gemeente = f"gemeente {aanvraag.gemeente}" if aanvraag.gemeente else "de gemeente"
        delen.append(f"{gemeente}: {euro(bedrag.gemeente_cent)}")
    return ", ".join(delen)
